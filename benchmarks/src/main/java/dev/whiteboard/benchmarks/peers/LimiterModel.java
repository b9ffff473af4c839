package dev.whiteboard.benchmarks.peers;

import com.google.common.collect.BoundType;
import com.google.common.collect.TreeMultiset;
import dev.whiteboard.ratelimit.Limit;
import java.math.BigInteger;

/** A slow, obvious limiter in whole numbers of any size. Its time is what has passed since it was made. */
abstract class LimiterModel {
  final Limit limit;
  final BigInteger permits;
  final BigInteger nanos;

  private LimiterModel(Limit limit) {
    this.limit = limit;
    permits = Promise.permitsOf(limit);
    nanos = Promise.nanosOf(limit);
  }

  /** Whether it grants permits at a time; what has been granted since then is taken. */
  final boolean owes(long now, long count) {
    return now >= 0 && count <= limit.burst() && isThere(now, count);
  }

  abstract boolean isThere(long now, long count);

  /** Takes note of a grant, its own or another limiter's. */
  abstract void grant(long now, long count);

  /** A full token bucket. */
  static LimiterModel bucket(Limit limit) {
    BigInteger full = BigInteger.valueOf(limit.burst()).multiply(Promise.nanosOf(limit));
    return new Level(limit, full, full, false);
  }

  /** An empty one that grants any number of permits unless it is in debt. */
  static LimiterModel onCredit(Limit limit, BigInteger full) {
    return new Level(limit, BigInteger.ZERO, full, true);
  }

  static LimiterModel window(Limit limit) {
    return new Counts(limit, false);
  }

  static LimiterModel estimate(Limit limit) {
    return new Counts(limit, true);
  }

  static LimiterModel log(Limit limit) {
    return new Log(limit);
  }

  /** Permits are counted in parts of which a permit has as many as the period has nanoseconds. */
  private static final class Level extends LimiterModel {
    private final BigInteger full;
    private final boolean onCredit;
    private BigInteger level;
    private long at;

    Level(Limit limit, BigInteger level, BigInteger full, boolean onCredit) {
      super(limit);
      this.level = level;
      this.full = full;
      this.onCredit = onCredit;
    }

    private BigInteger levelAt(long now) {
      return level
          .add(permits.multiply(BigInteger.valueOf(Math.max(0, now - at))))
          .min(full);
    }

    private BigInteger parts(long count) {
      return nanos.multiply(BigInteger.valueOf(count));
    }

    @Override
    boolean isThere(long now, long count) {
      return levelAt(now).compareTo(onCredit ? BigInteger.ZERO : parts(count)) >= 0;
    }

    @Override
    void grant(long now, long count) {
      level = levelAt(now).subtract(parts(count));
      at = Math.max(at, now);
    }
  }

  /** Counts window by window; an estimate adds the share of the window before that is still in the latest period. */
  private static final class Counts extends LimiterModel {
    private final boolean isEstimate;
    private final TreeMultiset<Long> counts = TreeMultiset.create();
    private final long periodNanos = limit.period().toNanos();
    private long latest;

    Counts(Limit limit, boolean isEstimate) {
      super(limit);
      this.isEstimate = isEstimate;
    }

    @Override
    boolean isThere(long now, long count) {
      long time = Math.max(now, latest * periodNanos);
      long window = time / periodNanos;
      BigInteger share = BigInteger.valueOf(isEstimate ? counts.count(window - 1) : 0)
          .multiply(BigInteger.valueOf(periodNanos - time % periodNanos))
          .divide(nanos);
      return share.longValueExact() + counts.count(window) + count <= limit.permits();
    }

    @Override
    void grant(long now, long count) {
      latest = now / periodNanos;
      counts.add(latest, Math.toIntExact(count));
    }
  }

  private static final class Log extends LimiterModel {
    private final TreeMultiset<Long> times = TreeMultiset.create();

    Log(Limit limit) {
      super(limit);
    }

    @Override
    boolean isThere(long now, long count) {
      long since = now - limit.period().toNanos();
      return times.tailMultiset(since, BoundType.OPEN).size() + count <= limit.permits();
    }

    @Override
    void grant(long now, long count) {
      times.add(now, Math.toIntExact(count));
    }
  }
}
