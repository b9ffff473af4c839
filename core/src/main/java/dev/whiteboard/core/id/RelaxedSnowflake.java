package dev.whiteboard.core.id;

import com.google.common.math.IntMath;
import dev.whiteboard.core.hash.Xxh3;

/**
 * Issues Snowflake ids to many threads at the cost of reading the clock.
 *
 * <p><b>Idea.</b> Threads are spread over cells, and each cell takes small aligned blocks of ids from one {@link Snowflake}.
 * So threads meet only when a block is used up, once in 128 ids with Twitter's layout. A block whose time has fallen
 * {@code maxLead} behind the clock is dropped. What remains:
 *
 * <ul>
 *   <li>No id repeats, not after a restart either.
 *   <li>The ids that one thread draws rise.
 *   <li>The time in an id is within {@code maxLead} of the clock, on either side (and ahead of a clock that stepped back).
 * </ul>
 *
 * <p>What is given up: of two ids drawn by different threads, the later one can be the smaller, by up to
 * {@code 2 * maxLead}. A reader that asks for "everything after the largest id that I have seen" would miss rows.
 *
 * <p><b>Cost.</b> One clock reading and one compare-and-set that is rarely contended; 256 bytes a cell, four cells a
 * processor. <b>Thread safety.</b> Safe.
 *
 * <p><b>Instead.</b> Prefer {@link Snowflake} until its one cell is seen to be contended; it orders threads too.
 */
public final class RelaxedSnowflake {
  /** A cell may hold 1/32 of a unit's ids: few are lost with it, and it is refilled seldom. */
  private static final int BLOCKS_PER_UNIT_BITS = 5;

  private static final int MAX_BLOCK_BITS = 10;
  private static final int CELLS_PER_PROCESSOR = 4;

  private final Snowflake source;
  private final TickClock clock;
  private final long maxLead;
  private final long placeMask;

  /** The latest tick of each cell. It only grows; the rest of its block belongs to the cell. */
  private final PaddedLong[] cells;

  RelaxedSnowflake(Snowflake source, int blockBits) {
    this.source = source;
    clock = source.clock();
    maxLead = clock.maxLead();
    placeMask = (1L << blockBits) - 1;
    int processors = Runtime.getRuntime().availableProcessors();
    cells = new PaddedLong[IntMath.ceilingPowerOfTwo(CELLS_PER_PROCESSOR * processors)];
    for (int i = 0; i < cells.length; i++) {
      // Long ago, so that the first call takes a block, and at any place within it.
      cells[i] = new PaddedLong(Long.MIN_VALUE | (Xxh3.hash(i) & placeMask));
    }
  }

  /** Log of the block's length: a block never spans two units of time. */
  static int blockBits(SnowflakeLayout layout) {
    return Math.max(0, Math.min(MAX_BLOCK_BITS, layout.sequenceBits() - BLOCKS_PER_UNIT_BITS));
  }

  /**
   * Issues an id.
   *
   * @return a positive number, larger than every id that this thread got from this generator before
   * @throws IllegalStateException as {@link Snowflake#nextId()}
   */
  public long nextId() {
    // Threads started one after the other have cells of their own.
    PaddedLong cell = cells[(int) Thread.currentThread().getId() & (cells.length - 1)];
    long previous = cell.get();
    long now = clock.read();
    while (true) {
      long tick = previous + 1;
      long place = tick & placeMask;
      if (place == 0 || tick < now - maxLead) {
        // The same place in a later block: the low bits count on, and shards by id % 2^k stay even.
        tick = source.take((int) placeMask + 1, now) - placeMask + place;
      }
      if (cell.compareAndSet(previous, tick)) {
        return source.toId(tick);
      }
      previous = cell.get();
    }
  }

  /**
   * Tells which bits hold what.
   *
   * @return the layout of this generator's ids
   */
  public SnowflakeLayout layout() {
    return source.layout();
  }

  /**
   * Describes the generator at this moment.
   *
   * @return the time in the latest id that a cell has taken, and how far it is ahead of the clock
   * @throws IllegalStateException if the clock has reached the end of the layout
   */
  public Snowflake.Stats stats() {
    return source.stats();
  }
}
