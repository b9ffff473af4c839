package dev.whiteboard.core.job;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.math.LongMath;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A queue in a table of any SQL database, which any number of processes share.
 *
 * <p><b>Idea.</b> A taker reads the first few jobs that are due and leases the first one that nobody else is faster at:
 * {@code UPDATE ... SET job_state = LEASED, fencing_token = fencing_token + 1 WHERE job_key = ? AND fencing_token = ?}, so
 * the fencing token is the version of an optimistic lock. Where the database has {@code FOR UPDATE SKIP LOCKED}, which it
 * is asked once, takers pass a row that somebody else is leasing instead of queuing for it. Each change is one statement:
 * a process that dies between two of them leaves a lease that ends.
 *
 * <p><b>Time.</b> The callers' wall clocks. One that is ahead by {@code d} takes jobs from slow workers by {@code d} too
 * early, and the fencing token tells them apart as ever.
 *
 * <p><b>Connections.</b> Each call borrows one from the data source and sets its autocommit mode for as long as it takes.
 * So the data source must not hand out a connection with a transaction of somebody else, and a job is not undone when the
 * caller's transaction is.
 *
 * <p><b>Databases.</b> The statements are plain SQL: tested on H2, also in the modes that imitate PostgreSQL, MySQL, SQL
 * Server and DB2. Oracle takes an empty text for none and refuses it. MySQL compares keys without case unless the column
 * says otherwise: create the table with a binary collation there.
 *
 * <p><b>Cost.</b> Three or four statements to take a job, one for each other call. The table's index finds what is due and
 * sorts it for each taking: with ten thousand jobs due at once, another queue is better. <b>Thread safety.</b> As the data
 * source's.
 *
 * <p><b>Instead.</b> {@link MemoryJobQueue}, if jobs may be lost with the process.
 */
public final class SqlJobQueue implements JobQueue {
  private final JobTable table;
  private final Retry retry;
  private final InstantSource clock;
  private final Lease.Keeper keeper = new SqlKeeper();

  private SqlJobQueue(Builder builder) {
    table = new JobTable(builder.dataSource, builder.table);
    retry = builder.retry;
    clock = builder.clock;
  }

  /**
   * Starts to describe a queue.
   *
   * @param dataSource where connections come from, of a pool if possible
   * @param retry how often a job is tried; all processes that share a table should use the same
   * @return a builder with the table {@code jobs} and the system's clock
   * @throws NullPointerException if an argument is null
   */
  public static Builder builder(DataSource dataSource, Retry retry) {
    return new Builder(requireNonNull(dataSource, "dataSource"), requireNonNull(retry, "retry"));
  }

  /**
   * Returns the statements that create the table and its index, for those who keep their schema elsewhere.
   *
   * @return a {@code CREATE TABLE} statement and a {@code CREATE INDEX} statement
   */
  public List<String> ddl() {
    return table.ddl();
  }

  /**
   * Creates the table and its index unless the table is there. Several processes may do so at once.
   *
   * @throws JobQueueException if the database fails
   */
  public void createTable() {
    table.create();
  }

  @Override
  public boolean enqueue(Job job) {
    requireNonNull(job, "job");
    return table.insert(job, LongMath.saturatedAdd(clock.millis(), job.delay().toMillis()));
  }

  @Override
  public Optional<Lease> take(Duration lease) {
    Limits.checkDuration(lease, "lease", Limits.SHORTEST_LEASE);
    long now = clock.millis();
    long end = LongMath.saturatedAdd(now, lease.toMillis());
    return table.take(now, end, retry.attempts()).map(row -> {
      Job job = Job.of(row.key(), row.payload()).withPriority(row.priority());
      return new Lease(keeper, job, row.attempts() + 1, row.token() + 1);
    });
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    Limits.checkMost(most);
    bury();
    return table.letters(most);
  }

  @Override
  public boolean redrive(String key) {
    requireNonNull(key, "key");
    return table.redrive(key, bury());
  }

  @Override
  public boolean discard(String key) {
    requireNonNull(key, "key");
    bury();
    return table.discard(key);
  }

  @Override
  public int forget(Duration age) {
    Limits.checkDuration(age, "age", Duration.ZERO);
    return table.forget(LongMath.saturatedSubtract(clock.millis(), age.toMillis()));
  }

  @Override
  public Stats stats() {
    long now = bury();
    Map<Integer, JobTable.Count> counts = table.count(now);
    JobTable.Count none = new JobTable.Count(0, 0);
    JobTable.Count queued = counts.getOrDefault(JobTable.QUEUED, none);
    JobTable.Count leased = counts.getOrDefault(JobTable.LEASED, none);
    return new Stats(
        queued.due() + leased.due(),
        queued.all() - queued.due(),
        leased.all() - leased.due(),
        counts.getOrDefault(JobTable.COMPLETED, none).all(),
        counts.getOrDefault(JobTable.DEAD, none).all());
  }

  /** Does what time alone does, and returns the time. */
  private long bury() {
    long now = clock.millis();
    table.bury(now, retry.attempts());
    return now;
  }

  private final class SqlKeeper implements Lease.Keeper {
    @Override
    public boolean complete(String key, long token) {
      return table.complete(key, token, clock.millis());
    }

    @Override
    public boolean fail(String key, long token, int attempt, String reason) {
      Optional<Duration> wait = retry.after(attempt);
      int state = wait.isPresent() ? JobTable.QUEUED : JobTable.DEAD;
      long at = LongMath.saturatedAdd(clock.millis(), wait.orElse(Duration.ZERO).toMillis());
      return table.fail(key, token, state, at, reason);
    }

    @Override
    public boolean extend(String key, long token, Duration lease) {
      return table.extend(key, token, LongMath.saturatedAdd(clock.millis(), lease.toMillis()));
    }
  }

  /**
   * Describes a queue in a database.
   *
   * <p><b>Thread safety.</b> For one thread.
   */
  public static final class Builder {
    private final DataSource dataSource;
    private final Retry retry;
    private String table = "jobs";
    private InstantSource clock = InstantSource.system();

    private Builder(DataSource dataSource, Retry retry) {
      this.dataSource = dataSource;
      this.retry = retry;
    }

    /**
     * Sets the name of the table.
     *
     * @param table a letter or underscore, and then letters, digits and underscores, all of ASCII
     * @return this builder
     * @throws NullPointerException if {@code table} is null
     * @throws IllegalArgumentException if {@code table} is not such a name
     */
    public Builder table(String table) {
      checkArgument(
          requireNonNull(table, "table").matches("[A-Za-z_][A-Za-z0-9_]*"),
          "table must match [A-Za-z_][A-Za-z0-9_]*, was %s",
          table);
      this.table = table;
      return this;
    }

    /**
     * Sets the clock.
     *
     * @param clock the source of the time of day
     * @return this builder
     * @throws NullPointerException if {@code clock} is null
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Creates the queue. The database is not asked.
     *
     * @return a queue
     */
    public SqlJobQueue build() {
      return new SqlJobQueue(this);
    }
  }
}
