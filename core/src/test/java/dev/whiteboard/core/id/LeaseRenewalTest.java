package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LeaseRenewalTest {
  private final TestClocks clocks = new TestClocks();
  private final TestDatabase database = TestDatabase.inMemory("renewals");
  private final List<String> log = new ArrayList<>();
  private final List<Object> schedule = new ArrayList<>();
  private boolean down;

  private final Logger logger = TestDatabase.proxy(Logger.class, (method, args) -> {
    Object[] values = args[args.length - 1] instanceof Object[] many
        ? many
        : Arrays.copyOfRange(args, 1, args.length);
    log.add(method.getName() + ": " + args[0] + " " + Arrays.toString(values));
    return null;
  });

  private final Object handle = TestDatabase.proxy(ScheduledFuture.class, (method, args) -> null);

  /** Remembers what it is given, and runs nothing. */
  private final ScheduledExecutorService executor =
      TestDatabase.proxy(ScheduledExecutorService.class, (method, args) -> {
        schedule.add(method.getName());
        schedule.addAll(List.of(args));
        return handle;
      });

  private final NodeLease lease = builder().build();

  private NodeLeaseBuilder builder() {
    return NodeLease.builder(database.watched(call -> {
          if (down) {
            throw new SQLException("down", "08001");
          }
        }))
        .clock(clocks)
        .ticker(clocks)
        .logger(logger);
  }

  private Runnable renewal() throws SQLException {
    lease.acquire();
    assertSame(handle, lease.renewEvery(executor));
    return (Runnable) schedule.get(1);
  }

  @BeforeEach
  void createTable() throws SQLException {
    lease.createTable();
  }

  @AfterEach
  void shutDown() throws SQLException {
    database.close();
  }

  @Test
  void renewEvery_schedulesThreeRenewalsInATimeToLive() throws SQLException {
    Runnable renewal = renewal();
    assertEquals("[scheduleWithFixedDelay, 10000, 10000, MILLISECONDS]", withoutTask());
    clocks.advance(Duration.ofSeconds(10));
    renewal.run();
    assertEquals(new NodeLease.Stats(Duration.ofSeconds(29), 1, 0), lease.stats());
    assertEquals(List.of(), log);
  }

  private String withoutTask() {
    return schedule.stream()
        .filter(each -> !(each instanceof Runnable))
        .toList()
        .toString();
  }

  @Test
  void renewEvery_nothingAcquired_isRefused() {
    assertEquals(
        "no node was acquired: call acquire() first",
        assertThrows(IllegalStateException.class, () -> lease.renewEvery(executor))
            .getMessage());
    assertEquals(List.of(), schedule);
  }

  @Test
  void run_outage_isLoggedOnceAndItsEndToo() throws SQLException {
    Runnable renewal = renewal();
    for (int outage = 0; outage < 2; outage++) {
      log.clear();
      down = true;
      clocks.advance(Duration.ofSeconds(10));
      renewal.run();
      renewal.run();
      assertEquals(
          List.of("warn: The lease of node {} cannot be renewed and ends in {}"
              + " [0, PT19S, java.sql.SQLException: down]"),
          log);
      down = false;
      renewal.run();
      renewal.run();
      assertEquals("info: The lease of node {} is renewed again [0]", log.get(1));
      assertEquals(2, log.size());
    }
  }

  /** Pools throw exceptions of their own; they must not end the schedule. */
  @Test
  void run_poolFails_isAFailureLikeAnyOther() throws SQLException {
    boolean[] closed = {false};
    NodeLease pooled = NodeLease.builder(database.watched(call -> {
          if (closed[0]) {
            throw new IllegalStateException("pool is empty");
          }
        }))
        .clock(clocks)
        .ticker(clocks)
        .logger(logger)
        .build();
    pooled.acquire();
    assertSame(handle, pooled.renewEvery(executor));
    closed[0] = true;
    ((Runnable) schedule.get(1)).run();
    assertEquals(1, pooled.stats().failures());
    assertTrue(log.get(0).startsWith("warn"));
  }

  @Test
  void run_nodeLost_isLoggedAndEndsTheSchedule() throws SQLException {
    Runnable renewal = renewal();
    clocks.advance(Duration.ofSeconds(32));
    builder().build().acquire();
    assertEquals(
        "node 0 was taken by another process",
        assertThrows(CancellationException.class, renewal::run).getMessage());
    assertEquals(List.of("error: Node {} is lost: another process has taken it [0]"), log);
  }

  @Test
  void run_released_endsTheScheduleQuietly() throws SQLException {
    Runnable renewal = renewal();
    lease.release();
    assertEquals(
        "node 0 was released",
        assertThrows(CancellationException.class, renewal::run).getMessage());
    assertEquals(List.of(), log);
  }
}
