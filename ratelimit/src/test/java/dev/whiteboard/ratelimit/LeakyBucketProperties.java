package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LeakyBucketProperties extends RateLimiterLaws {
  @Override
  RateLimiter limiter(Limit limit, TestTicker ticker) {
    return RateLimiter.leakyBucket(limit).ticker(ticker).build();
  }

  @Override
  Arbitrary<Limit> anyLimit() {
    Arbitrary<Limit> known = Arbitraries.of(
        Limit.of(1).per(Duration.ofDays(1)),
        Limit.of(7).per(Duration.ofSeconds(3)),
        Limit.perSecond(999_983),
        Limit.of(10).per(Duration.ofNanos(1)),
        Limit.of(31).per(Duration.ofNanos(2)));
    Arbitrary<Limit> any = Combinators.combine(
            Arbitraries.longs().between(1, 30), Arbitraries.longs().between(2, 1_000_000_000_000L))
        .as((permits, nanos) -> Limit.of(permits).per(Duration.ofNanos(nanos)));
    return Combinators.combine(
            Arbitraries.oneOf(known, any), Arbitraries.longs().between(1, 14))
        .as(Limit::burst);
  }

  /** Requests leave one after the other, but the last of a period may be as large as the burst. */
  @Override
  long mostInAPeriod(Limit limit) {
    return limit.permits() + limit.burst();
  }

  /** The queue is empty or it is not: what is left is the new burst, or nothing. */
  @Override
  void assertCarriedOver(long before, Limit from, Limit to, long after) {
    assertEquals(before == 0 ? 0 : to.burst(), after);
  }

  /** Knows when the queue is empty as a fraction: {@code empty / permits} nanoseconds. */
  @Override
  Model model(Limit limit) {
    BigInteger permitsPerPeriod = BigInteger.valueOf(limit.permits());
    BigInteger period = BigInteger.valueOf(limit.period().toNanos());
    return new Model() {
      private BigInteger empty = BigInteger.ZERO;

      private BigInteger scaled(long nanos) {
        return BigInteger.valueOf(nanos).multiply(permitsPerPeriod);
      }

      @Override
      public long earliest(long now, long permits) {
        BigInteger roundedUp =
            empty.add(permitsPerPeriod).subtract(BigInteger.ONE).divide(permitsPerPeriod);
        return Math.max(now, roundedUp.longValueExact());
      }

      @Override
      public Optional<Long> reserved(long now, long permits) {
        BigInteger after = empty.max(scaled(now)).add(period.multiply(BigInteger.valueOf(permits)));
        BigInteger full = scaled(now).add(period.multiply(BigInteger.valueOf(limit.burst())));
        return after.compareTo(full) > 0 ? Optional.empty() : Optional.of(earliest(now, permits));
      }

      @Override
      public void take(long now, long at, long permits) {
        empty = empty.max(scaled(now)).add(period.multiply(BigInteger.valueOf(permits)));
      }

      @Override
      public long available(long now) {
        return earliest(now, 1) == now ? limit.burst() : 0;
      }
    };
  }

  /** Only where the token bucket's own arithmetic is exact; see its page. */
  @Property(tries = 1000)
  void theQueueAcceptsWhatTheMeterAccepts(
      @ForAll @LongRange(min = 1, max = 15) long permitsPerPeriod,
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long nanos,
      @ForAll @LongRange(min = 1, max = 14) long burst,
      @ForAll @Size(max = 100) List<@From("steps") Step> steps) {
    Limit limit = Limit.of(permitsPerPeriod).per(Duration.ofNanos(nanos)).burst(burst);
    TestTicker ticker = new TestTicker();
    RateLimiter queue = limiter(limit, ticker);
    RateLimiter meter = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit));
      assertEquals(
          meter.tryAcquire(step.permits()),
          queue.reserve(step.permits(), FOREVER).isPresent());
    }
  }

  /** Departures of single permits lie an interval apart, less the nanosecond that each is rounded up by. */
  @Property(tries = 1000)
  void departuresAreAnIntervalApart(
      @ForAll("limits") Limit limit, @ForAll @Size(max = 100) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    RateLimiter queue = limiter(limit, ticker);
    List<Long> departures = new ArrayList<>();
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit) / 8);
      queue.reserve(1, FOREVER).ifPresent(wait -> departures.add(ticker.read() + wait.toNanos()));
    }
    BigInteger period = BigInteger.valueOf(limit.period().toNanos());
    for (int first = 0; first < departures.size(); first++) {
      for (int last = first + 1; last < departures.size(); last++) {
        BigInteger span = BigInteger.valueOf(departures.get(last) - departures.get(first) + 1);
        assertTrue(
            span.multiply(BigInteger.valueOf(limit.permits()))
                    .compareTo(period.multiply(BigInteger.valueOf(last - first)))
                > 0,
            "departures are too near");
      }
    }
  }
}
