package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LeasedRateLimiterProperties {
  /** A request, the thread that makes it by turns, and the time before it. */
  record Step(int thread, long permits, long millis) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.longs().between(1, 5),
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(0, 100)),
                Tuple.of(1, Arbitraries.longs().between(0, 5000))))
        .as(Step::new);
  }

  record Grant(long nanos, long permits) {}

  /** Whatever the leases are, and however old. */
  @Property(tries = 500)
  void neverGrantsMoreThanRatePlusBurst(
      @ForAll @IntRange(min = 0, max = 2) int logStripes,
      @ForAll @LongRange(min = 1, max = 4) long lease,
      @ForAll @LongRange(min = 20, max = 40) long burst,
      @ForAll @Size(min = 1, max = 150) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    LeasedRateLimiter limiter = LeasedRateLimiter.builder(Limit.perSecond(20).burst(burst))
        .stripes(1 << logStripes)
        .lease(lease)
        .ticker(ticker)
        .build();
    List<Grant> grants = new ArrayList<>();
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis()));
      Decision decision = limiter.peek(step.permits(), step.thread());
      boolean granted = limiter.tryAcquire(step.permits(), step.thread());
      assertEquals(decision.allowed(), granted);
      if (!granted) {
        assertTrue(decision.remaining() < step.permits() * ((1L << logStripes) + 1));
        continue;
      }
      grants.add(new Grant(ticker.read(), step.permits()));
      long sum = 0;
      for (int i = grants.size() - 1; i >= 0; i--) {
        sum += grants.get(i).permits();
        long arrived = (ticker.read() - grants.get(i).nanos()) / 50_000_000;
        assertTrue(sum <= burst + arrived, "more than rate plus burst");
      }
    }
  }

  /** No permit is out of reach, wherever it is. */
  @Property(tries = 500)
  void singlePermitsAreGrantedAsLongAsAnyRemain(
      @ForAll @IntRange(min = 0, max = 2) int logStripes,
      @ForAll @LongRange(min = 1, max = 4) long lease,
      @ForAll @Size(min = 1, max = 150) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    LeasedRateLimiter limiter = LeasedRateLimiter.builder(Limit.perSecond(20).burst(20))
        .stripes(1 << logStripes)
        .lease(lease)
        .ticker(ticker)
        .build();
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis() / 4));
      Decision decision = limiter.peek(1, step.thread());
      assertEquals(decision.remaining() > 0, decision.allowed());
      boolean granted = limiter.tryAcquire(1, step.thread());
      assertEquals(decision.allowed(), granted);
      assertEquals(
          decision.remaining() - (granted ? 1 : 0),
          limiter.peek(1, step.thread()).remaining());
    }
  }

  @Property(tries = 500)
  void waitingAsToldSucceeds(
      @ForAll @LongRange(min = 1, max = 4) long lease,
      @ForAll @Size(min = 1, max = 100) List<@From("steps") Step> steps,
      @ForAll("steps") Step last) {
    TestTicker ticker = new TestTicker();
    LeasedRateLimiter limiter = LeasedRateLimiter.builder(Limit.perSecond(20).burst(25))
        .stripes(4)
        .lease(lease)
        .ticker(ticker)
        .build();
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis() / 4));
      limiter.tryAcquire(step.permits(), step.thread());
    }
    Duration wait = limiter.peek(last.permits(), last.thread()).retryAfter().orElseThrow();
    ticker.advance(wait);
    assertTrue(limiter.tryAcquire(last.permits(), last.thread()));
  }
}
