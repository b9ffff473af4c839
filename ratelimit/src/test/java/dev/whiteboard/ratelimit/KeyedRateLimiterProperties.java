package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class KeyedRateLimiterProperties {
  record Step(int key, long permits, long millis, boolean sweep) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Arbitraries.longs().between(1, 4),
            Arbitraries.longs().between(0, 90),
            Arbitraries.of(false, false, true))
        .as(Step::new);
  }

  /** The obvious model keeps a bucket for every key that it has ever seen. */
  @Property(tries = 500)
  void decidesAsABucketPerKey(
      @ForAll @LongRange(min = 1, max = 5) long burst,
      @ForAll long origin,
      @ForAll @Size(min = 1, max = 120) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    ticker.set(origin);
    Limit limit = Limit.perSecond(20).burst(burst);
    KeyedRateLimiter<Integer> limiter =
        KeyedRateLimiter.builder(limit).ticker(ticker).build();
    Map<Integer, TokenBucket> model = new HashMap<>();
    for (int key = 0; key <= 6; key++) {
      model.put(key, RateLimiter.tokenBucket(limit).ticker(ticker).build());
    }
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis()));
      if (step.sweep()) {
        limiter.sweep(100, ticker.read() - origin);
        assertEquals(
            model.values().stream()
                .filter(it -> !it.stats().untilFull().isZero())
                .count(),
            limiter.size());
      }
      TokenBucket bucket = model.get(step.key());
      assertEquals(bucket.peek(step.permits()), limiter.peek(step.key(), step.permits()));
      assertEquals(
          bucket.tryAcquire(step.permits()), limiter.tryAcquire(step.key(), step.permits()));
    }
  }

  record Grant(long nanos, long permits) {}

  /**
   * From one grant to a later one no more passes than the burst, and what arrives between the first one's reading and the
   * latest reading of all. A step back of the clock mints nothing, not even for keys that were forgotten.
   */
  @Property(tries = 500)
  void neverGrantsAKeyMoreThanRatePlusBurstWhateverTheClockDoes(
      @ForAll @LongRange(min = 1, max = 5) long burst,
      @ForAll @Size(min = 1, max = 120) List<@From("steps") Step> steps,
      @ForAll @Size(min = 120, max = 120) List<Boolean> backwards) {
    TestTicker ticker = new TestTicker();
    KeyedRateLimiter<Integer> limiter = KeyedRateLimiter.builder(
            Limit.perSecond(20).burst(burst))
        .ticker(ticker)
        .build();
    Map<Integer, List<Grant>> grants = new HashMap<>();
    long latest = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      ticker.advance(Duration.ofMillis(backwards.get(i) ? -step.millis() : step.millis()));
      latest = Math.max(latest, ticker.read());
      if (step.sweep()) {
        limiter.sweep(100, Math.max(0, ticker.read()));
      }
      if (limiter.tryAcquire(step.key(), step.permits())) {
        List<Grant> ofKey = grants.computeIfAbsent(step.key(), key -> new ArrayList<>());
        ofKey.add(new Grant(Math.max(0, ticker.read()), step.permits()));
        long sum = 0;
        for (int j = ofKey.size() - 1; j >= 0; j--) {
          sum += ofKey.get(j).permits();
          long arrived = (latest - ofKey.get(j).nanos()) / 50_000_000;
          assertTrue(sum <= burst + arrived, "more than rate plus burst");
        }
      }
    }
  }
}
