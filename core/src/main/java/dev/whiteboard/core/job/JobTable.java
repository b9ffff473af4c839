package dev.whiteboard.core.job;

import com.google.common.collect.ImmutableList;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table behind {@link SqlJobQueue}: a row for each job.
 *
 * <p>Every change is one statement whose condition says what must still be true. So a change that was prepared by a
 * reading cannot undo what somebody else has done since, with locks or without. MySQL's drivers must count the rows that
 * match, as they do by default, and not those that change.
 */
final class JobTable {
  /** Each taker looks at so many jobs at once, in case others are faster at the first ones. */
  private static final int BATCH = 16;

  static final int QUEUED = 0;
  static final int LEASED = 1;
  static final int COMPLETED = 2;
  static final int DEAD = 3;

  /*
   * Times are milliseconds since 1970 in a BIGINT: a TIMESTAMP's meaning depends on time zones. at_millis is when a job
   * is due: the end of its delay or lease; of a job that is over, when that was.
   */
  private static final String CREATE_TABLE = """
      CREATE TABLE %s (
        job_key VARCHAR(255) NOT NULL PRIMARY KEY,
        payload VARCHAR(4000) NOT NULL,
        priority INTEGER NOT NULL,
        job_state INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        fencing_token BIGINT NOT NULL,
        at_millis BIGINT NOT NULL,
        reason VARCHAR(1000) NOT NULL
      )""";

  private static final String CREATE_INDEX =
      "CREATE INDEX %1$s_due ON %1$s (job_state, at_millis, priority)";

  /** Finds nothing, and fails if there is no such table. */
  private static final String PROBE = "SELECT job_key FROM %s WHERE job_state < 0";

  private static final String FIND = "SELECT job_key FROM %s WHERE job_key = ?";

  /** Locks what is found; what somebody else is changing at this moment is not found. */
  private static final String SKIP_LOCKED = " FOR UPDATE SKIP LOCKED";

  private static final String INSERT = "INSERT INTO %s (job_key, payload, priority, job_state,"
      + " attempts, fencing_token, at_millis, reason) VALUES (?, ?, ?, 0, 0, 0, ?, '')";

  private static final String DUE = "SELECT job_key, payload, priority, job_state, attempts,"
      + " fencing_token, at_millis FROM %s WHERE job_state IN (0, 1) AND at_millis <= ?"
      + " ORDER BY priority DESC, at_millis, job_key";

  /** The row is as it was read. The time is compared because an extension leaves all the rest as it was. */
  private static final String LEASE = "UPDATE %s SET job_state = 1, attempts = attempts + 1,"
      + " fencing_token = fencing_token + 1, at_millis = ?"
      + " WHERE job_key = ? AND fencing_token = ? AND job_state = ? AND at_millis = ?";

  private static final String BURY = "UPDATE %s SET job_state = 3, reason = ?"
      + " WHERE job_state = 1 AND at_millis <= ? AND attempts >= ?";

  /** A completed job keeps its token, so the one that has completed it may say so again. */
  private static final String COMPLETE = "UPDATE %s SET"
      + " at_millis = CASE WHEN job_state = 1 THEN ? ELSE at_millis END, job_state = 2"
      + " WHERE job_key = ? AND fencing_token = ? AND job_state IN (1, 2)";

  private static final String FAIL = "UPDATE %s SET job_state = ?, at_millis = ?, reason = ?"
      + " WHERE job_key = ? AND fencing_token = ? AND job_state = 1";

  private static final String EXTEND =
      "UPDATE %s SET at_millis = ?" + " WHERE job_key = ? AND fencing_token = ? AND job_state = 1";

  private static final String REDRIVE = "UPDATE %s SET job_state = 0, attempts = 0, at_millis = ?,"
      + " reason = '' WHERE job_key = ? AND job_state = 3";

  private static final String DISCARD = "DELETE FROM %s WHERE job_key = ? AND job_state = 3";

  private static final String FORGET = "DELETE FROM %s WHERE job_state = 2 AND at_millis <= ?";

  private static final String LETTERS = "SELECT job_key, payload, attempts, reason, at_millis"
      + " FROM %s WHERE job_state = 3 ORDER BY at_millis, job_key";

  private static final String COUNT = "SELECT job_state, COUNT(*),"
      + " SUM(CASE WHEN at_millis <= ? THEN 1 ELSE 0 END) FROM %s GROUP BY job_state";

  private final Sql sql;

  /** Null until the database was asked; several threads may ask it, and get one answer. */
  private volatile @Nullable Boolean skipsLocked;

  JobTable(DataSource dataSource, String name) {
    sql = new Sql(dataSource, name);
  }

  /** A row that may be taken, as it was read. */
  record Due(
      String key, String payload, int priority, int state, int attempts, long token, long at) {
    static Due of(ResultSet row) throws SQLException {
      return new Due(
          row.getString(1),
          row.getString(2),
          row.getInt(3),
          row.getInt(4),
          row.getInt(5),
          row.getLong(6),
          row.getLong(7));
    }
  }

  List<String> ddl() {
    return ImmutableList.of(sql.text(CREATE_TABLE), sql.text(CREATE_INDEX));
  }

  /** Creates the table unless it is there; if several processes do at once, all but one of them fail to. */
  void create() {
    sql.onConnection(connection -> {
      if (exists(connection)) {
        return false;
      }
      try {
        sql.update(connection, CREATE_TABLE);
      } catch (SQLException e) {
        if (exists(connection)) {
          return false;
        }
        throw e;
      }
      sql.update(connection, CREATE_INDEX);
      return true;
    });
  }

  /** Adds a job, and returns false if its key is there. */
  boolean insert(Job job, long at) {
    return sql.onConnection(connection -> {
      try {
        return sql.update(connection, INSERT, job.key(), job.payload(), job.priority(), at) == 1;
      } catch (SQLException e) {
        // The class says that a constraint is broken, but not which one.
        if (Sql.isOfClass(e, "23") && finds(connection, FIND, job.key())) {
          return false;
        }
        throw e;
      }
    });
  }

  /** Buries, then leases the first job that is due at {@code now}, and returns its row as it was before. */
  Optional<Due> take(long now, long end, int attempts) {
    return sql.onConnection(connection -> {
      bury(connection, now, attempts);
      boolean skip = canSkipLocked(connection);
      while (true) {
        List<Due> rows = sql.read(connection, BATCH, DUE, Due::of, now);
        if (rows.isEmpty()) {
          return Optional.empty();
        }
        for (Due row : rows) {
          if (skip ? leaseUnlessLocked(connection, row, end) : lease(connection, row, end)) {
            return Optional.of(row);
          }
        }
        // Others have taken these, or are about to: now wait for them rather than ask in a circle.
        skip = false;
      }
    });
  }

  private boolean leaseUnlessLocked(Connection connection, Due row, long end) throws SQLException {
    connection.setAutoCommit(false);
    try {
      boolean taken =
          finds(connection, FIND + SKIP_LOCKED, row.key()) && lease(connection, row, end);
      connection.commit();
      return taken;
    } finally {
      // After a failure this may commit a lease that nobody has: it ends by itself.
      connection.setAutoCommit(true);
    }
  }

  private boolean lease(Connection connection, Due row, long end) throws SQLException {
    return sql.update(connection, LEASE, end, row.key(), row.token(), row.state(), row.at()) == 1;
  }

  /** Lets those die whose last lease ran out. */
  void bury(long now, int attempts) {
    sql.onConnection(connection -> bury(connection, now, attempts));
  }

  private int bury(Connection connection, long now, int attempts) throws SQLException {
    return sql.update(connection, BURY, Lease.EXPIRED, now, attempts);
  }

  boolean complete(String key, long token, long now) {
    return sql.onConnection(connection -> sql.update(connection, COMPLETE, now, key, token) == 1);
  }

  boolean fail(String key, long token, int state, long at, String reason) {
    return sql.onConnection(
        connection -> sql.update(connection, FAIL, state, at, reason, key, token) == 1);
  }

  boolean extend(String key, long token, long end) {
    return sql.onConnection(connection -> sql.update(connection, EXTEND, end, key, token) == 1);
  }

  boolean redrive(String key, long now) {
    return sql.onConnection(connection -> sql.update(connection, REDRIVE, now, key) == 1);
  }

  boolean discard(String key) {
    return sql.onConnection(connection -> sql.update(connection, DISCARD, key) == 1);
  }

  int forget(long before) {
    return sql.onConnection(connection -> sql.update(connection, FORGET, before));
  }

  List<DeadLetter> letters(int most) {
    return sql.onConnection(connection -> sql.read(
        connection,
        most,
        LETTERS,
        row -> new DeadLetter(
            row.getString(1),
            row.getString(2),
            row.getInt(3),
            row.getString(4),
            Instant.ofEpochMilli(row.getLong(5)))));
  }

  /** For each state how many rows there are, and how many of them have a time up to {@code now}. */
  Map<Integer, Count> count(long now) {
    Map<Integer, Count> counts = new HashMap<>();
    sql.onConnection(connection -> sql.read(
        connection,
        4,
        COUNT,
        row -> counts.put(row.getInt(1), new Count(row.getLong(2), row.getLong(3))),
        now));
    return counts;
  }

  /** How many rows, and how many of them are due. */
  record Count(long all, long due) {}

  private boolean finds(Connection connection, String query, Object... values) throws SQLException {
    return !sql.read(connection, 1, query, row -> row.getString(1), values).isEmpty();
  }

  private boolean exists(Connection connection) {
    try {
      finds(connection, PROBE);
      return true;
    } catch (SQLException notThere) {
      return false;
    }
  }

  /** Asked once: a database that knows the table but not this query does not know the words. */
  private boolean canSkipLocked(Connection connection) throws SQLException {
    Boolean known = skipsLocked;
    if (known == null) {
      try {
        finds(connection, PROBE + SKIP_LOCKED);
        known = true;
      } catch (SQLException e) {
        if (!exists(connection)) {
          throw e;
        }
        known = false;
      }
      skipsLocked = known;
    }
    return known;
  }
}
