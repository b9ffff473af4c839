package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SmoothRoundRobinProperties {
  /** The slow obvious algorithm: everyone's credit, one by one. */
  private static int[] model(int[] weights, int picks) {
    int sum = Arrays.stream(weights).sum();
    int[] credits = new int[weights.length];
    int[] sequence = new int[picks];
    for (int step = 0; step < picks; step++) {
      int best = 0;
      for (int i = 0; i < weights.length; i++) {
        credits[i] += weights[i];
        best = credits[i] > credits[best] ? i : best;
      }
      credits[best] -= sum;
      sequence[step] = best;
    }
    return sequence;
  }

  @Property(tries = 500)
  void cycleIsThatOfCreditsCountedOneByOne(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 30) Integer> list) {
    int[] weights = Ints.toArray(list);
    int sum = Arrays.stream(weights).sum();
    assertArrayEquals(model(weights, sum), SmoothCycle.of(weights));
  }

  @Property(tries = 200)
  void sequenceIsThatOfCreditsWithoutEnd(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 30) Integer> list) {
    int[] weights = Ints.toArray(list);
    SmoothRoundRobin<String> balancer = SmoothRoundRobin.of(Some.weighted(weights));
    for (int expected : model(weights, 1_500)) {
      assertEquals('a' + expected, balancer.pick().id().charAt(0));
    }
  }

  @Property(tries = 200)
  void anyCycleHasEachBackendAsOftenAsItsWeight(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 30) Integer> list,
      @ForAll @IntRange(max = 1_000) int start) {
    int[] weights = Ints.toArray(list);
    List<Backend<String>> backends = Some.weighted(weights);
    SmoothRoundRobin<String> balancer = SmoothRoundRobin.of(backends);
    Some.idlePicks(balancer, start);
    Some.picks(balancer, Arrays.stream(weights).sum());
    backends.forEach(backend -> assertEquals(backend.weight(), backend.inFlight()));
  }

  @Test
  void eightThreadsTogetherAreExact() throws Exception {
    List<Backend<String>> backends = Some.weighted(5, 1, 1, 3);
    SmoothRoundRobin<String> balancer = SmoothRoundRobin.of(backends);
    Callable<String> client = () -> Some.picks(balancer, 10_000);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<String> run : pool.invokeAll(Collections.nCopies(8, client))) {
        assertEquals(10_000, run.get().length());
      }
    } finally {
      pool.shutdownNow();
    }
    backends.forEach(backend -> assertEquals(8_000 * backend.weight(), backend.inFlight()));
  }
}
