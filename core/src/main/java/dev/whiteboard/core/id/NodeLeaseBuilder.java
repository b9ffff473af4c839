package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes a {@link NodeLease}; every setting but the data source has a default. All processes that share a table use
 * the same {@code nodes}.
 *
 * <p><b>Thread safety.</b> For one thread.
 */
public final class NodeLeaseBuilder {
  private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
  private static final Duration SHORTEST_MARGIN = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** The width of the column. */
  private static final int LONGEST_OWNER = 255;

  final DataSource dataSource;
  String table = "node_leases";
  int nodes = 1024;
  Duration ttl = Duration.ofSeconds(30);
  Duration margin = Duration.ofSeconds(1);
  Duration quiet = Duration.ofSeconds(2);
  String owner = "process " + ProcessHandle.current().pid();
  InstantSource clock = InstantSource.system();
  Ticker ticker = Ticker.systemTicker();
  Logger logger = LoggerFactory.getLogger(NodeLease.class);

  NodeLeaseBuilder(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Sets the name of the table, {@code node_leases} if this is not called.
   *
   * @param table a letter or underscore, and then letters, digits and underscores, all of ASCII
   * @return this builder
   * @throws NullPointerException if {@code table} is null
   * @throws IllegalArgumentException if {@code table} is not such a name
   */
  public NodeLeaseBuilder table(String table) {
    checkArgument(
        requireNonNull(table, "table").matches("[A-Za-z_][A-Za-z0-9_]*"),
        "table must match [A-Za-z_][A-Za-z0-9_]*, was %s",
        table);
    this.table = table;
    return this;
  }

  /**
   * Sets how many nodes there are, 1,024 if this is not called.
   *
   * @param nodes how many nodes the ids have room for, in [1, 1048576]
   * @return this builder
   * @throws IllegalArgumentException if {@code nodes} is out of range
   */
  public NodeLeaseBuilder nodes(int nodes) {
    this.nodes = NodeLease.checkNodes(nodes);
    return this;
  }

  /**
   * Sets how long a lease lives if it is not renewed, 30 s if this is not called. A longer one survives longer failures
   * of the database; a shorter one frees the node of a dead process sooner.
   *
   * @param ttl the time to live, from 1 s to 1 day, read in whole milliseconds, and more than the margin
   * @return this builder
   * @throws NullPointerException if {@code ttl} is null
   * @throws IllegalArgumentException if {@code ttl} is out of range
   */
  public NodeLeaseBuilder ttl(Duration ttl) {
    this.ttl = checkRange(ttl, "ttl", SHORTEST_TTL);
    return this;
  }

  /**
   * Sets how long before its end the holder stops, 1 s if this is not called. It covers a clock that is slow by
   * {@code margin} in a {@code ttl}.
   *
   * @param margin the margin, from 1 ms to 1 day, read in whole milliseconds, and less than the time to live
   * @return this builder
   * @throws NullPointerException if {@code margin} is null
   * @throws IllegalArgumentException if {@code margin} is out of range
   */
  public NodeLeaseBuilder margin(Duration margin) {
    this.margin = checkRange(margin, "margin", SHORTEST_MARGIN);
    return this;
  }

  /**
   * Sets how long after its end a lease's node stays unused, 2 s if this is not called, which suits {@link Snowflake}'s
   * lead of 1 s.
   *
   * @param quiet the pause, from 0 to 1 day, read in whole milliseconds; at least the largest time that ids may run
   *     ahead of the clock, plus the margin
   * @return this builder
   * @throws NullPointerException if {@code quiet} is null
   * @throws IllegalArgumentException if {@code quiet} is out of range
   */
  public NodeLeaseBuilder quiet(Duration quiet) {
    this.quiet = checkRange(quiet, "quiet", Duration.ZERO);
    return this;
  }

  /**
   * Sets the name that operators read in the table and in messages; the process number if this is not called. It
   * decides nothing: two processes of one name are two owners.
   *
   * @param owner a name such as the host's, of 1 to 255 characters
   * @return this builder
   * @throws NullPointerException if {@code owner} is null
   * @throws IllegalArgumentException if {@code owner} is empty or too long
   */
  public NodeLeaseBuilder owner(String owner) {
    requireNonNull(owner, "owner");
    checkArgument(
        !owner.isEmpty() && owner.length() <= LONGEST_OWNER,
        "owner must have 1 to %s characters, had %s",
        LONGEST_OWNER,
        owner.length());
    this.owner = owner;
    return this;
  }

  /**
   * Sets the wall clock, which must be the one that stamps the ids.
   *
   * @param clock the clock
   * @return this builder
   * @throws NullPointerException if {@code clock} is null
   */
  public NodeLeaseBuilder clock(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Sets the source of elapsed time, which ends a lease whose wall clock was set back.
   *
   * @param ticker the source of elapsed time
   * @return this builder
   * @throws NullPointerException if {@code ticker} is null
   */
  public NodeLeaseBuilder ticker(Ticker ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    return this;
  }

  NodeLeaseBuilder logger(Logger logger) {
    this.logger = logger;
    return this;
  }

  /**
   * Creates the lease. The database is not asked.
   *
   * @return a lease that holds no node yet
   * @throws IllegalArgumentException if the time to live is not longer than the margin
   */
  public NodeLease build() {
    checkArgument(
        ttl.toMillis() > margin.toMillis(), "ttl must be > margin = %s, was %s", margin, ttl);
    return new NodeLease(this);
  }

  private static Duration checkRange(Duration duration, String name, Duration least) {
    requireNonNull(duration, name);
    checkArgument(
        duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0,
        "%s must be in [%s, %s], was %s",
        name,
        least,
        LONGEST,
        duration);
    return duration;
  }
}
