package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeastInFlightTest {
  @Test
  void pick_oneIsIdle_itIsPicked() {
    List<Backend<String>> backends = Some.backends("a", "b", "c");
    backends.get(0).acquire();
    backends.get(2).acquire();
    assertEquals("b", LeastInFlight.of(backends).pick().id());
  }

  @Test
  void pick_allIdle_rotates() {
    assertEquals("abcabca", Some.idlePicks(LeastInFlight.of(Some.backends("a", "b", "c")), 7));
  }

  @Test
  void pick_requestsStay_fillEvenly() {
    assertEquals("abcabc", Some.picks(LeastInFlight.of(Some.backends("a", "b", "c")), 6));
  }

  /** With the request, a is 1/3, 2/3, 3/3, 4/3 busy, and b 1/1. The third scan starts with a, which wins the tie. */
  @Test
  void pick_weights_divideTheQueue() {
    assertEquals("aaaba", Some.picks(LeastInFlight.of(Some.weighted(3, 1)), 5));
  }

  @Test
  void pick_tinyWeight_getsItsShare() {
    List<Backend<String>> backends = Some.weighted(10_000, 1);
    Some.picks(LeastInFlight.of(backends), 10_001);
    assertEquals(10_000, backends.get(0).inFlight());
    assertEquals(1, backends.get(1).inFlight());
  }

  @Test
  void pick_largestCountsAndWeights_doNotOverflow() {
    List<Backend<String>> backends = Some.weighted(Integer.MAX_VALUE, Integer.MAX_VALUE - 1);
    backends.get(0).inFlight = Integer.MAX_VALUE;
    backends.get(1).inFlight = Integer.MAX_VALUE;
    assertEquals("aa", Some.picks(LeastInFlight.of(backends), 2));
  }
}
