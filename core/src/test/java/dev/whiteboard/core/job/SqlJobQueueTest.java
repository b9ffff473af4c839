package dev.whiteboard.core.job;

import static dev.whiteboard.core.job.JobQueueContract.RETRY;
import static dev.whiteboard.core.job.JobQueueContract.assertNull;
import static dev.whiteboard.core.job.JobQueueContract.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlJobQueueTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock();
  private final H2 database = H2.named("jobs");

  @AfterEach
  void shutDown() throws SQLException {
    database.close();
  }

  private SqlJobQueue queue(DataSource source) {
    return SqlJobQueue.builder(source, RETRY).clock(clock).build();
  }

  private SqlJobQueue queue() {
    SqlJobQueue queue = queue(database.source());
    queue.createTable();
    return queue;
  }

  /** The contract, in a database of its own. */
  private abstract static class Contract extends JobQueueContract {
    private final H2 own = H2.named("contract");

    /** Each queue has a new table. */
    private int tables;

    abstract DataSource source(H2 h2);

    @Override
    JobQueue queue(Retry retry, InstantSource time) {
      SqlJobQueue queue = SqlJobQueue.builder(source(own), retry)
          .table("jobs_" + tables++)
          .clock(time)
          .build();
      queue.createTable();
      return queue;
    }

    @AfterEach
    void shutDown() throws SQLException {
      own.close();
    }
  }

  @Nested
  class WithSkipLocked extends Contract {
    @Override
    DataSource source(H2 h2) {
      return h2.source();
    }
  }

  @Nested
  class WithoutSkipLocked extends Contract {
    @Override
    DataSource source(H2 h2) {
      return withoutSkipLocked(h2);
    }
  }

  /** A database that does not know the words. */
  static DataSource withoutSkipLocked(H2 h2) {
    return h2.watched(call -> {
      if (call.contains("SKIP LOCKED")) {
        throw new SQLException("syntax error", "42000");
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB", "MSSQLServer", "DB2"})
  void take_otherDialects_areUnderstood(String mode) throws SQLException {
    try (H2 imitation = H2.named(mode + ";MODE=" + mode)) {
      SqlJobQueue queue = queue(imitation.source());
      queue.createTable();
      assertTrue(queue.enqueue(Job.of("a", "")));
      assertFalse(queue.enqueue(Job.of("a", "")));
      for (int attempt = 1; attempt <= 3; attempt++) {
        Lease lease = queue.take(MINUTE).orElseThrow();
        assertTrue(lease.extend(MINUTE));
        assertTrue(lease.fail("no"));
        clock.advance(MINUTE);
      }
      assertEquals(1, queue.deadLetters(1).size());
      assertTrue(queue.redrive("a"));
      assertTrue(queue.take(MINUTE).orElseThrow().complete());
      assertEquals(new JobQueue.Stats(0, 0, 0, 1, 0), queue.stats());
      assertEquals(1, queue.forget(Duration.ZERO));
    }
  }

  @Nested
  class Tables {
    @Test
    void createTable_again_keepsTheJobs() {
      SqlJobQueue queue = queue();
      queue.enqueue(Job.of("a", ""));
      queue.createTable();
      assertTrue(queue.take(MINUTE).isPresent());
    }

    @Test
    void createTable_anotherIsFaster_isFine() {
      List<String> seen = new ArrayList<>();
      SqlJobQueue slow = queue(database.watched(call -> {
        if (call.startsWith("CREATE TABLE")) {
          queue();
        }
        seen.add(call);
      }));
      slow.createTable();
      assertTrue(seen.stream().noneMatch(call -> call.startsWith("CREATE INDEX")));
      assertTrue(slow.enqueue(Job.of("a", "")));
    }

    @Test
    void createTable_cannot_saysWhy() {
      SqlJobQueue queue = queue(database.watched(call -> {
        if (call.startsWith("CREATE TABLE")) {
          throw new SQLException("no rights", "42501");
        }
      }));
      assertEquals(
          "table jobs: no rights",
          assertThrows(JobQueueException.class, queue::createTable).getMessage());
    }

    @Test
    void ddl_byHand_isTheSameTable() throws SQLException {
      SqlJobQueue queue = SqlJobQueue.builder(database.source(), RETRY)
          .table("Work_2")
          .clock(clock)
          .build();
      for (String statement : queue.ddl()) {
        database.query(statement);
      }
      queue.createTable();
      assertTrue(queue.enqueue(Job.of("a", "")));
      assertEquals(List.of("a"), database.query("SELECT job_key FROM work_2"));
      assertEquals(
          List.of("1"),
          database.query("SELECT COUNT(*) FROM information_schema.indexes"
              + " WHERE index_name = 'WORK_2_DUE'"));
    }

    /** Not every broken constraint is a known key: the job would be lost. */
    @Test
    void enqueue_refusedByTheTable_saysWhy() throws SQLException {
      SqlJobQueue queue = queue();
      database.query("ALTER TABLE jobs ADD CONSTRAINT short CHECK (priority < 5)");
      Job job = Job.of("a", "").withPriority(5);
      assertThrows(JobQueueException.class, () -> queue.enqueue(job));
    }

    @Test
    void builder_badTable_isRefused() {
      SqlJobQueue.Builder builder = SqlJobQueue.builder(database.source(), RETRY);
      assertEquals(
          "table must match [A-Za-z_][A-Za-z0-9_]*, was a b",
          messageOf(() -> builder.table("a b")));
      assertNull("table", () -> builder.table(null));
      assertNull("clock", () -> builder.clock(null));
      assertNull("dataSource", () -> SqlJobQueue.builder(null, RETRY));
      assertNull("retry", () -> SqlJobQueue.builder(database.source(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "'; DROP TABLE jobs", "%", "ключ", "🔑"})
    void enqueue_oddCharacters_areAKeyLikeAnyOther(String key) {
      SqlJobQueue queue = queue();
      queue.enqueue(Job.of(key, key));
      assertEquals(Job.of(key, key), queue.take(MINUTE).orElseThrow().job());
    }
  }

  @Nested
  class Connections {
    private final List<String> calls = new ArrayList<>();

    @Test
    void enqueue_autocommitOff_isCommittedAndLeftOff() throws SQLException {
      queue();
      SqlJobQueue watched = queue(database.watched(call -> calls.add(call.split(" \\(", 2)[0])));
      watched.enqueue(Job.of("a", ""));
      assertEquals(
          List.of(
              "getAutoCommit",
              "setAutoCommit true",
              "INSERT INTO jobs",
              "executed",
              "setAutoCommit false",
              "close"),
          calls);
      assertEquals(List.of("a"), database.query("SELECT job_key FROM jobs"));
    }

    @Test
    void take_failedConnection_saysWhyAndWhere() {
      SQLException cause = new SQLException("gone", "08006");
      SqlJobQueue queue = queue(database.watched(call -> {
        if (call.equals("getAutoCommit")) {
          throw cause;
        }
      }));
      JobQueueException e = assertThrows(JobQueueException.class, () -> queue.take(MINUTE));
      assertEquals("table jobs: gone", e.getMessage());
      assertSame(cause, e.getCause());
    }

    @Test
    void enqueue_undoneByTheDatabase_isTriedAgain() {
      queue();
      int[] undone = {0};
      SqlJobQueue queue = queue(database.watched(call -> {
        if (call.startsWith("INSERT") && undone[0]++ < 9) {
          throw new SQLException("deadlock", "40001");
        }
      }));
      assertTrue(queue.enqueue(Job.of("a", "")));
      assertEquals(10, undone[0]);
    }

    @Test
    void enqueue_undoneTenTimes_fails() {
      queue();
      int[] undone = {0};
      SqlJobQueue queue = queue(database.watched(call -> {
        if (call.startsWith("INSERT")) {
          undone[0]++;
          throw new SQLException("deadlock", "40001");
        }
      }));
      assertThrows(JobQueueException.class, () -> queue.enqueue(Job.of("a", "")));
      assertEquals(10, undone[0]);
    }

    /** The database is asked once whether it can. */
    @Test
    void take_secondTime_doesNotProbe() {
      queue().enqueue(Job.of("a", ""));
      SqlJobQueue queue = queue(database.watched(calls::add));
      queue.take(MINUTE);
      queue.take(MINUTE);
      assertEquals(
          1, calls.stream().filter(call -> call.contains("job_state < 0")).count());
      assertEquals(
          1,
          calls.stream()
              .filter(call -> call.contains("job_key = ? FOR UPDATE SKIP LOCKED"))
              .count());
    }

    /** An outage during the probe must not pass for an old database. */
    @Test
    void take_outageDuringTheProbe_isAskedAgain() {
      queue().enqueue(Job.of("a", ""));
      boolean[] down = {true};
      SqlJobQueue queue = queue(database.watched(call -> {
        calls.add(call);
        if (down[0] && call.contains("job_state < 0")) {
          throw new SQLException("gone", "08006");
        }
      }));
      assertThrows(JobQueueException.class, () -> queue.take(MINUTE));
      down[0] = false;
      assertTrue(queue.take(MINUTE).isPresent());
      assertTrue(calls.stream().anyMatch(call -> call.contains("job_key = ? FOR UPDATE SKIP")));
    }
  }

  @Nested
  class Together {
    @ParameterizedTest
    @ValueSource(
        strings = {"SELECT job_key FROM jobs WHERE job_key = ?", "UPDATE jobs SET job_state = 1"})
    void take_anotherIsFaster_takesTheNext(String moment) {
      SqlJobQueue other = queue();
      other.enqueue(Job.of("a", ""));
      other.enqueue(Job.of("b", ""));
      boolean[] done = {false};
      SqlJobQueue slow = queue(withoutLocks(moment, other, done));
      assertEquals("b", slow.take(MINUTE).orElseThrow().job().key());
      assertTrue(done[0]);
    }

    /** At that moment another one takes the first job; the row is not locked yet. */
    private DataSource withoutLocks(String moment, SqlJobQueue other, boolean[] done) {
      boolean locks = moment.startsWith("SELECT");
      return database.watched(call -> {
        if (!locks && call.contains("SKIP LOCKED")) {
          throw new SQLException("syntax error", "42000");
        }
        if (call.startsWith(moment) && !done[0]) {
          done[0] = true;
          assertEquals("a", other.take(MINUTE).orElseThrow().job().key());
        }
      });
    }

    /** Whoever reads a lease that ran out must not take it after a heartbeat. */
    @Test
    void take_extendedMeanwhile_isLeftAlone() {
      SqlJobQueue other = queue();
      other.enqueue(Job.of("a", ""));
      Lease lease = other.take(MINUTE).orElseThrow();
      clock.advance(MINUTE);
      SqlJobQueue late = queue(database.watched(call -> {
        if (call.startsWith("SELECT job_key FROM jobs WHERE job_key = ?")) {
          assertTrue(lease.extend(MINUTE));
        }
      }));
      assertEquals(Optional.empty(), late.take(MINUTE));
      assertTrue(lease.complete());
    }

    /** A row that somebody is leasing is passed, not waited for. */
    @Test
    void take_firstRowLocked_isSkipped() throws Exception {
      SqlJobQueue queue = queue();
      queue.enqueue(Job.of("a", ""));
      queue.enqueue(Job.of("b", ""));
      try (var connection = database.source().getConnection()) {
        connection.setAutoCommit(false);
        connection
            .createStatement()
            .executeUpdate("UPDATE jobs SET reason = '' WHERE job_key = 'a'");
        assertEquals("b", queue.take(MINUTE).orElseThrow().job().key());
        connection.rollback();
      }
      assertEquals("a", queue.take(MINUTE).orElseThrow().job().key());
    }
  }

  /**
   * The process is killed at the n-th call of its connection, for every n: from then on nothing reaches the database. The
   * job is there for the next worker, and is done once.
   */
  @Test
  void worker_killedAtAnyCall_losesNothing() throws SQLException {
    int alive = 0;
    for (int calls = 0; alive == 0; calls++) {
      SqlJobQueue other = queue();
      other.enqueue(Job.of("a", ""));
      int[] left = {calls};
      SqlJobQueue killed = queue(database.watched(call -> {
        // The server closes the connection, and rolls back what was not committed.
        if (left[0]-- <= 0 && !call.equals("close")) {
          throw new SQLException("killed", "08006");
        }
      }));
      boolean done = false;
      try {
        Lease lease = killed.take(MINUTE).orElseThrow();
        lease.extend(MINUTE);
        done = lease.complete();
        alive = calls;
      } catch (JobQueueException e) {
        clock.advance(MINUTE);
      }
      Optional<Lease> again = other.take(MINUTE);
      boolean known = other.stats().completed() == 1;
      assertEquals(known, again.isEmpty(), "lost or done twice after " + calls + " calls");
      assertTrue(known || !done);
      again.ifPresent(lease -> assertTrue(lease.complete()));
      assertEquals(new JobQueue.Stats(0, 0, 0, 1, 0), other.stats());
      assertEquals(1, other.forget(Duration.ZERO));
    }
    assertTrue(alive > 20, "the worker makes so many calls: " + alive);
  }
}
