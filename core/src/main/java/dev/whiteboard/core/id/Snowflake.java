package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.whiteboard.core.hash.Xxh3;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;

/**
 * Issues 64-bit ids that sort by time and never repeat, on numbered nodes that do not talk to each other.
 *
 * <p><b>Idea.</b> An id is a time, a node and a sequence number, in the bits that a {@link SnowflakeLayout} gives them.
 * Twitter, <i>Announcing Snowflake</i>, 2010. Time and sequence live in one {@code long}, and the next id is the larger of
 * {@code previous + 1} and {@code now}: a full sequence carries into the time, and a clock that stands still or steps back
 * changes nothing. What has to be bounded is how far the ids run ahead of the clock (<i>lead</i>), because a restarted
 * process knows only the clock:
 *
 * <ul>
 *   <li>The time in an id is never more than {@code maxLead} ahead of the latest time that the clock has shown. A call that
 *       would go further waits for the clock, at most a unit of time or so, or throws.
 *   <li>A new generator starts {@code maxLead} ahead, after everything that an earlier process of this node can have
 *       issued. So a restart repeats nothing, provided that the clock has not stepped back meanwhile; and it need not
 *       sit out {@code maxLead}, only a unit of time before its first id.
 *   <li>While the clock is behind a time that it has shown before, elapsed time stands in for it.
 * </ul>
 *
 * <p>When the time moves on, the sequence does not begin at 0 again but goes on counting, and carries if it must. So
 * {@code id % 2^k} visits all shards in turn even at ten ids a second, where it would else be 0 for ever (if the sequence
 * has the low bits and at least k of them).
 *
 * <p><b>Cost.</b> One clock reading and one atomic addition; 0 bytes. An id of a {@link #lease} costs neither.
 * <b>Thread safety.</b> Safe; of two calls that do not overlap, the later one returns the larger id.
 *
 * <p><b>Instead.</b> If many threads draw ids all the time and order between threads may blur, use
 * {@link RelaxedSnowflake}. If ids must not be guessable, or nodes cannot be numbered, use a random UUID. If one database
 * writes every row, its sequence is simpler.
 */
public final class Snowflake {
  /** 2010-11-04T01:42:54.657Z, the epoch that Twitter chose. */
  public static final Instant TWITTER_EPOCH = SnowflakeLayout.TWITTER.epoch();

  private final SnowflakeLayout layout;
  private final TickClock clock;
  private final boolean throwsWhenAhead;

  /*
   * The layout as shifts and masks. An id is its tick with the node pushed in: the tick's lower part stays, the rest moves
   * up by nodeBits. The lower part is the sequence or, if the node comes last, nothing.
   */
  private final long sequenceMask;
  private final int nodeBits;
  private final long nodeShifted;
  private final long lowMask;

  /** The latest tick that was handed out. It only grows. */
  private final PaddedLong latest;

  /** A generator whose ticks are taken {@code block} at a time; {@code block} is a power of two and its blocks are aligned. */
  Snowflake(SnowflakeBuilder builder, long startUnits, int block) {
    layout = builder.layout;
    clock = new TickClock(builder, startUnits);
    throwsWhenAhead = builder.whenAhead == WhenAhead.THROW;
    sequenceMask = layout.maxSequence();
    nodeBits = layout.nodeBits();
    boolean nodeIsLast = layout.order() == SnowflakeLayout.Order.TIME_SEQUENCE_NODE;
    lowMask = nodeIsLast ? 0 : sequenceMask;
    nodeShifted = nodeIsLast ? builder.nodeId : builder.nodeId << layout.sequenceBits();
    // A hash, so that the first ids of many short-lived processes spread over the sequence too.
    long sequence = (Xxh3.hash(startUnits, builder.nodeId) & sequenceMask) | (block - 1);
    latest = new PaddedLong((startUnits << layout.sequenceBits()) + clock.maxLead() + sequence);
    if (throwsWhenAhead) {
      clock.await(latest.get() + block);
    }
  }

  /**
   * Starts to describe a generator with Twitter's layout.
   *
   * @param nodeId number of this node, in [0, 1023]; no two running generators of one system may share it
   * @return a builder with the system's clocks and a lead of at most one second
   * @throws IllegalArgumentException if {@code nodeId} is out of range
   */
  public static SnowflakeBuilder builder(int nodeId) {
    return builder(SnowflakeLayout.TWITTER, nodeId);
  }

  /**
   * Starts to describe a generator.
   *
   * @param layout which bits hold what; every node of a system must use the same
   * @param nodeId number of this node, in [0, {@code layout.maxNode()}]; no two running generators of one system may share
   *     it
   * @return a builder with the system's clocks and a lead of at most one second
   * @throws NullPointerException if {@code layout} is null
   * @throws IllegalArgumentException if {@code nodeId} is out of range
   */
  public static SnowflakeBuilder builder(SnowflakeLayout layout, long nodeId) {
    requireNonNull(layout, "layout");
    layout.checkNode("nodeId", nodeId);
    return new SnowflakeBuilder(layout, nodeId);
  }

  /**
   * Issues the next id.
   *
   * @return a positive number, larger than every id that this generator returned before the call began
   * @throws IllegalStateException if the lead is used up and the generator throws then, or its clock does not move (a fixed
   *     clock in a test); if the clock has reached the end of the layout; if the permit is gone. Nothing is issued then
   */
  public long nextId() {
    return toId(take(1, clock.read()));
  }

  /**
   * Takes {@code n} consecutive ids at once, for a thread that needs many, with one clock reading and one atomic addition.
   * They are older the later they are used; ids that are never used are lost.
   *
   * @param n how many ids, at least 1 and at most those of {@code maxLead}: 4,096,000 unless set
   * @return the ids in rising order, all larger than every id that this generator returned before the call began
   * @throws IllegalArgumentException if {@code n} is out of range
   * @throws IllegalStateException as {@link #nextId()}
   */
  public Lease lease(int n) {
    checkArgument(
        n >= 1 && n <= clock.maxLead(), "n must be in [1, %s], was %s", clock.maxLead(), n);
    return new Lease(take(n, clock.read()), n);
  }

  /**
   * Reads the time out of an id; {@code layout().decode(id)} has the rest.
   *
   * @param id an id of this layout
   * @return the beginning of the unit of time in which it was issued, at most the lead ahead of the clock
   * @throws IllegalArgumentException if {@code id} is negative or wider than the layout
   */
  public Instant timeOf(long id) {
    return layout.decode(id).time();
  }

  /**
   * Tells which bits hold what.
   *
   * @return the layout of this generator's ids
   */
  public SnowflakeLayout layout() {
    return layout;
  }

  /**
   * Describes the generator at this moment.
   *
   * @return the time in the latest id, and how far it is ahead of the clock
   * @throws IllegalStateException if the clock has reached the end of the layout
   */
  public Stats stats() {
    long units = latest.get() >> layout.sequenceBits();
    long lead = Math.max(0, units - (clock.now() >> layout.sequenceBits()));
    long unitMillis = layout.unit().toMillis();
    return new Stats(
        layout.epoch().plusMillis(units * unitMillis), Duration.ofMillis(lead * unitMillis));
  }

  /** Takes {@code n} consecutive ticks, not older than {@code now}, and returns the last of them. */
  long take(int n, long now) {
    if (throwsWhenAhead) {
      // Before adding: refusals must not carry the ids further ahead.
      checkLead(latest.get() + n, now);
    }
    // Adding first, and comparing only when the clock has moved on, takes the cell's cache line
    // once. Ticks that turn out to lie in the past are dropped.
    long last = latest.addAndGet(n);
    while (last - n + 1 < now) {
      // The sequence of the first stays what it is, so that it counts on from one time to the next.
      long moved = now + ((last - n + 1) & sequenceMask) + n - 1;
      last = latest.compareAndSet(last, moved) ? moved : latest.addAndGet(n);
    }
    if (!clock.isClearlyWithinLead(last, now)) {
      settle(last, now);
    }
    return last;
  }

  long toId(long tick) {
    return (tick & ~lowMask) << nodeBits | nodeShifted | (tick & lowMask);
  }

  TickClock clock() {
    return clock;
  }

  private void settle(long tick, long now) {
    if (throwsWhenAhead) {
      checkLead(tick, now);
    } else {
      clock.await(tick);
      clock.checkPermit();
    }
  }

  private void checkLead(long tick, long now) {
    if (!clock.isClearlyWithinLead(tick, now) && !clock.isWithinLead(tick)) {
      throw new IllegalStateException("the ids are maxLead = " + clock.leadMillis()
          + " ms ahead of the clock: try again when it has moved on");
    }
  }

  /**
   * Consecutive ids that one thread hands out by itself.
   *
   * <p><b>Thread safety.</b> None: a lease belongs to one thread.
   */
  public final class Lease {
    private final long last;
    private long nextId;
    private int remaining;

    private Lease(long last, int n) {
      this.last = last;
      nextId = toId(last - n + 1);
      remaining = n;
    }

    /**
     * Hands out the next id.
     *
     * @return a positive number, larger than the one before
     * @throws NoSuchElementException if none is left
     */
    public long next() {
      if (remaining == 0) {
        throw new NoSuchElementException("the lease is used up: take another");
      }
      long id = nextId;
      remaining--;
      // The next id is one more, unless that carries into the bits of the node.
      nextId = (id & lowMask) == lowMask ? toId(last - remaining + 1) : id + 1;
      return id;
    }

    /**
     * Counts what is left.
     *
     * @return how often {@link #next()} still succeeds
     */
    public int remaining() {
      return remaining;
    }
  }

  /** What a generator does when its ids are {@code maxLead} ahead of the clock. */
  public enum WhenAhead {
    /** The call returns as soon as the clock permits, in the order of the calls or nearly so. */
    WAIT,

    /** The call throws at once, and the generator stays as it is. */
    THROW
  }

  /**
   * What {@link Snowflake#stats()} saw.
   *
   * @param latest the time in the latest id; the generator's start plus its lead if there is none yet
   * @param lead how far {@code latest} is ahead of the clock; zero when it is not
   */
  public record Stats(Instant latest, Duration lead) {}
}
