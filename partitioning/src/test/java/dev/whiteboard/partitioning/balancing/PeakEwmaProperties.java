package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PeakEwmaProperties {
  private static final double DECAY_NANOS = 1e9;

  record Answer(long afterNanos, long elapsedNanos) {}

  @Provide
  Arbitrary<Answer> answers() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 5_000_000_000L),
            Arbitraries.longs().between(1, 10_000_000_000L))
        .as(Answer::new);
  }

  private static PeakEwma<String> balancer(
      List<Backend<String>> backends, Some.HandClock clock, long drawn) {
    return PeakEwma.builder(backends)
        .decay(Duration.ofSeconds(1))
        .ticker(clock)
        .random(() -> drawn)
        .build();
  }

  /** Times are rounded to a nanosecond, so latencies are to 1e-9; rounding of the logarithms adds less. */
  @Property(tries = 500)
  void latencyIsTheLargestOfAllAnswersFadedByTheirAge(
      @ForAll @Size(min = 1, max = 20) List<@From("answers") Answer> answers, @ForAll long start) {
    Some.HandClock clock = new Some.HandClock(start);
    List<Backend<String>> backends = Some.backends("a");
    PeakEwma<String> balancer = balancer(backends, clock, 0);
    double expected = 0;
    for (Answer answer : answers) {
      clock.nanos += answer.afterNanos();
      expected *= Math.exp(-answer.afterNanos() / DECAY_NANOS);
      expected = Math.max(expected, (double) answer.elapsedNanos());
      balancer.done(balancer.pick(), answer.elapsedNanos());
      assertEquals(expected, balancer.latencyNanos(backends.get(0)).orElseThrow(), 2e-8 * expected);
    }
  }

  @Property(tries = 500)
  void cheaperOfTheTwoWins(
      @ForAll @Size(min = 2, max = 8) List<@From("answers") Answer> answers,
      @ForAll @Size(8) List<@IntRange(min = 1, max = 5) Integer> weights,
      @ForAll @Size(8) List<@IntRange(max = 9) Integer> requests,
      @ForAll long drawn) {
    int[] own =
        weights.stream().limit(answers.size()).mapToInt(weight -> weight).toArray();
    List<Backend<String>> backends = Some.weighted(own);
    Some.HandClock clock = new Some.HandClock(0);
    PeakEwma<String> balancer = balancer(backends, clock, drawn);
    double[] costs = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      clock.nanos += answers.get(i).afterNanos();
      balancer.done(backends.get(i).acquire(), answers.get(i).elapsedNanos());
      backends.get(i).inFlight = requests.get(i);
      costs[i] = answers.get(i).elapsedNanos() * (1 + requests.get(i) / (double) own[i]);
      for (int earlier = 0; earlier < i; earlier++) {
        costs[earlier] *= Math.exp(-answers.get(i).afterNanos() / DECAY_NANOS);
      }
    }
    int first = new Pairs(own).first(drawn);
    int second = new Pairs(own).second(drawn, first);
    int picked = backends.indexOf(balancer.pick());
    assertTrue(picked == first || picked == second, "neither of the two was picked");
    double cheaper = Math.min(costs[first], costs[second]);
    assertTrue(costs[picked] <= cheaper * (1 + 1e-7), costs[picked] + " > " + cheaper);
  }
}
