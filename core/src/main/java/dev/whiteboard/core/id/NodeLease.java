package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Says who may issue ids as node {@code n}: the pod with that ordinal, or the process that holds the node's lease in a
 * SQL table.
 *
 * <pre>{@code
 * NodeLease lease = NodeLease.builder(dataSource).owner("web-3").build();
 * Snowflake ids = Snowflake.builder(lease.acquire()).permit(lease::isHeld).build();
 * ScheduledFuture<?> renewals = lease.renewEvery(scheduler);
 * }</pre>
 *
 * <p><b>Idea.</b> A lease is a lock that ends by itself: C. Gray, D. Cheriton, <i>Leases</i>, SOSP 1989. The holder
 * stops {@code margin} before the end, by its own clocks and without asking anybody; a successor starts {@code quiet}
 * after it. Each taking raises the node's fencing token, which tells a process that slept through its end from its
 * successor.
 *
 * <p><b>Time.</b> The callers' wall clocks, the same that stamp the ids, and not the database's. A lease ends at a time
 * {@code e}: its holder stamps ids before {@code e} plus its lead, its successor from {@code e + quiet} on. So no two
 * ids meet, however far the two clocks are apart, as long as {@code quiet} is at least the generator's lead plus
 * {@code margin}. The database's clock could hand a node to a host whose clock is behind, and that host would repeat
 * ids. A clock that is ahead takes nodes too early, one that is behind loses its own: for a while two processes hold a
 * node, but with different times. The holder measures elapsed time too, for a wall clock that is set back; and the wall
 * clock is there for a suspended machine, whose elapsed time may stand still. One case is left: a clock that jumps
 * ahead and back by more than {@code quiet} within a lease.
 *
 * <p><b>Cost.</b> {@link #isHeld} reads two clocks. A taking is a query and an update, and one more update for each
 * process that is faster; a renewal is one update by primary key.
 * <b>Thread safety.</b> Safe. Calls that ask the database wait for each other; the others never wait.
 *
 * <p><b>Instead.</b> In a StatefulSet the name is the number: {@link #ordinal}. Ids without nodes: a random UUID.
 */
public final class NodeLease implements AutoCloseable {
  /** The widest node number that is served: 20 bits. */
  private static final int MOST_NODES = 1 << 20;

  /** So a lease survives two renewals that fail. */
  private static final int RENEWALS_PER_TTL = 3;

  private final NodeTable table;
  private final int nodes;
  private final String owner;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Logger logger;
  private final long ttlMillis;
  private final long marginMillis;
  private final long quietMillis;

  private final AtomicLong renewals = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  /** Written under the lock {@code this}, as is {@code gone}. */
  private volatile @Nullable Term term;

  private volatile boolean gone;

  /** Set before the lock is taken, so that no id is issued while a release waits for the database. */
  private volatile boolean released;

  /**
   * What is held until when.
   *
   * @param startNanos elapsed time before the database was asked
   * @param endMillis when the lease ends, on the clock that stamps the ids
   */
  private record Term(int node, long token, long startNanos, long endMillis) {}

  NodeLease(NodeLeaseBuilder builder) {
    table = new NodeTable(builder.dataSource, builder.table);
    nodes = builder.nodes;
    owner = builder.owner;
    clock = builder.clock;
    ticker = builder.ticker;
    logger = builder.logger;
    ttlMillis = builder.ttl.toMillis();
    marginMillis = builder.margin.toMillis();
    quietMillis = builder.quiet.toMillis();
  }

  /**
   * Reads the node number of a StatefulSet's pod out of its host name. No table is needed, because Kubernetes runs at
   * most one pod of a name, unless somebody deletes one by force. The name must be a StatefulSet's: {@code web-3} of
   * anything else says nothing.
   *
   * @param hostName the pod's name, such as {@code web-3}; a domain may follow, as in {@code web-3.web.default.svc}
   * @param nodes how many nodes the ids have room for, in [1, 1048576]
   * @return the ordinal, in [0, {@code nodes} - 1]
   * @throws NullPointerException if {@code hostName} is null
   * @throws IllegalArgumentException if {@code hostName} has no ordinal, or {@code nodes} or it is out of range
   */
  public static int ordinal(String hostName, int nodes) {
    requireNonNull(hostName, "hostName");
    return HostOrdinal.of(hostName, checkNodes(nodes));
  }

  /**
   * Starts to describe a lease.
   *
   * @param dataSource where connections come from; none of them may carry somebody else's transaction
   * @return a builder with 1,024 nodes, table {@code node_leases}, 30 s to live, and the system's clocks
   * @throws NullPointerException if {@code dataSource} is null
   */
  public static NodeLeaseBuilder builder(DataSource dataSource) {
    return new NodeLeaseBuilder(requireNonNull(dataSource, "dataSource"));
  }

  /**
   * Returns the statement that creates the table unless it is there, for those who keep their schema elsewhere.
   *
   * @return a {@code CREATE TABLE} statement
   */
  public String ddl() {
    return table.ddl();
  }

  /**
   * Creates the table unless it is there. Several processes may do so at once.
   *
   * @throws SQLException if the database fails
   */
  public void createTable() throws SQLException {
    table.create();
  }

  /**
   * Takes the lowest node that is free or whose lease ended {@code quiet} ago. This succeeds once: who wants another
   * node builds another lease, because an id generator of the old node may still ask this one.
   *
   * @return the node, in [0, {@code nodes} - 1]
   * @throws SQLException if the database fails; a node may be taken then, and comes free when its lease ends
   * @throws IllegalStateException if no node is free, and the message tells when the next one is; or if this lease has
   *     had a node, or is released
   */
  public synchronized int acquire() throws SQLException {
    checkState(term == null && !released, "this lease has had its node: build another one");
    long startNanos = ticker.read();
    long now = clock.millis();
    long end = endAfter(now);
    NodeTable.Row row = table.take(owner, nodes, now, freeAfter(end));
    term = new Term(row.node(), row.token(), startNanos, end);
    return row.node();
  }

  /**
   * Begins the lease's time to live again. A lease that has run out is renewed too, if nobody has taken the node since.
   *
   * @return false if the node is gone, because another process has taken it or it was released; it stays gone
   * @throws SQLException if the database fails; the lease goes on until its end, and may be renewed later
   * @throws IllegalStateException if no node was acquired
   */
  public synchronized boolean renew() throws SQLException {
    Term before = acquired();
    if (released || gone) {
      return false;
    }
    long startNanos = ticker.read();
    // A clock that was set back does not shorten what is promised: ids may carry the later time
    // already.
    long end = Math.max(before.endMillis(), endAfter(clock.millis()));
    try {
      gone = !table.setFreeAt(before.node(), before.token(), freeAfter(end));
    } catch (SQLException | RuntimeException e) {
      failures.incrementAndGet();
      throw e;
    }
    if (!gone) {
      term = new Term(before.node(), before.token(), startNanos, end);
      renewals.incrementAndGet();
    }
    return !gone;
  }

  /**
   * Renews three times in each time to live, on the caller's executor, until the node is gone or the handle is
   * cancelled. Of failures in a row the first is logged as a warning; the recovery is logged too, a loss as an error.
   *
   * @param executor what runs the renewals; one thread is enough, but nothing else should occupy it for long
   * @return the handle; {@code cancel} ends the renewals, but releases nothing
   * @throws NullPointerException if {@code executor} is null
   * @throws IllegalStateException if no node was acquired
   */
  public ScheduledFuture<?> renewEvery(ScheduledExecutorService executor) {
    requireNonNull(executor, "executor");
    acquired();
    long period = ttlMillis / RENEWALS_PER_TTL;
    return executor.scheduleWithFixedDelay(
        new LeaseRenewal(this, logger), period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Frees the node at once, for every process whose clock has reached this one's. It holds no longer from the moment of
   * the call, whatever the database does. The generator's lead is not waited for: a generator that starts its lead
   * ahead, as {@link Snowflake} does, needs no pause. Does nothing if no node was acquired, or it is gone.
   *
   * @throws SQLException if the database fails; the node comes free when its lease ends, or by another call
   */
  public void release() throws SQLException {
    released = true;
    free();
  }

  /**
   * Frees the node: {@link #release()}.
   *
   * @throws SQLException if the database fails
   */
  @Override
  public void close() throws SQLException {
    release();
  }

  private synchronized void free() throws SQLException {
    Term held = term;
    if (held != null && !gone) {
      long renewedAt = LongMath.saturatedSubtract(held.endMillis(), ttlMillis);
      table.setFreeAt(held.node(), held.token(), Math.max(clock.millis(), renewedAt));
      gone = true;
    }
  }

  /**
   * Returns the node that was acquired. Whether it is still held is another question.
   *
   * @return the node, in [0, {@code nodes} - 1]
   * @throws IllegalStateException if no node was acquired
   */
  public int node() {
    return acquired().node();
  }

  /**
   * Returns which taking of the node this is. A store that remembers the largest token it has seen can refuse a former
   * holder.
   *
   * @return a number from 1 on, larger than that of every earlier holder of the node
   * @throws IllegalStateException if no node was acquired
   */
  public long fencingToken() {
    return acquired().token();
  }

  /**
   * Tells whether ids may be issued as this node. A generator asks after it has read its own clock: then a pause
   * between the answer and the id does no harm, because the id carries the earlier time.
   *
   * @return false before {@link #acquire()}, from {@code margin} before the lease's end on, and once the node is gone
   */
  public boolean isHeld() {
    return remainingNanos() > 0;
  }

  /**
   * Returns how long ids may be issued if the lease is not renewed.
   *
   * @return the time until {@link #isHeld()} turns false, zero if it is false
   */
  public Duration heldFor() {
    return Duration.ofNanos(Math.max(0, remainingNanos()));
  }

  private long remainingNanos() {
    Term held = term;
    if (held == null || gone || released) {
      return 0;
    }
    long elapsed = ticker.read() - held.startNanos();
    long byTicker = TimeUnit.MILLISECONDS.toNanos(ttlMillis - marginMillis) - elapsed;
    long end = LongMath.saturatedSubtract(held.endMillis(), marginMillis);
    long byClock = LongMath.saturatedSubtract(end, clock.millis());
    return Math.min(byTicker, TimeUnit.MILLISECONDS.toNanos(byClock));
  }

  /**
   * Describes the lease at this moment.
   *
   * @return what is left of it, and how its renewals went
   */
  public Stats stats() {
    return new Stats(heldFor(), renewals.get(), failures.get());
  }

  boolean isReleased() {
    return released;
  }

  private Term acquired() {
    Term held = term;
    checkState(held != null, "no node was acquired: call acquire() first");
    return requireNonNull(held);
  }

  private long endAfter(long now) {
    return LongMath.saturatedAdd(now, ttlMillis);
  }

  private long freeAfter(long end) {
    return LongMath.saturatedAdd(end, quietMillis);
  }

  static int checkNodes(int nodes) {
    checkArgument(
        nodes >= 1 && nodes <= MOST_NODES, "nodes must be in [1, %s], was %s", MOST_NODES, nodes);
    return nodes;
  }

  /**
   * What {@link NodeLease#stats()} saw.
   *
   * @param heldFor what is left of the lease, less the margin; zero if it is not held
   * @param renewals how often it was renewed
   * @param failures how often the database failed at a renewal
   */
  public record Stats(Duration heldFor, long renewals, long failures) {}
}
