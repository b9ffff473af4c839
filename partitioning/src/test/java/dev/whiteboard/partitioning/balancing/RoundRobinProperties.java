package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RoundRobinProperties {
  @Property(tries = 200)
  void anyRoundHasEveryBackend(
      @ForAll @IntRange(min = 1, max = 50) int size, @ForAll @IntRange(max = 200) int start) {
    RoundRobin<String> balancer = RoundRobin.of(Some.equal(size));
    Some.picks(balancer, start);
    Set<String> round = new HashSet<>();
    for (int i = 0; i < size; i++) {
      round.add(balancer.pick().id());
    }
    assertEquals(size, round.size());
  }

  @Test
  void eightThreadsTogetherTakeTurns() throws Exception {
    List<Backend<String>> backends = Some.equal(7);
    RoundRobin<String> balancer = RoundRobin.of(backends);
    Callable<String> client = () -> Some.picks(balancer, 7_000);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<String> run : pool.invokeAll(Collections.nCopies(8, client))) {
        assertEquals(7_000, run.get().length());
      }
    } finally {
      pool.shutdownNow();
    }
    backends.forEach(backend -> assertEquals(8_000, backend.inFlight()));
  }
}
