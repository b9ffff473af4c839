package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Describes a {@link Snowflake} or a {@link RelaxedSnowflake}; every setting but layout and node has a default.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class SnowflakeBuilder {
  private static final Duration LONGEST_LEAD = Duration.ofDays(1);

  final long nodeId;
  SnowflakeLayout layout;
  InstantSource clock = InstantSource.system();
  Ticker ticker = Ticker.systemTicker();
  BooleanSupplier permit = () -> true;
  private Duration maxLead = Duration.ofSeconds(1);
  Snowflake.WhenAhead whenAhead = Snowflake.WhenAhead.WAIT;

  SnowflakeBuilder(SnowflakeLayout layout, long nodeId) {
    this.layout = layout;
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
  public SnowflakeBuilder epoch(Instant epoch) {
    layout = layout.withEpoch(epoch);
    return this;
  }

  /**
   * Sets the wall clock.
   *
   * @param clock the clock that gives ids their time
   * @return this builder
   * @throws NullPointerException if {@code clock} is null
   */
  public SnowflakeBuilder clock(InstantSource clock) {
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
  public SnowflakeBuilder ticker(Ticker ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    return this;
  }

  /**
   * Sets how far the time in an id may run ahead of the clock. A larger lead absorbs longer bursts above the layout's rate;
   * the ids of the first moments after a start carry a time that is up to the lead ahead.
   *
   * @param maxLead the bound, from 1 ms to 1 day and at least the layout's unit, read in whole units
   * @return this builder
   * @throws NullPointerException if {@code maxLead} is null
   * @throws IllegalArgumentException if {@code maxLead} is out of range
   */
  public SnowflakeBuilder maxLead(Duration maxLead) {
    requireNonNull(maxLead, "maxLead");
    checkArgument(
        maxLead.compareTo(layout.unit()) >= 0 && maxLead.compareTo(LONGEST_LEAD) <= 0,
        "maxLead must be in [%s, %s], was %s",
        layout.unit(),
        LONGEST_LEAD,
        maxLead);
    this.maxLead = maxLead;
    return this;
  }

  /**
   * Sets what happens when the lead is used up, for instance right after the start, when more ids are drawn than the layout
   * has a second. The default is to wait.
   *
   * @param whenAhead wait or throw; who throws waits once, a unit of time or so, in {@link #build()}
   * @return this builder
   * @throws NullPointerException if {@code whenAhead} is null
   */
  public SnowflakeBuilder whenAhead(Snowflake.WhenAhead whenAhead) {
    this.whenAhead = requireNonNull(whenAhead, "whenAhead");
    return this;
  }

  /**
   * Sets a condition without which no ids are issued, for instance that the lease on the node number is still held. It is
   * asked when the clock has moved by a unit of time, so that up to a unit of ids can follow its end, and those of a
   * {@link Snowflake.Lease} at any time later.
   *
   * @param permit whether ids may be issued; quick, and safe for use by several threads
   * @return this builder
   * @throws NullPointerException if {@code permit} is null
   */
  public SnowflakeBuilder permit(BooleanSupplier permit) {
    this.permit = requireNonNull(permit, "permit");
    return this;
  }

  /**
   * Creates the generator and reads its clock.
   *
   * @return a generator whose first id follows all that an earlier process of this node can have issued
   * @throws IllegalArgumentException if the epoch is after the clock, or so long before it that the layout is at its end
   * @throws IllegalStateException if it throws when ahead, and the clock does not move
   */
  public Snowflake build() {
    return new Snowflake(this, startUnits(), 1);
  }

  /**
   * Creates a generator that keeps threads out of each other's way and gives up the order between them.
   *
   * @return a generator whose first ids follow all that an earlier process of this node can have issued
   * @throws IllegalArgumentException as {@link #build()}
   * @throws IllegalStateException as {@link #build()}
   */
  public RelaxedSnowflake buildRelaxed() {
    int blockBits = RelaxedSnowflake.blockBits(layout);
    return new RelaxedSnowflake(new Snowflake(this, startUnits(), 1 << blockBits), blockBits);
  }

  long leadUnits() {
    return maxLead.dividedBy(layout.unit());
  }

  /** The clock's limit, below which an id that is ahead by the lead is still in the layout. */
  long endUnits() {
    return (1L << layout.timeBits()) - leadUnits() - 1;
  }

  private long startUnits() {
    Instant now = clock.instant();
    checkArgument(
        !layout.epoch().isAfter(now),
        "epoch must be <= the clock (%s), was %s",
        now,
        layout.epoch());
    Duration age = Duration.between(layout.epoch(), now);
    long startUnits = age.dividedBy(layout.unit());
    checkArgument(
        startUnits < endUnits(),
        "the layout must end after the clock (%s) by more than maxLead (%s), but ends at %s",
        now,
        maxLead,
        layout.end());
    return startUnits;
  }
}
