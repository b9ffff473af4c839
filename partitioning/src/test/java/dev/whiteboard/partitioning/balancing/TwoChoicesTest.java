package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TwoChoicesTest {
  /** Upper half 0: the first backend is drawn first. Lower half: the next to last of the four remaining quarters. */
  private static final RandomGenerator A_THEN_D = () -> 0x0000_0000_8000_0000L;

  private final List<Backend<String>> backends = Some.backends("a", "b", "c", "d", "e");

  @Test
  void pick_secondIsLessBusy_itIsPicked() {
    TwoChoices<String> balancer = TwoChoices.of(backends, A_THEN_D);
    backends.get(0).acquire();
    assertEquals("d", balancer.pick().id());
  }

  @Test
  void pick_tie_goesToTheFirstDraw() {
    TwoChoices<String> balancer = TwoChoices.of(backends, A_THEN_D);
    assertEquals("adadad", Some.picks(balancer, 6));
    assertEquals("aaaaaa", Some.idlePicks(balancer, 6));
  }

  @Test
  void pick_othersAreIdle_areNotLookedAt() {
    TwoChoices<String> balancer = TwoChoices.of(backends, A_THEN_D);
    backends.get(0).inFlight = 10;
    backends.get(3).inFlight = 9;
    assertEquals("d", balancer.pick().id());
  }

  /** Both are drawn: a serves while its requests for its weight, 0, 1/3, 2/3, 3/3, are no more than b's. */
  @Test
  void pick_weights_divideTheRequests() {
    TwoChoices<String> aThenB = TwoChoices.of(Some.weighted(3, 1), () -> 0);
    assertEquals("abaaabaa", Some.picks(aThenB, 8));
  }

  @Test
  void pick_largestCountsAndWeights_doNotOverflow() {
    List<Backend<String>> heavy = Some.weighted(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
    heavy.forEach(backend -> backend.inFlight = Integer.MAX_VALUE);
    assertEquals("b", TwoChoices.of(heavy, () -> 0).pick().id());
  }

  @Test
  void of_nullRandom_isRefused() {
    assertEquals(
        "random",
        assertThrows(NullPointerException.class, () -> TwoChoices.of(backends, null))
            .getMessage());
  }
}
