package dev.whiteboard.ratelimit;

import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;

class FixedWindowProperties extends RateLimiterLaws {
  @Override
  RateLimiter limiter(Limit limit, TestTicker ticker) {
    return RateLimiter.fixedWindow(limit).ticker(ticker).build();
  }

  @Override
  Arbitrary<Limit> anyLimit() {
    return anyWindow();
  }

  @Override
  long mostInAPeriod(Limit limit) {
    return 2 * limit.permits();
  }

  /** Counts each permit in the first window that has room, one by one. */
  @Override
  Model model(Limit limit) {
    long period = limit.period().toNanos();
    return new Model() {
      private final TreeMap<Long, Long> counts = new TreeMap<>();

      private long used(long window) {
        return counts.getOrDefault(window, 0L);
      }

      private long first(long now) {
        return counts.isEmpty() ? now / period : Math.max(now / period, counts.lastKey());
      }

      @Override
      public long earliest(long now, long permits) {
        long window = first(now);
        while (used(window) + permits > limit.permits()) {
          window++;
        }
        return Math.max(now, window * period);
      }

      @Override
      public Optional<Long> reserved(long now, long permits) {
        long window = first(now);
        long rest = permits;
        while (used(window) + rest > limit.permits()) {
          rest -= limit.permits() - used(window);
          window++;
        }
        return Optional.of(Math.max(now, window * period));
      }

      @Override
      public void take(long now, long at, long permits) {
        long window = first(now);
        for (long i = 0; i < permits; i++) {
          while (used(window) == limit.permits()) {
            window++;
          }
          counts.merge(window, 1L, Long::sum);
        }
      }

      @Override
      public long available(long now) {
        long window = now / period;
        return first(now) > window ? 0 : limit.permits() - used(window);
      }
    };
  }
}
