package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NodeLeaseProperties {
  /** How far ids may run ahead of the clock, in milliseconds: with a margin of 1 s, leases are quiet for 2 s. */
  private static final long LEAD = 1000;

  enum Kind {
    PASS,
    SUSPEND,
    CLOCK_AHEAD,
    START,
    RENEW,
    RELEASE,
    KILL
  }

  record Event(Kind kind, int host, Duration time) {}

  @Provide
  Arbitrary<Event> events() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(0L, 1L, 500L, 9_000L, 28_999L, 29_000L, 31_000L, 33_000L))
        .as((kind, host, millis) -> new Event(kind, host, Duration.ofMillis(millis)));
  }

  /** One holder of a node, and the times in the ids that it may have issued. */
  private static final class Taking {
    final NodeLease lease;
    final boolean afterRelease;
    final long startedAt;
    boolean released;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;

    Taking(NodeLease lease, boolean afterRelease, long startedAt) {
      this.lease = lease;
      this.afterRelease = afterRelease;
      this.startedAt = startedAt;
    }

    /** Ids from now to the lead. After a release the generator starts its lead ahead, as Snowflake does. */
    void issue(long now) {
      long from = afterRelease ? Math.max(now, startedAt + 1 + LEAD) : now;
      if (lease.isHeld() && from <= now + LEAD) {
        earliest = Math.min(earliest, from);
        latest = Math.max(latest, now + LEAD);
      }
    }

    boolean meets(Taking other) {
      return lease.node() == other.lease.node()
          && earliest <= other.latest
          && other.earliest <= latest;
    }
  }

  /** Three machines, two nodes. */
  private static final class World {
    final List<TestClocks> clocks =
        IntStream.range(0, 3).mapToObj(i -> new TestClocks()).toList();
    final Taking[] running = new Taking[3];
    final List<Taking> takings = new ArrayList<>();
    final TestDatabase database;

    World(TestDatabase database) {
      this.database = database;
    }

    NodeLease lease(int host) {
      return NodeLease.builder(database.source())
          .nodes(2)
          .clock(clocks.get(host))
          .ticker(clocks.get(host))
          .build();
    }

    void happens(Event event) throws SQLException {
      int host = event.host();
      switch (event.kind()) {
        case PASS -> clocks.forEach(each -> each.advance(event.time()));
        case SUSPEND -> suspend(clocks.get(host), event.time());
        case CLOCK_AHEAD -> clocks.get(host).step(event.time());
        case START -> start(host);
        default -> {
          if (running[host] != null) {
            asks(host, event.kind());
          }
        }
      }
    }

    /** Time passes; one machine does not count it, but its wall clock is right when it wakes. */
    private void suspend(TestClocks asleep, Duration time) {
      for (TestClocks each : clocks) {
        if (each == asleep) {
          each.step(time);
        } else {
          each.advance(time);
        }
      }
    }

    private void asks(int host, Kind kind) throws SQLException {
      Taking taking = running[host];
      switch (kind) {
        case RENEW -> taking.lease.renew();
        case RELEASE -> {
          taking.lease.release();
          taking.released = true;
        }
        default -> running[host] = null;
      }
    }

    private void start(int host) throws SQLException {
      if (running[host] != null && running[host].lease.isHeld()) {
        return;
      }
      NodeLease lease = lease(host);
      try {
        lease.acquire();
      } catch (IllegalStateException noneIsFree) {
        running[host] = null;
        return;
      }
      boolean afterRelease = false;
      for (Taking earlier : takings) {
        if (earlier.lease.node() == lease.node()) {
          assertTrue(earlier.lease.fencingToken() < lease.fencingToken(), "a token did not grow");
          // The list is in order: the last one says how the node came free.
          afterRelease = earlier.released;
        }
      }
      running[host] = new Taking(lease, afterRelease, clocks.get(host).millis());
      takings.add(running[host]);
    }

    void everybodyIssues() {
      for (int host = 0; host < 3; host++) {
        if (running[host] != null) {
          running[host].issue(clocks.get(host).millis());
        }
      }
      for (Taking one : takings) {
        for (Taking other : takings) {
          assertTrue(one == other || !one.meets(other), "ids of two holders meet");
        }
      }
    }
  }

  /** The machines' clocks differ by up to a minute, and each holder issues as many ids as it may. */
  @Property(tries = 250)
  void theIdsOfTwoHoldersOfANodeNeverMeet(
      @ForAll @Size(3) List<@IntRange(min = -30_000, max = 30_000) Integer> skews,
      @ForAll @Size(min = 10, max = 60) List<@From("events") Event> events)
      throws SQLException {
    try (TestDatabase database = TestDatabase.inMemory("ids")) {
      World world = new World(database);
      world.lease(0).createTable();
      for (int host = 0; host < 3; host++) {
        world.clocks.get(host).step(Duration.ofMillis(skews.get(host)));
      }
      for (Event event : events) {
        world.happens(event);
        world.everybodyIssues();
      }
    }
  }

  /** Whatever happens, of leases whose clocks agree at most one is held for each node. */
  @Property(tries = 150)
  void aNodeHasOneHolderWhileTheClocksAgree(
      @ForAll @Size(min = 10, max = 60) List<@From("events") Event> events) throws SQLException {
    try (TestDatabase database = TestDatabase.inMemory("holders")) {
      World world = new World(database);
      world.lease(0).createTable();
      for (Event event : events) {
        if (event.kind() != Kind.CLOCK_AHEAD) {
          world.happens(event);
        }
        List<Integer> held = world.takings.stream()
            .filter(taking -> taking.lease.isHeld())
            .map(taking -> taking.lease.node())
            .toList();
        assertTrue(held.stream().distinct().count() == held.size(), "a node is held twice");
      }
    }
  }
}
