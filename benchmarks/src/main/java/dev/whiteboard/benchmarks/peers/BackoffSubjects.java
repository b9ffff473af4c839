package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.ratelimit.Backoff;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long to wait before a retry: ours and its peers. */
final class BackoffSubjects {
  private static final int RANDOM_MILLIS = 1000;

  /** Some multiply once for each attempt: then 2^31 of them take minutes. */
  private static final int MOST_FOR_A_LOOP = 1000;

  private BackoffSubjects() {}

  static List<Subject<Waits>> all() {
    IntervalFunction exponential = IntervalFunction.ofExponentialBackoff(Waits.BASE, 2, Waits.CAP);
    return List.of(
        Subject.<Waits>ours(
            "Backoff, full jitter", (attempt, random) -> ours(random).fullJitter(attempt)),
        Subject.<Waits>ours("Backoff, decorrelated jitter", BackoffSubjects::decorrelated),
        Subject.<Waits>of(
                "Resilience4j exponential",
                "Resilience4j 2.4.0",
                (attempt, random) ->
                    Duration.ofMillis(exponential.apply(1 + Math.min(attempt, MOST_FOR_A_LOOP))))
            .admitting("it has no jitter, and a sister function has", BackoffLaws.SPREAD),
        Subject.<Waits>of(
            "textbook: 2^n * 1000",
            "like iluwatar/java-design-patterns",
            BackoffSubjects::textbook));
  }

  private static Backoff ours(RandomGenerator random) {
    return Backoff.of(Waits.BASE, Waits.CAP, random);
  }

  /** Each wait follows from the one before. */
  private static Duration decorrelated(int attempt, RandomGenerator random) {
    Backoff backoff = ours(random);
    Duration wait = Duration.ZERO;
    for (int i = 0; i <= Math.min(attempt, MOST_FOR_A_LOOP); i++) {
      wait = backoff.decorrelatedJitter(wait);
    }
    return wait;
  }

  /** Seconds that double, and some of a second at random. The product overflows before the minimum is taken. */
  private static Duration textbook(int attempt, RandomGenerator random) {
    long millis = (long) Math.pow(2, attempt) * 1000 + random.nextInt(RANDOM_MILLIS);
    return Duration.ofMillis(Math.min(millis, Waits.CAP.toMillis()));
  }
}
