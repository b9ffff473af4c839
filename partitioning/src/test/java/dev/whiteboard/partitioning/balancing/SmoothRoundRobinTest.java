package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.partitioning.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmoothRoundRobinTest {
  /** Credits before each turn: (4, 2, 1), (1, 4, 2), (5, -1, 3), (2, 1, 4), (6, 3, -2), (3, 5, -1), (7, 0, 0). */
  @Test
  void pick_creditsByHand_areObeyed() {
    SmoothRoundRobin<String> balancer = SmoothRoundRobin.of(Some.weighted(4, 2, 1));
    assertEquals("abacaba", Some.picks(balancer, 7));
    assertEquals("abacaba", Some.picks(balancer, 7));
  }

  @Test
  void pick_equalWeights_isRoundRobin() {
    assertEquals("abcabc", Some.picks(SmoothRoundRobin.of(Some.weighted(7, 7, 7)), 6));
  }

  @Test
  void pick_tie_goesToTheFirstOfTheList() {
    assertEquals("abababab", Some.picks(SmoothRoundRobin.of(Some.weighted(1, 1)), 8));
    assertEquals("bacb", Some.picks(SmoothRoundRobin.of(Some.weighted(1, 2, 1)), 4));
  }

  @Test
  void pick_commonDivisor_makesTheCycleShort() {
    SmoothRoundRobin<String> balancer =
        SmoothRoundRobin.of(Some.weighted(2_000_000_000, 1_000_000_000));
    assertEquals("abaabaaba", Some.picks(balancer, 9));
  }

  @Test
  void pick_tinyWeight_getsItsShare() {
    List<Backend<String>> backends = Some.weighted(10_000, 1);
    Some.picks(SmoothRoundRobin.of(backends), 30_003);
    assertEquals(30_000, backends.get(0).inFlight());
    assertEquals(3, backends.get(1).inFlight());
  }

  @Test
  void pick_weightsTooLargeForTheTable_leaveOneInACycleToTheLightest() {
    List<Backend<String>> backends = Some.weighted(Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    Some.picks(SmoothRoundRobin.of(backends), 65_536);
    assertEquals(32_768, backends.get(0).inFlight());
    assertEquals(1, backends.get(1).inFlight());
    assertEquals(32_767, backends.get(2).inFlight());
  }

  @Test
  void pick_mostBackends_takeTurns() {
    List<Backend<String>> backends = new ArrayList<>(Some.equal(65_535));
    backends.add(Backend.of(Node.of("heavy", Integer.MAX_VALUE)));
    Some.picks(SmoothRoundRobin.of(backends), 65_536);
    backends.forEach(backend -> assertEquals(1, backend.inFlight()));
  }

  @Test
  void next_takesATurnAndCountsNothing() {
    SmoothRoundRobin<String> balancer = SmoothRoundRobin.of(Some.weighted(2, 1));
    assertEquals("a", balancer.next().id());
    assertEquals("b", balancer.pick().id());
    assertEquals("a", balancer.next().id());
    assertEquals(
        List.of(0, 1), balancer.backends().stream().map(Backend::inFlight).toList());
  }

  @Test
  void next_noBackend_isRefused() {
    assertEquals(
        "the balancer has no backend",
        assertThrows(
                IllegalStateException.class,
                () -> SmoothRoundRobin.of(List.of()).next())
            .getMessage());
  }
}
