package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Says which bits of a Snowflake id hold the time, the node and the sequence number, and what the time counts.
 *
 * <p><b>Idea.</b> Three fields share the 63 bits below the sign, the time on top so that ids sort by it. Every bit moved
 * from one field to another doubles one limit and halves the other: time bits buy years, node bits machines, sequence bits
 * ids a second. Twitter, <i>Announcing Snowflake</i>, 2010.
 *
 * <p><b>Cost.</b> A few shifts for an id. <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> {@link #TWITTER} suits most services. Take {@link #JAVASCRIPT_SAFE} if ids travel as JSON numbers.
 *
 * @param epoch the instant at which the time is 0, in [1970-01-01T00:00:00Z, 2500-01-01T00:00:00Z]; read in whole milliseconds
 * @param unit the step of the time, in whole milliseconds from 1 ms to 1 s
 * @param timeBits width of the time, in [1, 61]
 * @param nodeBits width of the node number, in [1, 61]
 * @param sequenceBits width of the sequence number, in [1, 61]
 * @param order the order of the fields; the three widths add up to 63 at most
 */
public record SnowflakeLayout(
    Instant epoch, Duration unit, int timeBits, int nodeBits, int sequenceBits, Order order) {
  private static final Instant LATEST_EPOCH = Instant.parse("2500-01-01T00:00:00Z");
  private static final Duration SHORTEST_UNIT = Duration.ofMillis(1);
  private static final Duration LONGEST_UNIT = Duration.ofSeconds(1);

  /** The sign is left alone: a negative id would sort before all others. */
  private static final int MAX_BITS = Long.SIZE - 1;

  /** The widest field, when the two others have a bit each. */
  private static final int MAX_FIELD_BITS = MAX_BITS - 2;

  /** JavaScript's numbers are doubles, which hold every integer up to 2^53 - 1. */
  private static final int JAVASCRIPT_BITS = 53;

  /** Times reach 2^62 ms after the epoch at most, so that they can be added to any epoch. */
  private static final int MAX_LIFETIME_BITS = 62;

  /** Twitter's: 41 bits of milliseconds since 2010-11-04T01:42:54.657Z, 10 of node, 12 of sequence. */
  public static final SnowflakeLayout TWITTER =
      of(Instant.ofEpochMilli(1_288_834_974_657L), 41, 10, 12);

  /**
   * Discord's, since 2015-01-01: the node is five bits of worker and five bits of process. Discord reads the sign as a
   * 42nd bit of time, which it will need in 2084.
   */
  public static final SnowflakeLayout DISCORD =
      of(Instant.parse("2015-01-01T00:00:00Z"), 41, 10, 12);

  /**
   * Instagram's, since 2011-08-24T21:07:01.721Z: 13 bits of shard, 10 of sequence. Instagram counts the sign as a 41st bit
   * of time; without it the layout ends in 2046.
   */
  public static final SnowflakeLayout INSTAGRAM =
      of(Instant.ofEpochMilli(1_314_220_021_721L), 40, 13, 10);

  /** Sonyflake's: 39 bits of 10 ms since 2014-09-01, 8 of sequence, then 16 of machine. */
  public static final SnowflakeLayout SONYFLAKE = new SnowflakeLayout(
      Instant.parse("2014-09-01T00:00:00Z"),
      Duration.ofMillis(10),
      39,
      16,
      8,
      Order.TIME_SEQUENCE_NODE);

  /** Ids that a JavaScript number holds exactly: 41 bits of milliseconds since 2025, 32 nodes, 128 ids a millisecond. */
  public static final SnowflakeLayout JAVASCRIPT_SAFE =
      of(Instant.parse("2025-01-01T00:00:00Z"), 41, 5, 7);

  /** Which field follows the time. */
  public enum Order {
    /** The sequence number is in the low bits, as Twitter has it: {@code id % 2^k} is even over the ids of one node. */
    TIME_NODE_SEQUENCE,

    /** The node is in the low bits, as Sonyflake has it: {@code id % 2^k} tells nodes apart. */
    TIME_SEQUENCE_NODE
  }

  /**
   * What an id says.
   *
   * @param time the beginning of the unit of time in which it was issued
   * @param node the node that issued it
   * @param sequence its number among the ids of that node and time
   */
  public record Parts(Instant time, long node, long sequence) {}

  /**
   * Checks the components, which are described above, against their ranges and each other.
   *
   * @param epoch when the time is 0
   * @param unit the step of the time
   * @param timeBits width of the time
   * @param nodeBits width of the node number
   * @param sequenceBits width of the sequence number
   * @param order the order of the fields
   * @throws NullPointerException if {@code epoch}, {@code unit} or {@code order} is null
   * @throws IllegalArgumentException if a component is out of its range, if the widths add up to more than 63, or if the
   *     time counts further than 2^62 ms
   */
  public SnowflakeLayout {
    epoch = checkEpoch(epoch);
    checkUnit(unit);
    checkBits("timeBits", timeBits);
    checkBits("nodeBits", nodeBits);
    checkBits("sequenceBits", sequenceBits);
    requireNonNull(order, "order");
    int bits = timeBits + nodeBits + sequenceBits;
    checkArgument(
        bits <= MAX_BITS,
        "timeBits + nodeBits + sequenceBits must be <= %s (the sign stays free), was %s",
        MAX_BITS,
        bits);
    checkArgument(
        unit.toMillis() <= 1L << (MAX_LIFETIME_BITS - timeBits),
        "unit * 2^timeBits must be <= 2^%s ms, was %s * 2^%s",
        MAX_LIFETIME_BITS,
        unit,
        timeBits);
  }

  /**
   * Describes a layout that counts milliseconds and has the sequence number in the low bits.
   *
   * @param epoch the instant at which the time is 0
   * @param timeBits width of the time
   * @param nodeBits width of the node number
   * @param sequenceBits width of the sequence number
   * @return the layout
   * @throws NullPointerException if {@code epoch} is null
   * @throws IllegalArgumentException as the constructor does
   */
  public static SnowflakeLayout of(Instant epoch, int timeBits, int nodeBits, int sequenceBits) {
    return new SnowflakeLayout(
        epoch, SHORTEST_UNIT, timeBits, nodeBits, sequenceBits, Order.TIME_NODE_SEQUENCE);
  }

  /**
   * Counts the time from another instant.
   *
   * @param epoch the instant at which the time is 0
   * @return this layout with that epoch
   * @throws NullPointerException if {@code epoch} is null
   * @throws IllegalArgumentException if {@code epoch} is out of range
   */
  public SnowflakeLayout withEpoch(Instant epoch) {
    return new SnowflakeLayout(epoch, unit, timeBits, nodeBits, sequenceBits, order);
  }

  /**
   * Tells how long the layout lasts.
   *
   * @return {@code 2^timeBits} units
   */
  public Duration lifetime() {
    return unit.multipliedBy(1L << timeBits);
  }

  /**
   * Tells when the layout is used up.
   *
   * @return the first instant that has no id: the epoch plus the lifetime
   */
  public Instant end() {
    return epoch.plus(lifetime());
  }

  /**
   * Tells how many ids one node can issue in the long run.
   *
   * @return ids a second and node
   */
  public double idsPerSecond() {
    return Math.scalb(1000.0 / unit.toMillis(), sequenceBits);
  }

  /**
   * Tells how many nodes there can be.
   *
   * @return the largest node number; the smallest is 0
   */
  public long maxNode() {
    return (1L << nodeBits) - 1;
  }

  /**
   * Tells how many ids of a node can share a time.
   *
   * @return the largest sequence number; the smallest is 0
   */
  public long maxSequence() {
    return (1L << sequenceBits) - 1;
  }

  /**
   * Tells whether every id survives a trip through a JavaScript number.
   *
   * @return true if ids have at most 53 bits
   */
  public boolean isJavaScriptSafe() {
    return timeBits + nodeBits + sequenceBits <= JAVASCRIPT_BITS;
  }

  /**
   * Takes an id apart.
   *
   * @param id an id of this layout
   * @return its fields
   * @throws IllegalArgumentException if {@code id} is negative or wider than the layout
   */
  public Parts decode(long id) {
    long maxId = (1L << (timeBits + nodeBits + sequenceBits)) - 1;
    checkArgument(id >= 0 && id <= maxId, "id must be in [0, %s], was %s", maxId, id);
    boolean nodeIsLast = order == Order.TIME_SEQUENCE_NODE;
    long time = id >>> (nodeBits + sequenceBits);
    long node = nodeIsLast ? id : id >>> sequenceBits;
    long sequence = nodeIsLast ? id >>> nodeBits : id;
    return new Parts(
        Instant.ofEpochMilli(epoch.toEpochMilli() + time * unit.toMillis()),
        node & maxNode(),
        sequence & maxSequence());
  }

  /**
   * Puts an id together.
   *
   * @param time an instant in [{@code epoch}, {@code end()}), read in whole units
   * @param node a node number, in [0, {@code maxNode()}]
   * @param sequence a sequence number, in [0, {@code maxSequence()}]
   * @return the id with these fields
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public long encode(Instant time, long node, long sequence) {
    requireNonNull(time, "time");
    checkArgument(
        !time.isBefore(epoch) && time.isBefore(end()),
        "time must be in [%s, %s), was %s",
        epoch,
        end(),
        time);
    checkNode("node", node);
    checkArgument(
        sequence >= 0 && sequence <= maxSequence(),
        "sequence must be in [0, %s], was %s",
        maxSequence(),
        sequence);
    long units = (time.toEpochMilli() - epoch.toEpochMilli()) / unit.toMillis();
    long low = order == Order.TIME_SEQUENCE_NODE
        ? sequence << nodeBits | node
        : node << sequenceBits | sequence;
    return units << (nodeBits + sequenceBits) | low;
  }

  /**
   * Gives the bound for a range query: what was issued at {@code time} or later, by clocks that agree, has this id or a
   * larger one; what was issued in an earlier unit, with no lead over the clock, has a smaller one.
   *
   * @param time an instant in [{@code epoch}, {@code end()}), read in whole units
   * @return the smallest id of that time
   * @throws NullPointerException if {@code time} is null
   * @throws IllegalArgumentException if {@code time} is out of range
   */
  public long firstIdAt(Instant time) {
    return encode(time, 0, 0);
  }

  void checkNode(String name, long node) {
    checkArgument(
        node >= 0 && node <= maxNode(), "%s must be in [0, %s], was %s", name, maxNode(), node);
  }

  private static Instant checkEpoch(Instant epoch) {
    requireNonNull(epoch, "epoch");
    checkArgument(
        !epoch.isBefore(Instant.EPOCH) && !epoch.isAfter(LATEST_EPOCH),
        "epoch must be in [%s, %s], was %s",
        Instant.EPOCH,
        LATEST_EPOCH,
        epoch);
    return Instant.ofEpochMilli(epoch.toEpochMilli());
  }

  private static void checkUnit(Duration unit) {
    requireNonNull(unit, "unit");
    checkArgument(
        unit.compareTo(SHORTEST_UNIT) >= 0 && unit.compareTo(LONGEST_UNIT) <= 0,
        "unit must be in [%s, %s], was %s",
        SHORTEST_UNIT,
        LONGEST_UNIT,
        unit);
    checkArgument(
        unit.equals(Duration.ofMillis(unit.toMillis())),
        "unit must be in whole milliseconds, was %s",
        unit);
  }

  private static void checkBits(String name, int bits) {
    checkArgument(
        bits >= 1 && bits <= MAX_FIELD_BITS,
        "%s must be in [1, %s], was %s",
        name,
        MAX_FIELD_BITS,
        bits);
  }
}
