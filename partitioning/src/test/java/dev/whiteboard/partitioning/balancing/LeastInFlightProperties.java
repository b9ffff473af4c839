package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.primitives.Ints;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LeastInFlightProperties {
  @Property(tries = 500)
  void noBackendWouldBeLessBusy(
      @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1) Integer> weights,
      @ForAll @Size(10) List<@IntRange(max = Integer.MAX_VALUE - 1) Integer> requests,
      @ForAll @IntRange(max = 20) int start) {
    assertLeastBusy(Ints.toArray(weights), Ints.toArray(requests), start);
  }

  /** Small numbers tie often. */
  @Property(tries = 500)
  void noBackendWouldBeLessBusyAmongTies(
      @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 4) Integer> weights,
      @ForAll @Size(10) List<@IntRange(max = 5) Integer> requests,
      @ForAll @IntRange(max = 20) int start) {
    assertLeastBusy(Ints.toArray(weights), Ints.toArray(requests), start);
  }

  private static void assertLeastBusy(int[] weights, int[] requests, int start) {
    List<Backend<String>> backends = Some.weighted(weights);
    LeastInFlight<String> balancer = LeastInFlight.of(backends);
    Some.idlePicks(balancer, start);
    for (int i = 0; i < weights.length; i++) {
      backends.get(i).inFlight = requests[i];
    }
    Backend<String> picked = balancer.pick();
    for (Backend<String> other : backends) {
      int others = other == picked ? other.inFlight() - 1 : other.inFlight();
      assertTrue(
          product(picked.inFlight(), other.weight())
                  .compareTo(product(others + 1L, picked.weight()))
              <= 0,
          other + " would be less busy than " + picked);
    }
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  @Property(tries = 200)
  void idleBackendsOfEqualWeightShareEvenly(
      @ForAll @IntRange(min = 1, max = 30) int size, @ForAll @IntRange(max = 50) int start) {
    List<Backend<String>> backends = Some.equal(size);
    LeastInFlight<String> balancer = LeastInFlight.of(backends);
    Some.idlePicks(balancer, start);
    int[] picks = new int[size];
    for (int i = 0; i < 20 * size; i++) {
      Backend<String> backend = balancer.pick();
      balancer.done(backend, 1);
      picks[backends.indexOf(backend)]++;
    }
    Arrays.stream(picks).forEach(count -> assertEquals(20, count));
  }

  @Property(tries = 200)
  void withoutAnswersEachFillsInProportionToItsWeight(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 50) Integer> list) {
    int[] weights = Ints.toArray(list);
    List<Backend<String>> backends = Some.weighted(weights);
    Some.picks(LeastInFlight.of(backends), 2 * Arrays.stream(weights).sum());
    backends.forEach(backend -> assertEquals(2 * backend.weight(), backend.inFlight()));
  }
}
