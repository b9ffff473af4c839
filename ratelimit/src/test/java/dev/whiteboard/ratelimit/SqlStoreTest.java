package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStoreTest {
  private static final Limit LIMIT = Limit.perSecond(20);

  private final SharedTestClock clock = new SharedTestClock();
  private final DataSource database = h2("mem:limits;DB_CLOSE_DELAY=-1");
  private final SqlStore store = SqlStore.builder(database).clock(clock).build();

  /** Every connection is a new one. */
  private static DataSource h2(String name) {
    return (DataSource) Proxy.newProxyInstance(
        DataSource.class.getClassLoader(),
        new Class<?>[] {DataSource.class},
        (self, method, args) -> DriverManager.getConnection("jdbc:h2:" + name));
  }

  @BeforeEach
  void createTable() throws SQLException {
    store.createTable();
  }

  @AfterEach
  void shutDown() throws SQLException {
    query("SHUTDOWN");
  }

  /** The first row, or nothing. */
  private List<String> query(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> row = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          for (int i = 1; rows.next() && i <= rows.getMetaData().getColumnCount(); i++) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              row.add(rows.getString(column));
            }
          }
        }
      }
      return row;
    }
  }

  private static SharedRateLimiter limiter(Store.Algorithm algorithm, Store store) {
    return switch (algorithm) {
      case TOKEN_BUCKET ->
        SharedRateLimiter.tokenBucket(LIMIT, store, WhenUnreachable.REFUSE).build();
      case FIXED_WINDOW ->
        SharedRateLimiter.fixedWindow(LIMIT, store, WhenUnreachable.REFUSE).build();
      case SLIDING_WINDOW_COUNTER ->
        SharedRateLimiter.slidingWindowCounter(LIMIT, store, WhenUnreachable.REFUSE)
            .build();
    };
  }

  private static SharedRateLimiter bucket(Store store) {
    return limiter(Store.Algorithm.TOKEN_BUCKET, store);
  }

  @Nested
  class Rows {
    @ParameterizedTest
    @EnumSource
    void tryAcquire_refused_changesNoRow(Store.Algorithm algorithm) throws SQLException {
      SharedRateLimiter limiter = limiter(algorithm, store);
      assertTrue(limiter.tryAcquire("a", 20).allowed());
      List<String> before = query("SELECT * FROM rate_limits");
      clock.advance(1);
      assertFalse(limiter.tryAcquire("a").allowed());
      assertEquals(before, query("SELECT * FROM rate_limits"));
      assertEquals(List.of("1"), query("SELECT COUNT(*) FROM rate_limits"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "'; DROP TABLE rate_limits", "%", "ключ", "🔑"})
    void tryAcquire_oddCharacters_areAKeyLikeAnyOther(String key) {
      SharedRateLimiter limiter = bucket(store);
      assertTrue(limiter.tryAcquire(key, 20).allowed());
      assertFalse(limiter.tryAcquire(key).allowed());
      assertTrue(limiter.tryAcquire(key + ".", 20).allowed());
      assertTrue(limiter.tryAcquire("x".repeat(255)).allowed());
    }

    @Test
    void deleteIdle_keysThatHaveBeenFullForAMinute_areDeleted() throws SQLException {
      SharedRateLimiter limiter = bucket(store);
      limiter.tryAcquire("a", 20);
      clock.advance(Duration.ofSeconds(1));
      limiter.tryAcquire("b");
      clock.advance(Duration.ofSeconds(60).minusNanos(1000));
      assertEquals(0, store.deleteIdle());
      clock.advance(1);
      assertEquals(1, store.deleteIdle());
      assertEquals(List.of("b"), query("SELECT limit_key FROM rate_limits"));
      assertEquals(19, limiter.tryAcquire("a").remaining());
    }

    @Test
    void deleteIdle_windows_areKeptAsLongAsTheyCount() throws SQLException {
      limiter(Store.Algorithm.FIXED_WINDOW, store).tryAcquire("fixed");
      limiter(Store.Algorithm.SLIDING_WINDOW_COUNTER, store).tryAcquire("sliding");
      clock.advance(Duration.ofSeconds(61));
      assertEquals(1, store.deleteIdle());
      assertEquals(List.of("sliding"), query("SELECT limit_key FROM rate_limits"));
      clock.advance(Duration.ofSeconds(1));
      assertEquals(1, store.deleteIdle());
    }

    /**
     * A row that was deleted as soon as the clock ahead shows it full would be full again for the clock behind: both
     * could drain it, every time.
     */
    @Test
    void deleteIdle_byTheClockAhead_letsTheDifferencePassOnce() throws SQLException {
      SqlStore ahead = SqlStore.builder(database).clock(clock.ahead(1_000_000)).build();
      long granted = 0;
      for (int second = 0; second < 100; second++) {
        for (Store machine : List.of(store, ahead)) {
          SharedRateLimiter limiter = bucket(machine);
          granted += limiter.tryAcquire("a", 20).allowed() ? 20 : 0;
        }
        clock.advance(Duration.ofSeconds(1));
        ahead.deleteIdle();
      }
      assertEquals(20 + 99 * 20 + 20, granted);
    }

    /** Ticks of another limit can lie centuries ahead: they count no longer than the old limit's burst takes. */
    @ParameterizedTest
    @EnumSource
    void tryAcquire_rowOfAnotherLimit_isForgottenWithTime(Store.Algorithm algorithm)
        throws SQLException {
      Limit seven = Limit.of(7).per(Duration.ofSeconds(3));
      SharedRateLimiter.tokenBucket(seven, store, WhenUnreachable.REFUSE)
          .build()
          .tryAcquire("a");
      clock.advance(Duration.ofSeconds(63));
      SharedRateLimiter next = limiter(algorithm, store);
      assertEquals(19, next.tryAcquire("a").remaining());
      assertEquals(18, next.tryAcquire("a").remaining());
    }

    @Test
    void tryAcquire_anotherTable_countsApart() throws SQLException {
      SqlStore other = SqlStore.builder(database).table("Other_2").clock(clock).build();
      other.createTable();
      other.createTable();
      assertTrue(bucket(store).tryAcquire("a", 20).allowed());
      assertTrue(bucket(other).tryAcquire("a", 20).allowed());
      assertEquals(List.of("1"), query("SELECT COUNT(*) FROM other_2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB", "Oracle", "MSSQLServer", "DB2"})
  void tryAcquire_otherDialects_areUnderstood(String mode) throws SQLException {
    SqlStore imitation = SqlStore.builder(h2("mem:" + mode + ";DB_CLOSE_DELAY=-1;MODE=" + mode))
        .clock(clock)
        .build();
    imitation.createTable();
    for (Store.Algorithm algorithm : Store.Algorithm.values()) {
      SharedRateLimiter limiter = limiter(algorithm, imitation);
      for (int i = 0; i < 25; i++) {
        assertEquals(i < 20, limiter.tryAcquire(algorithm.name()).allowed());
      }
      assertEquals(0, limiter.stats().failures());
    }
    clock.advance(Duration.ofHours(1));
    assertEquals(3, imitation.deleteIdle());
  }

  @Nested
  class Together {
    private long granted(int threads, Store.Algorithm algorithm, int keys) throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      CyclicBarrier barrier = new CyclicBarrier(threads);
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        counts.add(pool.submit(() -> {
          SharedRateLimiter limiter = limiter(algorithm, store);
          for (int key = 0; key < keys; key++) {
            barrier.await();
            for (int request = 0; request < 10; request++) {
              limiter.tryAcquire("key" + key);
            }
          }
          assertEquals(0, limiter.stats().failures());
          return limiter.stats().granted();
        }));
      }
      pool.shutdown();
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum;
    }

    /** Every key is new to all eight at once. */
    @ParameterizedTest
    @EnumSource
    void tryAcquire_timeStandsStill_grantExactlyTheBurst(Store.Algorithm algorithm)
        throws Exception {
      assertEquals(20 * 8, granted(8, algorithm, 8));
    }
  }

  /** A data source whose connections start without autocommit, as some pools do, and tell what is asked of them. */
  private DataSource watched(Consumer<String> watcher) {
    return proxy(DataSource.class, database, (name, args, result) -> {
      if (!(result instanceof Connection connection)) {
        return result;
      }
      connection.setAutoCommit(false);
      return proxy(Connection.class, connection, (called, values, answer) -> {
        watcher.accept(
            called.equals("prepareStatement")
                ? String.valueOf(values[0]).substring(0, 6)
                : called.equals("setAutoCommit") ? called + values[0] : called);
        return answer;
      });
    });
  }

  private interface After {
    Object then(String method, Object[] args, Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, After after) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
          try {
            return after.then(method.getName(), args, method.invoke(target, args));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }

  @Nested
  class Connections {
    private final List<String> calls = new ArrayList<>();
    private final SqlStore watchedStore =
        SqlStore.builder(watched(calls::add)).clock(clock).build();

    @Test
    void tryAcquire_autocommitOff_isCommittedAndLeftOff() throws SQLException {
      bucket(watchedStore).tryAcquire("a");
      assertEquals(
          List.of(
              "getAutoCommit",
              "setAutoCommittrue",
              "UPDATE",
              "SELECT",
              "INSERT",
              "setAutoCommitfalse",
              "close"),
          calls);
      assertEquals(List.of("a"), query("SELECT limit_key FROM rate_limits"));
    }

    @Test
    void tryAcquire_knownKey_isTwoStatements() {
      SharedRateLimiter limiter = bucket(watchedStore);
      limiter.tryAcquire("a", 19);
      for (int i = 0; i < 2; i++) {
        calls.clear();
        limiter.tryAcquire("a");
        assertEquals(List.of("UPDATE", "SELECT"), calls.subList(2, 4));
        assertEquals(6, calls.size());
      }
    }

    @Test
    void tryAcquire_autocommitOn_isNotTouched() throws SQLException {
      DataSource plain = proxy(
          DataSource.class,
          database,
          (name, args, result) -> result instanceof Connection connection
              ? proxy(Connection.class, connection, (called, values, answer) -> {
                calls.add(called);
                return answer;
              })
              : result);
      bucket(SqlStore.builder(plain).clock(clock).build()).tryAcquire("a");
      assertFalse(calls.contains("setAutoCommit"));
      assertEquals("close", calls.get(calls.size() - 1));
    }

    /** Somebody else inserts the key between our reading and our inserting. */
    @Test
    void tryAcquire_insertedByAnother_isUpdated() {
      SharedRateLimiter other = bucket(store);
      DataSource raced = watched(call -> {
        if (call.equals("INSERT") && other.stats().granted() == 0) {
          assertTrue(other.tryAcquire("a", 18).allowed());
        }
      });
      SharedRateLimiter limiter = bucket(SqlStore.builder(raced).clock(clock).build());
      assertEquals(1, limiter.tryAcquire("a").remaining());
      assertEquals(new SharedRateLimiter.Stats(1, 0, 0), limiter.stats());
    }

    @Test
    void apply_rowThatCannotBeInserted_failsAfterTenAttempts() throws SQLException {
      query("ALTER TABLE rate_limits ADD CONSTRAINT never CHECK (used < 0)");
      Store.Command command =
          new Store.Command("a", Store.Algorithm.FIXED_WINDOW, 1, 10, 1_000_000);
      SQLException e = assertThrows(SQLException.class, () -> watchedStore.apply(command));
      assertEquals("23513", e.getSQLState());
      assertEquals(10, calls.stream().filter(call -> call.equals("INSERT")).count());
      assertEquals(
          List.of("setAutoCommitfalse", "close"), calls.subList(calls.size() - 2, calls.size()));
    }
  }

  @Nested
  class Trouble {
    @Test
    void tryAcquire_killedServer_failsUntilItIsBack() throws SQLException {
      Server server = Server.createTcpServer("-tcpPort", "0").start();
      String port = Integer.toString(server.getPort());
      DataSource remote = h2("tcp://localhost:" + port + "/mem:limits");
      SharedRateLimiter limiter = bucket(SqlStore.builder(remote).clock(clock).build());
      try {
        assertEquals(19, limiter.tryAcquire("a").remaining());
        server.stop();
        assertFalse(limiter.tryAcquire("a").allowed());
        assertEquals(1, limiter.stats().failures());
        server = Server.createTcpServer("-tcpPort", port).start();
        assertEquals(18, limiter.tryAcquire("a").remaining());
      } finally {
        server.stop();
      }
    }

    @Test
    void tryAcquire_connectionThatDiesInBetween_failsAndTheNextWorks() {
      int[] left = {2};
      DataSource dying = watched(call -> {
        if (call.equals("SELECT") && left[0]-- == 1) {
          throw new IllegalStateException("gone");
        }
      });
      SharedRateLimiter limiter = bucket(SqlStore.builder(dying).clock(clock).build());
      assertEquals(19, limiter.tryAcquire("a").remaining());
      // The permit was taken before the connection died.
      assertFalse(limiter.tryAcquire("a").allowed());
      assertEquals(17, limiter.tryAcquire("a").remaining());
      assertEquals(new SharedRateLimiter.Stats(2, 0, 1), limiter.stats());
    }

    @ParameterizedTest
    @EnumSource
    void tryAcquire_noTable_isTheCallersChoice(WhenUnreachable choice) {
      SqlStore lost = SqlStore.builder(database).table("lost").clock(clock).build();
      SharedRateLimiter limiter =
          SharedRateLimiter.tokenBucket(LIMIT, lost, choice).build();
      assertEquals(choice == WhenUnreachable.ALLOW, limiter.tryAcquire("a").allowed());
      assertEquals(new SharedRateLimiter.Stats(0, 0, 1), limiter.stats());
    }
  }

  @Test
  void arguments_bad_areNamed() {
    SqlStore.Builder builder = SqlStore.builder(database);
    assertNull("dataSource", () -> SqlStore.builder(null));
    assertNull("table", () -> builder.table(null));
    assertNull("clock", () -> builder.clock(null));
    for (String table : List.of("", "1a", "a b", "a.b", "a;", "limits\n", "größe", "\"a\"")) {
      assertEquals(
          "table must match [A-Za-z_][A-Za-z0-9_]*, was " + table,
          assertThrows(IllegalArgumentException.class, () -> builder.table(table))
              .getMessage());
    }
    assertTrue(builder.table("_a1").build().ddl().startsWith("CREATE TABLE IF NOT EXISTS _a1 ("));
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
