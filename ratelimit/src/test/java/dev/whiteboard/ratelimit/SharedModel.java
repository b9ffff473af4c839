package dev.whiteboard.ratelimit;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** What one key of a shared limiter has to do, at moments in microseconds: slow, exact and without ticks. */
interface SharedModel {
  /** How many whole permits there are; negative while more have been taken than have arrived. */
  BigInteger there(long now);

  void take(long now, long permits);

  default boolean has(long now, long permits) {
    return there(now).compareTo(BigInteger.valueOf(permits)) >= 0;
  }

  static SharedModel of(Store.Algorithm algorithm, Limit limit) {
    return switch (algorithm) {
      case TOKEN_BUCKET -> new Bucket(limit);
      case FIXED_WINDOW -> new Windows(limit, false);
      case SLIDING_WINDOW_COUNTER -> new Windows(limit, true);
    };
  }

  /** Holds tokens, in units of one {@code period}-th of a token, and adds {@code permits} of them a microsecond. */
  final class Bucket implements SharedModel {
    private final BigInteger burst;
    private final BigInteger permits;
    private final BigInteger period;
    private BigInteger level;
    private long latest;

    Bucket(Limit limit) {
      permits = BigInteger.valueOf(limit.permits());
      period = BigInteger.valueOf(limit.period().toNanos() / 1000);
      burst = BigInteger.valueOf(limit.burst()).multiply(period);
      level = burst;
    }

    /** A clock that steps back takes away what has arrived since. */
    private BigInteger levelAt(long now) {
      return level.equals(burst)
          ? burst
          : level.add(permits.multiply(BigInteger.valueOf(now - latest))).min(burst);
    }

    @Override
    public BigInteger there(long now) {
      BigInteger[] parts = levelAt(now).divideAndRemainder(period);
      return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    @Override
    public void take(long now, long count) {
      level = levelAt(now).subtract(period.multiply(BigInteger.valueOf(count)));
      latest = now;
    }
  }

  /** Remembers what was taken in every window. */
  final class Windows implements SharedModel {
    private final long permits;
    private final long period;
    private final boolean sliding;
    private final TreeMap<Long, Long> taken = new TreeMap<>(Map.of(0L, 0L));

    Windows(Limit limit, boolean sliding) {
      permits = limit.permits();
      period = limit.period().toNanos() / 1000;
      this.sliding = sliding;
    }

    private long window(long now) {
      return Math.max(now / period, taken.lastKey());
    }

    @Override
    public BigInteger there(long now) {
      long window = window(now);
      BigInteger free = BigInteger.valueOf(permits - taken.getOrDefault(window, 0L));
      if (!sliding) {
        return free;
      }
      long rest = Math.min(period, (window + 1) * period - now);
      BigInteger share = BigInteger.valueOf(taken.getOrDefault(window - 1, 0L))
          .multiply(BigInteger.valueOf(rest))
          .divide(BigInteger.valueOf(period));
      return free.subtract(share);
    }

    @Override
    public void take(long now, long count) {
      taken.merge(window(now), count, Long::sum);
    }
  }
}
