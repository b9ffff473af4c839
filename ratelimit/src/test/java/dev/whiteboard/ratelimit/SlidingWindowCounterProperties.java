package dev.whiteboard.ratelimit;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class SlidingWindowCounterProperties extends RateLimiterLaws {
  @Override
  RateLimiter limiter(Limit limit, TestTicker ticker) {
    return RateLimiter.slidingWindowCounter(limit).ticker(ticker).build();
  }

  /** Periods are short: the model tries each nanosecond. */
  @Override
  Arbitrary<Limit> anyLimit() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 12), Arbitraries.longs().between(1, 130))
        .as((permits, nanos) -> Limit.of(permits).per(Duration.ofNanos(nanos)));
  }

  @Override
  long mostInAPeriod(Limit limit) {
    return 2 * limit.permits();
  }

  @Override
  Model model(Limit limit) {
    long period = limit.period().toNanos();
    return new Model() {
      private final TreeMap<Long, Long> counts = new TreeMap<>();
      private long latest;

      private long estimate(long at) {
        long window = at / period;
        return BigInteger.valueOf(counts.getOrDefault(window - 1, 0L))
                .multiply(BigInteger.valueOf(period - at % period))
                .divide(BigInteger.valueOf(period))
                .longValueExact()
            + counts.getOrDefault(window, 0L);
      }

      @Override
      public long earliest(long now, long permits) {
        long at = Math.max(now, latest);
        while (estimate(at) + permits > limit.permits()) {
          at++;
        }
        return at;
      }

      @Override
      public Optional<Long> reserved(long now, long permits) {
        return Optional.of(earliest(now, permits));
      }

      @Override
      public void take(long now, long at, long permits) {
        counts.merge(at / period, permits, Long::sum);
        latest = at;
      }

      @Override
      public long available(long now) {
        return now < latest ? 0 : Math.max(0, limit.permits() - estimate(now));
      }
    };
  }
}
