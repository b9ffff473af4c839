package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Issues 64-bit ids that sort by time and never repeat, on up to 1,024 nodes that do not talk to each other.
 *
 * <p><b>Idea.</b> An id is 41 bits of milliseconds since an epoch, 10 bits of node and 12 bits of sequence: 69.7 years,
 * 4,096 ids a millisecond and node. Twitter, <i>Announcing Snowflake</i>, 2010. Time and sequence live in one
 * {@code long}, so that the next id is the larger of {@code previous + 1} and {@code now}: a full sequence carries into the time, and a clock
 * that stands still or steps back changes nothing. What has to be bounded is how far the ids run ahead of the clock
 * (<i>lead</i>), because a restarted process knows only the clock:
 *
 * <ul>
 *   <li>The time in an id is never more than {@code maxLead} ahead of the latest time that the clock has shown. A call that
 *       would go further waits for the clock, which takes a millisecond or so.
 *   <li>A new generator starts {@code maxLead} ahead, after everything that an earlier process of this node can have
 *       issued. So a restart repeats nothing, provided that the clock does not step back between the two processes.
 *   <li>While the clock is behind a time that it has shown before, elapsed time stands in for it.
 * </ul>
 *
 * <p><b>Cost.</b> One clock reading and one atomic addition; 0 bytes.
 * <b>Thread safety.</b> Safe; of two calls that do not overlap, the later one returns the larger id.
 *
 * <p><b>Instead.</b> If ids must not be guessable, or nodes cannot be numbered, use a random UUID. If one database
 * writes every row, its sequence is simpler.
 */
public final class Snowflake {
  /** Width of the sequence number: 4,096 ids a millisecond and node. */
  public static final int SEQUENCE_BITS = 12;

  /** Width of the node number: 1,024 nodes. */
  public static final int NODE_BITS = 10;

  /** Width of the time in milliseconds: 69.7 years from the epoch. */
  public static final int TIME_BITS = 41;

  /** 2010-11-04T01:42:54.657Z, the epoch that Twitter chose. */
  public static final Instant TWITTER_EPOCH = Instant.ofEpochMilli(1_288_834_974_657L);

  /** A clock that moves at all moves within far fewer readings than this (each takes some 20 ns). */
  private static final int PATIENCE = 1 << 22;

  private static final int MAX_NODE = (1 << NODE_BITS) - 1;
  private static final int MAX_SEQUENCE = (1 << SEQUENCE_BITS) - 1;

  /** The layout's last millisecond, less a day, so that no lead reaches beyond it. */
  private static final long LAST_MILLIS = (1L << TIME_BITS) - TimeUnit.DAYS.toMillis(1);

  /*
   * A "tick" is one id of one node: milliseconds since the epoch << 12 | sequence. Within this class all times are
   * ticks, so that times and ids are compared without shifting.
   */
  private final InstantSource clock;
  private final Ticker ticker;
  private final long epochMillis;
  private final long nodeShifted;
  private final long maxLead;

  /** The latest tick that was handed out. It only grows. */
  private final PaddedLong latest;

  /** The latest time that the clock has shown; written when the clock moves on, and then possibly a moment late. */
  private volatile long highest;

  /** Guarded by {@code this}: when a step back of the clock was noticed, and what {@code highest} was then. */
  private long stepNanos;

  private long stepHighest = Long.MIN_VALUE;

  private Snowflake(Builder builder, long startMillis) {
    clock = builder.clock;
    ticker = builder.ticker;
    epochMillis = builder.epoch.toEpochMilli();
    nodeShifted = (long) builder.nodeId << SEQUENCE_BITS;
    maxLead = builder.maxLead.toMillis() << SEQUENCE_BITS;
    highest = startMillis << SEQUENCE_BITS;
    latest = new PaddedLong(((startMillis + 1) << SEQUENCE_BITS) + maxLead - 1);
  }

  /**
   * Starts to describe a generator.
   *
   * @param nodeId number of this node, in [0, 1023]; no two running generators of one system may share it
   * @return a builder with Twitter's epoch, the system's clocks and a lead of at most one second
   * @throws IllegalArgumentException if {@code nodeId} is out of range
   */
  public static Builder builder(int nodeId) {
    checkArgument(
        nodeId >= 0 && nodeId <= MAX_NODE, "nodeId must be in [0, %s], was %s", MAX_NODE, nodeId);
    return new Builder(nodeId);
  }

  /**
   * Issues the next id.
   *
   * @return a positive number, larger than every id that this generator returned before the call began
   * @throws IllegalStateException if the lead is used up and the clock does not move (a fixed clock in a test), or if
   *     the clock is 69.7 years or more after the epoch; nothing is issued then
   */
  public long nextId() {
    long now = now();
    // Adding first, and comparing only when the clock has moved on, takes the cell's cache line
    // once. A tick that turns out to lie in the past is dropped.
    long tick = latest.incrementAndGet();
    while (tick < now) {
      if (latest.compareAndSet(tick, now)) {
        highest = now;
        return toId(now);
      }
      tick = latest.incrementAndGet();
    }
    if (tick - Math.max(now, highest) > maxLead) {
      awaitClock(tick);
    }
    return toId(tick);
  }

  /**
   * Reads the time out of an id.
   *
   * @param id an id that this generator, or one with the same epoch, issued
   * @return the millisecond in which it was issued, at most the lead ahead of the clock
   * @throws IllegalArgumentException if {@code id} is negative
   */
  public Instant timeOf(long id) {
    return Instant.ofEpochMilli(epochMillis + (checkId(id) >>> (NODE_BITS + SEQUENCE_BITS)));
  }

  /**
   * Reads the node out of an id.
   *
   * @param id an id of any Snowflake generator with this layout
   * @return the node that issued it, in [0, 1023]
   * @throws IllegalArgumentException if {@code id} is negative
   */
  public static int nodeOf(long id) {
    return (int) (checkId(id) >>> SEQUENCE_BITS) & MAX_NODE;
  }

  /**
   * Reads the sequence number out of an id.
   *
   * @param id an id of any Snowflake generator with this layout
   * @return its number within its millisecond and node, in [0, 4095]
   * @throws IllegalArgumentException if {@code id} is negative
   */
  public static int sequenceOf(long id) {
    return (int) checkId(id) & MAX_SEQUENCE;
  }

  /**
   * Describes the generator at this moment.
   *
   * @return the time in the latest id, and how far it is ahead of the clock
   */
  public Stats stats() {
    long tick = latest.get();
    long lead = Math.max(0, (tick >> SEQUENCE_BITS) - (now() >> SEQUENCE_BITS));
    return new Stats(
        Instant.ofEpochMilli(epochMillis + (tick >> SEQUENCE_BITS)), Duration.ofMillis(lead));
  }

  private long now() {
    long millis = clock.millis() - epochMillis;
    checkState(millis < LAST_MILLIS, "the 2^41 ms after the epoch are over: choose a later epoch");
    return millis << SEQUENCE_BITS;
  }

  private long toId(long tick) {
    return (tick & -(1L << SEQUENCE_BITS)) << NODE_BITS | nodeShifted | (tick & MAX_SEQUENCE);
  }

  /** Returns when the clock is near enough. Whoever waits holds the lock; the others wait behind it. */
  private synchronized void awaitClock(long tick) {
    for (int reading = 0; reading < PATIENCE; reading++) {
      if (tick - latestTime() <= maxLead) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new IllegalStateException("the ids are maxLead = " + (maxLead >> SEQUENCE_BITS)
        + " ms ahead and the clock has not moved: it must be a running clock");
  }

  /** The clock or, while it is behind its own past, the highest reading plus the time elapsed since that was noticed. */
  private long latestTime() {
    long now = now();
    if (now >= highest) {
      return now;
    }
    long nanos = ticker.read();
    if (stepHighest != highest) {
      stepHighest = highest;
      stepNanos = nanos;
    }
    return highest + (TimeUnit.NANOSECONDS.toMillis(nanos - stepNanos) << SEQUENCE_BITS);
  }

  private static long checkId(long id) {
    checkArgument(id >= 0, "id must be >= 0, was %s", id);
    return id;
  }

  /**
   * What {@link Snowflake#stats()} saw.
   *
   * @param latest the time in the latest id; the generator's start plus its lead if there is none yet
   * @param lead how far {@code latest} is ahead of the clock; zero when it is not
   */
  public record Stats(Instant latest, Duration lead) {}

  /** Describes a generator; every setting but the node has a default. */
  public static final class Builder {
    private static final Duration LONGEST_LEAD = Duration.ofDays(1);
    private static final Instant LATEST_EPOCH = Instant.parse("2500-01-01T00:00:00Z");

    private final int nodeId;
    private Instant epoch = TWITTER_EPOCH;
    private InstantSource clock = InstantSource.system();
    private Ticker ticker = Ticker.systemTicker();
    private Duration maxLead = Duration.ofSeconds(1);

    private Builder(int nodeId) {
      this.nodeId = nodeId;
    }

    /**
     * Sets the instant from which time is counted; every node of a system must use the same.
     *
     * @param epoch the instant, in [1970-01-01T00:00:00Z, 2500-01-01T00:00:00Z], read in whole milliseconds
     * @return this builder
     * @throws NullPointerException if {@code epoch} is null
     * @throws IllegalArgumentException if {@code epoch} is out of range
     */
    public Builder epoch(Instant epoch) {
      requireNonNull(epoch, "epoch");
      checkArgument(
          !epoch.isBefore(Instant.EPOCH) && !epoch.isAfter(LATEST_EPOCH),
          "epoch must be in [%s, %s], was %s",
          Instant.EPOCH,
          LATEST_EPOCH,
          epoch);
      this.epoch = epoch;
      return this;
    }

    /**
     * Sets the wall clock.
     *
     * @param clock the clock that gives ids their time
     * @return this builder
     * @throws NullPointerException if {@code clock} is null
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets the source of elapsed time, which stands in for a wall clock that has stepped back.
     *
     * @param ticker the source of elapsed time
     * @return this builder
     * @throws NullPointerException if {@code ticker} is null
     */
    public Builder ticker(Ticker ticker) {
      this.ticker = requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * Sets how far the time in an id may run ahead of the clock. A larger lead absorbs longer bursts above 4,096 ids a
     * millisecond; the ids of the first moments after a start carry a time that is up to the lead ahead.
     *
     * @param maxLead the bound, from 1 ms to 1 day, read in whole milliseconds
     * @return this builder
     * @throws NullPointerException if {@code maxLead} is null
     * @throws IllegalArgumentException if {@code maxLead} is out of range
     */
    public Builder maxLead(Duration maxLead) {
      requireNonNull(maxLead, "maxLead");
      checkArgument(
          maxLead.compareTo(Duration.ofMillis(1)) >= 0 && maxLead.compareTo(LONGEST_LEAD) <= 0,
          "maxLead must be in [PT0.001S, PT24H], was %s",
          maxLead);
      this.maxLead = maxLead;
      return this;
    }

    /**
     * Creates the generator and reads its clock once.
     *
     * @return a generator whose first id follows all that an earlier process of this node can have issued
     * @throws IllegalArgumentException if the epoch is after the clock, or 69.7 years or more before it
     */
    public Snowflake build() {
      long clockMillis = clock.millis();
      long startMillis = clockMillis - epoch.toEpochMilli();
      checkArgument(
          startMillis >= 0 && startMillis < LAST_MILLIS,
          "epoch must not be after the clock (%s) nor 69.7 years before it, was %s",
          Instant.ofEpochMilli(clockMillis),
          epoch);
      return new Snowflake(this, startMillis);
    }
  }
}
