package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTableTest {
  private final TestClocks clocks = new TestClocks();
  private final TestDatabase database = TestDatabase.inMemory("nodes");

  private NodeLease lease(DataSource source) {
    return NodeLease.builder(source)
        .nodes(8)
        .owner("a")
        .clock(clocks)
        .ticker(clocks)
        .build();
  }

  private NodeLease lease() {
    return lease(database.source());
  }

  @BeforeEach
  void createTable() throws SQLException {
    lease().createTable();
  }

  @AfterEach
  void shutDown() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB", "MSSQLServer", "DB2"})
  void acquire_otherDialects_areUnderstood(String mode) throws SQLException {
    try (TestDatabase imitation = TestDatabase.inMemory(mode + ";MODE=" + mode)) {
      NodeLease first = lease(imitation.source());
      first.createTable();
      assertEquals(0, first.acquire());
      assertTrue(first.renew());
      clocks.advance(Duration.ofSeconds(32));
      NodeLease second = lease(imitation.source());
      assertEquals(0, second.acquire());
      assertFalse(first.renew());
      second.release();
      assertEquals(0, lease(imitation.source()).acquire());
    }
  }

  @Nested
  class Together {
    /** All start with the same list of free nodes, first of a new table, then of an expired one. */
    @RepeatedTest(5)
    void acquire_eightThreads_getEightNodes() throws Exception {
      for (long taking = 1; taking <= 3; taking++) {
        List<NodeLease> leases = acquired(8);
        assertEquals(
            IntStream.range(0, 8).boxed().toList(),
            leases.stream().map(NodeLease::node).sorted().toList());
        for (NodeLease lease : leases) {
          assertEquals(taking, lease.fencingToken());
        }
        clocks.advance(Duration.ofSeconds(32));
      }
    }

    private List<NodeLease> acquired(int threads) throws Exception {
      CyclicBarrier barrier = new CyclicBarrier(threads);
      Callable<NodeLease> acquire = () -> {
        NodeLease lease = lease();
        barrier.await();
        lease.acquire();
        return lease;
      };
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<NodeLease> leases = new ArrayList<>();
      try {
        for (Future<NodeLease> lease : pool.invokeAll(Collections.nCopies(threads, acquire))) {
          leases.add(lease.get());
        }
      } finally {
        pool.shutdown();
      }
      return leases;
    }

    /** Somebody else inserts node 0 between our reading and our inserting. */
    @Test
    void acquire_newNodeInsertedByAnother_takesTheNext() throws SQLException {
      NodeLease other = lease();
      NodeLease lease = lease(database.watched(call -> {
        if (call.equals("INSERT") && !other.isHeld()) {
          other.acquire();
        }
      }));
      assertEquals(1, lease.acquire());
      assertEquals(0, other.node());
    }

    @Test
    void acquire_expiredNodeTakenByAnother_takesTheNext() throws SQLException {
      lease().acquire();
      clocks.advance(Duration.ofSeconds(32));
      NodeLease other = lease();
      NodeLease lease = lease(database.watched(call -> {
        if (call.equals("UPDATE") && !other.isHeld()) {
          other.acquire();
        }
      }));
      assertEquals(1, lease.acquire());
      assertEquals(0, other.node());
      assertEquals(2, other.fencingToken());
    }

    /** It is free again, but our token would be that of another holder. */
    @Test
    void acquire_expiredNodeTakenAndFreedMeanwhile_takesTheNext() throws SQLException {
      lease().acquire();
      clocks.advance(Duration.ofSeconds(32));
      NodeLease lease = lease(database.watched(call -> {
        if (call.equals("UPDATE")) {
          NodeLease other = lease();
          other.acquire();
          other.release();
        }
      }));
      assertEquals(1, lease.acquire());
      assertEquals(1, lease.fencingToken());
    }

    /** The renewal leaves the token as it was, but not the time. */
    @Test
    void acquire_expiredNodeRenewedMeanwhile_takesTheNext() throws SQLException {
      NodeLease late = lease();
      late.acquire();
      clocks.advance(Duration.ofSeconds(32));
      NodeLease lease = lease(database.watched(call -> {
        if (call.equals("UPDATE")) {
          assertTrue(late.renew());
        }
      }));
      assertEquals(1, lease.acquire());
      assertTrue(late.isHeld());
    }

    @Test
    void createTable_createdByAnotherMeanwhile_succeeds() throws SQLException {
      DataSource raced = database.watched(call -> {
        if (call.equals("CREATE")) {
          throw new SQLException("Table \"NODE_LEASES\" already exists", "42S01");
        }
      });
      lease(raced).createTable();
      database.query("DROP TABLE node_leases");
      SQLException e = assertThrows(SQLException.class, () -> lease(raced).createTable());
      assertEquals("Table \"NODE_LEASES\" already exists", e.getMessage());
      assertEquals(1, e.getSuppressed().length);
    }
  }

  @Nested
  class Connections {
    private final List<String> calls = new ArrayList<>();
    private final NodeLease lease = lease(database.watched(calls::add));

    private List<String> callsOf(String... statements) {
      List<String> expected = new ArrayList<>(List.of("getAutoCommit", "setAutoCommit true"));
      for (String statement : statements) {
        expected.add(statement);
        if (!statement.equals("SELECT")) {
          expected.add(statement + " done");
        }
      }
      expected.addAll(List.of("setAutoCommit false", "close"));
      return expected;
    }

    @Test
    void calls_autocommitOff_areCommittedAndItIsLeftOff() throws SQLException {
      lease.acquire();
      assertEquals(callsOf("SELECT", "INSERT"), calls);
      calls.clear();
      lease.renew();
      assertEquals(callsOf("UPDATE"), calls);
      calls.clear();
      lease.release();
      assertEquals(callsOf("UPDATE"), calls);
      assertEquals(List.of("a"), database.query("SELECT owner_name FROM node_leases"));
    }

    @Test
    void acquire_autocommitOn_isNotTouched() throws SQLException {
      Connection connection = database.source().getConnection();
      DataSource plain = TestDatabase.proxy(
          DataSource.class,
          (method, args) -> TestDatabase.proxy(Connection.class, (call, values) -> {
            calls.add(call.getName());
            return call.invoke(connection, values);
          }));
      lease(plain).acquire();
      assertEquals(
          List.of("getAutoCommit", "prepareStatement", "prepareStatement", "close"), calls);
    }
  }

  @Nested
  class Trouble {
    @Test
    void renew_killedServer_failsUntilItIsBack() throws SQLException {
      Server server = Server.createTcpServer("-tcpPort", "0").start();
      String port = Integer.toString(server.getPort());
      NodeLease lease =
          lease(new TestDatabase("jdbc:h2:tcp://localhost:" + port + "/mem:nodes").source());
      try {
        lease.acquire();
        server.stop();
        clocks.advance(Duration.ofSeconds(10));
        assertThrows(SQLException.class, lease::renew);
        assertThrows(SQLException.class, lease::renew);
        assertEquals(new NodeLease.Stats(Duration.ofSeconds(19), 0, 2), lease.stats());
        server = Server.createTcpServer("-tcpPort", port).start();
        assertTrue(lease.renew());
        assertEquals(new NodeLease.Stats(Duration.ofSeconds(29), 1, 2), lease.stats());
      } finally {
        server.stop();
      }
    }

    @Test
    void acquire_noTable_failsAndMayBeTriedAgain() throws SQLException {
      database.query("DROP TABLE node_leases");
      NodeLease lease = lease();
      assertThrows(SQLException.class, lease::acquire);
      lease.createTable();
      assertEquals(0, lease.acquire());
    }

    /** The answer is lost, the change is not: the node is nobody's until its time is over. */
    @Test
    void acquire_answerLost_leavesTheNodeToItsEnd() throws SQLException {
      int[] failures = {1};
      NodeLease lease = lease(database.watched(call -> {
        if (call.equals("INSERT done") && failures[0]-- > 0) {
          throw new SQLException("gone", "08006");
        }
      }));
      assertThrows(SQLException.class, lease::acquire);
      assertFalse(lease.isHeld());
      assertEquals(1, lease.acquire());
      clocks.advance(Duration.ofSeconds(32));
      assertEquals(0, lease().acquire());
    }

    @Test
    void release_databaseDown_holdsNoLongerAndMayBeRepeated() throws SQLException {
      boolean[] down = {false};
      NodeLease lease = lease(database.watched(call -> {
        if (down[0]) {
          throw new SQLException("down", "08001");
        }
      }));
      lease.acquire();
      down[0] = true;
      assertThrows(SQLException.class, lease::release);
      assertFalse(lease.isHeld());
      assertEquals(1, lease().acquire());
      down[0] = false;
      lease.release();
      assertEquals(0, lease().acquire());
    }

    @Test
    void acquire_undoneByTheDatabase_isRepeatedNineTimes() throws SQLException {
      int[] undone = {0};
      NodeLease lease = lease(database.watched(call -> {
        if (call.equals("INSERT") && undone[0]++ < 9) {
          throw new SQLException("serialization failure", "40001");
        }
      }));
      assertEquals(0, lease.acquire());
      assertEquals(10, undone[0]);
      undone[0] = -1;
      SQLException e =
          assertThrows(SQLException.class, () -> lease(alwaysUndone(undone)).acquire());
      assertEquals("40001", e.getSQLState());
      assertEquals(9, undone[0]);
    }

    private DataSource alwaysUndone(int[] undone) {
      return database.watched(call -> {
        if (call.equals("INSERT")) {
          undone[0]++;
          throw new SQLException("serialization failure", "40001");
        }
      });
    }

    @Test
    void acquire_otherFailureOfTheInsert_isToldAtOnce() throws SQLException {
      int[] inserts = {0};
      NodeLease lease = lease(database.watched(call -> {
        if (call.equals("INSERT")) {
          inserts[0]++;
          throw new SQLException("disk full");
        }
      }));
      assertEquals("disk full", assertThrows(SQLException.class, lease::acquire).getMessage());
      assertEquals(1, inserts[0]);
    }

    @Test
    void acquire_rowsThatCannotBeInserted_saysSo() throws SQLException {
      database.query("ALTER TABLE node_leases ADD CONSTRAINT never CHECK (node_id < 0)");
      assertEquals(
          "no row can be inserted into table node_leases, or the rows were deleted meanwhile",
          assertThrows(IllegalStateException.class, () -> lease().acquire()).getMessage());
    }
  }
}
