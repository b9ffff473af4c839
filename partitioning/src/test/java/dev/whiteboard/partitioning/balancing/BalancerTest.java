package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.partitioning.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all balancers promise. */
class BalancerTest {
  enum Kind {
    ROUND_ROBIN {
      @Override
      Balancer<String> of(List<Backend<String>> backends) {
        return RoundRobin.of(backends);
      }
    },
    SMOOTH_ROUND_ROBIN {
      @Override
      Balancer<String> of(List<Backend<String>> backends) {
        return SmoothRoundRobin.of(backends);
      }
    },
    LEAST_IN_FLIGHT {
      @Override
      Balancer<String> of(List<Backend<String>> backends) {
        return LeastInFlight.of(backends);
      }
    },
    TWO_CHOICES {
      @Override
      Balancer<String> of(List<Backend<String>> backends) {
        return TwoChoices.of(backends);
      }
    },
    PEAK_EWMA {
      @Override
      Balancer<String> of(List<Backend<String>> backends) {
        return PeakEwma.builder(backends).build();
      }
    },
    SLOW_START {
      @Override
      Balancer<String> of(List<Backend<String>> backends) {
        return SlowStart.builder(TwoChoices.of(backends)).build();
      }
    },
    ZONE_PREFERENCE {
      @Override
      Balancer<String> of(List<Backend<String>> backends) {
        return ZonePreference.of("x", 1.5, backends, LeastInFlight::of);
      }
    };

    abstract Balancer<String> of(List<Backend<String>> backends);
  }

  @ParameterizedTest
  @EnumSource
  void pick_singleBackend_isPickedAndCounted(Kind kind) {
    Backend<String> only = Backend.of(Node.of("only", 7).inZone("x"));
    Balancer<String> balancer = kind.of(List.of(only));
    for (int requests = 1; requests <= 100; requests++) {
      assertSame(only, balancer.pick());
      assertEquals(requests, only.inFlight());
    }
    balancer.done(only, 0);
    balancer.done(only, Long.MAX_VALUE);
    balancer.cancel(only);
    assertEquals(97, only.inFlight());
  }

  @ParameterizedTest
  @EnumSource
  void pick_noBackend_isRefused(Kind kind) {
    Balancer<String> balancer = kind.of(List.of());
    assertEquals(List.of(), balancer.backends());
    assertEquals("the balancer has no backend", illegal(balancer::pick));
    assertEquals("the balancer has no backend", illegal(balancer::pick));
  }

  @ParameterizedTest
  @EnumSource
  void done_badArgument_isRefusedAndChangesNothing(Kind kind) {
    Balancer<String> balancer = kind.of(Some.backends("a", "b"));
    Backend<String> picked = balancer.pick();
    assertEquals(
        "elapsedNanos must be >= 0, was -1",
        assertThrows(IllegalArgumentException.class, () -> balancer.done(picked, -1))
            .getMessage());
    assertEquals("backend", missing(() -> balancer.done(null, 1)));
    assertEquals("backend", missing(() -> balancer.cancel(null)));
    assertEquals(1, picked.inFlight());
  }

  @ParameterizedTest
  @EnumSource
  void done_moreOftenThanPick_isRefusedAndChangesNothing(Kind kind) {
    List<Backend<String>> backends = Some.backends("a");
    Balancer<String> balancer = kind.of(backends);
    balancer.done(balancer.pick(), 1);
    String message = "no request is in flight at backend a";
    assertEquals(message, illegal(() -> balancer.done(backends.get(0), 1)));
    assertEquals(message, illegal(() -> balancer.cancel(backends.get(0))));
    assertEquals(0, backends.get(0).inFlight());
  }

  @ParameterizedTest
  @EnumSource
  void of_badBackends_isRefused(Kind kind) {
    assertEquals(
        "backends must have different ids, two have a",
        refused(() -> kind.of(Some.backends("a", "b", "a"))));
    Backend<String> one = Backend.of(Node.of("one"));
    assertEquals(
        "backends must have different ids, two have one",
        refused(() -> kind.of(List.of(one, one))));
    assertEquals(
        "backends must be <= 65536, were 65537", refused(() -> kind.of(Some.equal(65_537))));
    assertEquals("backends", missing(() -> kind.of(null)));
    assertEquals("backend", missing(() -> kind.of(Arrays.asList(one, null))));
  }

  @ParameterizedTest
  @EnumSource
  void backends_areInTheGivenOrderAndUnmodifiable(Kind kind) {
    List<Backend<String>> backends = new ArrayList<>(Some.backends("c", "a", "b"));
    List<Backend<String>> expected = List.copyOf(backends);
    Balancer<String> balancer = kind.of(backends);
    backends.clear();
    assertEquals(expected, balancer.backends());
    assertThrows(
        UnsupportedOperationException.class, () -> balancer.backends().set(0, expected.get(1)));
  }

  @ParameterizedTest
  @EnumSource
  void changeOfMembership_keepsTheCounts(Kind kind) {
    List<Backend<String>> backends = Some.backends("a", "b", "c");
    Balancer<String> before = kind.of(backends);
    List<Backend<String>> picked = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      picked.add(before.pick());
    }
    Balancer<String> after = kind.of(List.of(backends.get(0), Some.backends("d").get(0)));
    assertEquals(30, requests(backends));
    picked.forEach(backend -> after.done(backend, 1));
    assertEquals(0, requests(backends));
  }

  /** Each thread keeps every tenth request in flight, and says where. */
  @ParameterizedTest
  @EnumSource
  void eightThreads_inFlightIsPicksLessDonesAndCancels(Kind kind) throws Exception {
    List<Backend<String>> backends = Some.weighted(1, 2, 3, 4, 5);
    Balancer<String> balancer = kind.of(backends);
    Callable<List<Backend<String>>> client = () -> {
      List<Backend<String>> kept = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        Backend<String> backend = balancer.pick();
        switch (i % 10) {
          case 0 -> kept.add(backend);
          case 1 -> balancer.cancel(backend);
          default -> balancer.done(backend, i);
        }
      }
      return kept;
    };
    List<Backend<String>> kept = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<List<Backend<String>>> run : pool.invokeAll(Collections.nCopies(8, client))) {
        kept.addAll(run.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(16_000, requests(backends));
    for (Backend<String> backend : backends) {
      assertEquals(Collections.frequency(kept, backend), backend.inFlight());
    }
  }

  private static int requests(List<Backend<String>> backends) {
    return backends.stream().mapToInt(Backend::inFlight).sum();
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String illegal(Executable call) {
    return assertThrows(IllegalStateException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
