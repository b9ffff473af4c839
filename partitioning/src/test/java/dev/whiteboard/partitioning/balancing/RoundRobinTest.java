package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  @Test
  void pick_threeBackends_takeTurnsFromTheFirst() {
    assertEquals("cabcabc", Some.picks(RoundRobin.of(Some.backends("c", "a", "b")), 7));
  }

  @Test
  void pick_weights_areIgnored() {
    assertEquals("abcabc", Some.picks(RoundRobin.of(Some.weighted(9, 1, 5)), 6));
  }

  @Test
  void pick_cancelled_doesNotGiveTheTurnBack() {
    assertEquals("ababa", Some.idlePicks(RoundRobin.of(Some.backends("a", "b")), 5));
  }

  @Test
  void next_takesATurnAndCountsNothing() {
    RoundRobin<String> balancer = RoundRobin.of(Some.backends("a", "b", "c"));
    assertEquals("a", balancer.next().id());
    assertEquals("b", balancer.pick().id());
    assertEquals("c", balancer.next().id());
    assertEquals(
        List.of(0, 1, 0), balancer.backends().stream().map(Backend::inFlight).toList());
  }

  @Test
  void next_noBackend_isRefused() {
    assertEquals(
        "the balancer has no backend",
        assertThrows(IllegalStateException.class, () -> RoundRobin.of(List.of()).next())
            .getMessage());
  }
}
