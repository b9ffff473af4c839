package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
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
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

class FlatRateLimiterProperties {
  record Step(long key, long permits, long millis) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 11),
            Arbitraries.longs().between(1, 4),
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(0, 20)),
                Tuple.of(1, Arbitraries.longs().between(0, 200))))
        .as(Step::new);
  }

  private static Map<Long, TokenBucket> buckets(Limit limit, TestTicker ticker) {
    Map<Long, TokenBucket> model = new HashMap<>();
    for (long key = 0; key <= 11; key++) {
      model.put(key, RateLimiter.tokenBucket(limit).ticker(ticker).build());
    }
    return model;
  }

  @Property(tries = 300)
  void withRoomDecidesAsABucketPerKey(
      @ForAll @LongRange(min = 1, max = 5) long burst,
      @ForAll long origin,
      @ForAll @Size(min = 1, max = 120) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    ticker.set(origin);
    Limit limit = Limit.perSecond(20).burst(burst);
    FlatRateLimiter limiter = new FlatRateLimiter(new Gcra(limit), ticker, 2, 16);
    Map<Long, TokenBucket> model = buckets(limit, ticker);
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis()));
      TokenBucket bucket = model.get(step.key());
      assertEquals(bucket.peek(step.permits()), limiter.peek(step.key(), step.permits()));
      assertEquals(
          bucket.tryAcquire(step.permits()), limiter.tryAcquire(step.key(), step.permits()));
    }
    assertEquals(0, limiter.shared());
  }

  /** Each key's bucket is asked for what the table has granted, and has to have it: sharing errs on the safe side. */
  @Property(tries = 1000)
  void withoutRoomGrantsNoKeyMoreThanItsBucketWould(
      @ForAll @LongRange(min = 1, max = 5) long burst,
      @ForAll @Size(min = 1, max = 120) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    Limit limit = Limit.perSecond(20).burst(burst);
    FlatRateLimiter limiter = new FlatRateLimiter(new Gcra(limit), ticker, 2, 2);
    Map<Long, TokenBucket> model = buckets(limit, ticker);
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis()));
      Decision decision = limiter.peek(step.key(), step.permits());
      boolean granted = limiter.tryAcquire(step.key(), step.permits());
      assertEquals(decision.allowed(), granted);
      assertTrue(!granted || model.get(step.key()).tryAcquire(step.permits()), "minted");
    }
    Statistics.label("shared").collect(limiter.shared() > 0);
  }

  @Property(tries = 500)
  void waitingAsToldSucceeds(
      @ForAll @LongRange(min = 1, max = 5) long burst,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps,
      @ForAll("steps") Step last) {
    TestTicker ticker = new TestTicker();
    Limit limit = Limit.perSecond(20).burst(burst);
    FlatRateLimiter limiter = new FlatRateLimiter(new Gcra(limit), ticker, 2, 2);
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis()));
      limiter.tryAcquire(step.key(), step.permits());
    }
    long permits = Math.min(last.permits(), burst);
    ticker.advance(limiter.peek(last.key(), permits).retryAfter().orElseThrow());
    assertTrue(limiter.tryAcquire(last.key(), permits));
  }
}
