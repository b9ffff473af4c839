package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Leases live for 30 s; their holders stop 1 s before the end; a successor starts 2 s after it. It is 08:00:00. */
class NodeLeaseTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  private final TestClocks clocks = new TestClocks();
  private final TestDatabase database = TestDatabase.inMemory("leases");

  private NodeLeaseBuilder lease(String owner) {
    return NodeLease.builder(database.source())
        .nodes(8)
        .owner(owner)
        .clock(clocks)
        .ticker(clocks);
  }

  private NodeLease held(String owner) throws SQLException {
    NodeLease lease = lease(owner).build();
    lease.acquire();
    return lease;
  }

  @BeforeEach
  void createTable() throws SQLException {
    lease("a").build().createTable();
  }

  @AfterEach
  void shutDown() throws SQLException {
    database.close();
  }

  @Nested
  class Acquire {
    @Test
    void acquire_newTable_countsFromZero() throws SQLException {
      assertEquals(0, lease("a").build().acquire());
      assertEquals(1, lease("b").build().acquire());
      NodeLease third = lease("c").build();
      assertEquals(2, third.acquire());
      assertEquals(2, third.node());
      assertEquals(1, third.fencingToken());
    }

    @Test
    void acquire_freedNode_isTakenBeforeNewOnes() throws SQLException {
      held("a");
      NodeLease second = held("b");
      held("c");
      second.release();
      NodeLease fourth = held("d");
      assertEquals(1, fourth.node());
      assertEquals(2, fourth.fencingToken());
    }

    @Test
    void acquire_sameOwnerAgain_isAnotherProcess() throws SQLException {
      assertEquals(0, held("a").node());
      assertEquals(1, held("a").node());
    }

    @Test
    void acquire_ninthOfEight_isToldWhenTheNextComesFree() throws SQLException {
      for (int i = 0; i < 8; i++) {
        assertEquals(i, held("web-" + i).node());
        clocks.advance(Duration.ofSeconds(1));
      }
      NodeLease ninth = lease("web-8").build();
      assertEquals(
          "none of 8 nodes is free in table node_leases: the next is node 0 of owner web-0 at 2027-01-15T08:00:32Z",
          assertThrows(IllegalStateException.class, ninth::acquire).getMessage());
      clocks.advance(Duration.ofSeconds(24));
      assertEquals(0, ninth.acquire());
    }

    @Test
    void acquire_nodesBeyondOurs_doNotCount() throws SQLException {
      held("a");
      held("b");
      NodeLease small = lease("c").nodes(1).build();
      assertEquals(
          "none of 1 nodes is free in table node_leases: the next is node 0 of owner a at 2027-01-15T08:00:32Z",
          assertThrows(IllegalStateException.class, small::acquire).getMessage());
    }

    /** A lease that changed its node would still permit the generator of the old one. */
    @Test
    void acquire_secondTime_isRefused() throws SQLException {
      NodeLease lease = held("a");
      String message = "this lease has had its node: build another one";
      assertRefused(message, lease::acquire);
      lease.release();
      assertRefused(message, lease::acquire);
      NodeLease unused = lease("b").build();
      unused.close();
      assertRefused(message, unused::acquire);
    }

    @Test
    void otherCalls_beforeAcquire_sayWhatIsMissing() throws SQLException {
      NodeLease lease = lease("a").build();
      String message = "no node was acquired: call acquire() first";
      assertRefused(message, lease::node);
      assertRefused(message, lease::fencingToken);
      assertRefused(message, lease::renew);
      assertFalse(lease.isHeld());
      assertEquals(new NodeLease.Stats(Duration.ZERO, 0, 0), lease.stats());
    }

    @Test
    void acquire_anotherTable_countsApart() throws SQLException {
      held("a");
      NodeLease other = lease("b").table("Other_2").build();
      other.createTable();
      other.createTable();
      assertEquals(0, other.acquire());
    }

    @Test
    void acquire_row_tellsTheOperator() throws SQLException {
      held("web-3");
      assertEquals(
          List.of("0", "web-3", "1", "1800000032000"), database.query("SELECT * FROM node_leases"));
    }
  }

  @Nested
  class Expiry {
    @Test
    void isHeld_oneMarginBeforeTheEnd_turnsFalse() throws SQLException {
      NodeLease lease = held("a");
      assertEquals(Duration.ofSeconds(29), lease.heldFor());
      clocks.advance(Duration.ofSeconds(29).minus(MILLI));
      assertTrue(lease.isHeld());
      assertEquals(MILLI, lease.heldFor());
      clocks.advance(MILLI);
      assertFalse(lease.isHeld());
      clocks.advance(Duration.ofDays(1));
      assertEquals(Duration.ZERO, lease.heldFor());
    }

    @Test
    void acquire_leaseThatEnded_isTakenAfterTheQuietTime() throws SQLException {
      held("a");
      clocks.advance(Duration.ofSeconds(32).minus(MILLI));
      assertEquals(1, held("b").node());
      clocks.advance(MILLI);
      NodeLease successor = held("c");
      assertEquals(0, successor.node());
      assertEquals(2, successor.fencingToken());
    }

    @Test
    void acquire_otherTimes_areKept() throws SQLException {
      NodeLease lease = lease("a")
          .ttl(Duration.ofSeconds(5))
          .margin(Duration.ofMillis(200))
          .quiet(Duration.ZERO)
          .build();
      lease.acquire();
      assertEquals(Duration.ofMillis(4800), lease.heldFor());
      clocks.advance(Duration.ofSeconds(5));
      assertEquals(0, held("b").node());
    }

    @Test
    void renew_beforeTheEnd_beginsAnew() throws SQLException {
      NodeLease lease = held("a");
      clocks.advance(Duration.ofSeconds(20));
      assertTrue(lease.renew());
      assertEquals(new NodeLease.Stats(Duration.ofSeconds(29), 1, 0), lease.stats());
      assertEquals(1, lease.fencingToken());
      clocks.advance(Duration.ofSeconds(32).minus(MILLI));
      assertEquals(1, held("b").node());
    }

    /** A long collection or a suspended machine: nobody asks, and then everybody does. */
    @Test
    void renew_processThatSleptThroughItsEnd_findsItsSuccessor() throws SQLException {
      NodeLease sleeper = held("a");
      clocks.advance(Duration.ofSeconds(32));
      NodeLease successor = held("b");
      assertFalse(sleeper.isHeld());
      assertFalse(sleeper.renew());
      assertFalse(sleeper.renew());
      assertEquals(successor.node(), sleeper.node());
      assertTrue(successor.fencingToken() > sleeper.fencingToken());
      sleeper.release();
      assertTrue(successor.renew());
      assertEquals(new NodeLease.Stats(Duration.ZERO, 0, 0), sleeper.stats());
    }

    @Test
    void renew_endedButNotTaken_isHeldAgain() throws SQLException {
      NodeLease lease = held("a");
      clocks.advance(Duration.ofHours(1));
      assertFalse(lease.isHeld());
      assertTrue(lease.renew());
      assertTrue(lease.isHeld());
      assertEquals(1, lease.fencingToken());
    }

    @Test
    void renew_rowDeleted_isGone() throws SQLException {
      NodeLease lease = held("a");
      database.query("DELETE FROM node_leases");
      assertFalse(lease.renew());
      assertFalse(lease.isHeld());
    }
  }

  @Nested
  class Release {
    @Test
    void release_freesAtOnce() throws SQLException {
      NodeLease lease = held("a");
      clocks.advance(Duration.ofSeconds(10));
      lease.release();
      assertFalse(lease.isHeld());
      assertFalse(lease.renew());
      NodeLease successor = held("b");
      assertEquals(0, successor.node());
      assertEquals(2, successor.fencingToken());
    }

    @Test
    void release_again_leavesTheSuccessorAlone() throws SQLException {
      NodeLease lease = held("a");
      lease.release();
      held("b");
      lease.release();
      lease.close();
      assertEquals(1, held("c").node());
    }

    /** The successor's ids must not be older than ours, whose clock showed more. */
    @Test
    void release_successorsClockBehind_waitsForIt() throws SQLException {
      NodeLease lease = held("a");
      lease.release();
      clocks.step(MILLI.negated());
      assertEquals(1, held("b").node());
      clocks.step(MILLI);
      assertEquals(0, held("c").node());
    }

    @Test
    void release_clockSetBackSinceTheRenewal_freesAtTheTimeOfTheRenewal() throws SQLException {
      NodeLease lease = held("a");
      clocks.step(Duration.ofMinutes(-1));
      lease.release();
      assertEquals(1, held("b").node());
      clocks.advance(Duration.ofMinutes(1));
      assertEquals(0, held("c").node());
    }
  }

  /** A renewal hangs in the database, and a thread that wants to release waits for it. */
  @Test
  @Timeout(20)
  void release_whileARenewalHangs_holdsNoLonger() throws Exception {
    List<Thread> releasing = new ArrayList<>();
    List<NodeLease> leases = new ArrayList<>();
    leases.add(NodeLease.builder(database.watched(call -> {
          if (call.equals("UPDATE") && releasing.isEmpty()) {
            releasing.add(new Thread(() -> assertDoesNotThrow(leases.get(0)::release)));
            releasing.get(0).start();
            while (leases.get(0).isHeld() && !Thread.currentThread().isInterrupted()) {
              Thread.onSpinWait();
            }
          }
        }))
        .clock(clocks)
        .ticker(clocks)
        .build());
    leases.get(0).acquire();
    leases.get(0).renew();
    releasing.get(0).join();
    assertEquals(0, held("b").node());
  }

  @Nested
  class Clocks {
    @Test
    void isHeld_wallClockSetBack_endsByElapsedTime() throws SQLException {
      NodeLease lease = held("a");
      clocks.step(Duration.ofHours(-1));
      clocks.advance(Duration.ofSeconds(29).minus(MILLI));
      assertTrue(lease.isHeld());
      clocks.advance(MILLI);
      assertFalse(lease.isHeld());
    }

    /** On many systems elapsed time stands still while the machine is suspended. */
    @Test
    void isHeld_suspendedMachine_endsByTheWallClock() throws SQLException {
      NodeLease lease = held("a");
      clocks.step(Duration.ofSeconds(29).minus(MILLI));
      assertTrue(lease.isHeld());
      clocks.step(MILLI);
      assertFalse(lease.isHeld());
    }

    /** Time that the database takes is not given to the holder, even if the wall clock is set back meanwhile. */
    @Test
    void renew_slowDatabase_countsFromBeforeTheCall() throws SQLException {
      NodeLease lease = NodeLease.builder(database.watched(call -> {
            if (call.endsWith("done")) {
              clocks.advance(Duration.ofSeconds(10));
              clocks.step(Duration.ofSeconds(-10));
            }
          }))
          .clock(clocks)
          .ticker(clocks)
          .build();
      lease.acquire();
      assertEquals(Duration.ofSeconds(19), lease.heldFor());
      assertTrue(lease.renew());
      assertEquals(Duration.ofSeconds(19), lease.heldFor());
    }

    /** Ids may carry the hour ahead already, so the successor waits for it. */
    @Test
    void renew_clockAheadAndBack_keepsTheLaterEnd() throws SQLException {
      NodeLease lease = held("a");
      clocks.step(Duration.ofHours(1));
      assertTrue(lease.renew());
      clocks.step(Duration.ofHours(-1));
      assertTrue(lease.renew());
      assertEquals(Duration.ofSeconds(29), lease.heldFor());
      clocks.advance(Duration.ofHours(1).plusSeconds(32).minus(MILLI));
      assertEquals(1, held("b").node());
      clocks.advance(MILLI);
      assertEquals(0, held("c").node());
    }

    @Test
    void acquire_endOfTime_saturates() throws SQLException {
      NodeLease lease = lease("a")
          .clock(InstantSource.fixed(Instant.ofEpochMilli(Long.MAX_VALUE)))
          .build();
      lease.acquire();
      assertFalse(lease.isHeld());
      assertEquals(
          List.of(Long.toString(Long.MAX_VALUE)),
          database.query("SELECT free_at_millis FROM node_leases"));
    }
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
  }
}
