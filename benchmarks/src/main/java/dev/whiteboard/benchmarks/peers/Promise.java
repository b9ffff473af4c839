package dev.whiteboard.benchmarks.peers;

import com.google.common.math.LongMath;
import com.google.common.primitives.Ints;
import dev.whiteboard.ratelimit.Limit;
import java.math.BigInteger;
import java.time.Duration;

/** What a kind of limiter says it does: the most that passes in a window of time, and what passes when. */
enum Promise {
  /** A token bucket: the burst, and what arrives. */
  BUCKET {
    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.bucket(kept);
    }
  },
  /** A token bucket that holds a single permit. */
  EVEN {
    @Override
    Limit kept(Limit wanted) {
      return wanted.burst(1);
    }

    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.bucket(kept);
    }
  },
  /** A queue that is asked to let pass only who need not wait in it. */
  QUEUE {
    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.onCredit(kept, BigInteger.ZERO);
    }
  },
  /**
   * A token bucket, empty at first, that holds what arrives in a second and lets who comes first pass on credit. Permits are
   * counted in an {@code int}.
   */
  CREDIT {
    @Override
    Limit kept(Limit wanted) {
      return wanted.burst(Math.max(
          1, Ints.saturatedCast(perSecond(wanted).divide(nanosOf(wanted)).longValueExact())));
    }

    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.onCredit(kept, perSecond(kept));
    }
  },
  /** A count that starts again in each period: {@code n} in each, {@code 2n} about the border of two. */
  WINDOW {
    @Override
    Limit kept(Limit wanted) {
      return wanted.burst(wanted.permits());
    }

    @Override
    BigInteger most(Limit kept, long nanos) {
      return windows(kept, nanos).add(BigInteger.ONE).multiply(permitsOf(kept));
    }

    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.window(kept);
    }
  },
  /** An estimate of the latest period from two counts: up to {@code 2n}, too. */
  ESTIMATE {
    @Override
    Limit kept(Limit wanted) {
      return WINDOW.kept(wanted);
    }

    @Override
    BigInteger most(Limit kept, long nanos) {
      return WINDOW.most(kept, nanos);
    }

    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.estimate(kept);
    }
  },
  /** The latest grants one by one: {@code n} in any period. */
  LOG {
    @Override
    Limit kept(Limit wanted) {
      return WINDOW.kept(wanted);
    }

    @Override
    BigInteger most(Limit kept, long nanos) {
      return windows(kept, nanos).multiply(permitsOf(kept));
    }

    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.log(kept);
    }
  },
  /** A token bucket whose burst and rate together are {@code n} in any period. */
  STRICT {
    @Override
    Limit kept(Limit wanted) {
      return Limit.strict(wanted.permits(), wanted.period());
    }

    @Override
    BigInteger most(Limit kept, long nanos) {
      BigInteger strict = permitsOf(kept).add(BigInteger.valueOf(kept.burst() - 1));
      return windows(kept, nanos).multiply(strict);
    }

    @Override
    LimiterModel model(Limit kept) {
      return LimiterModel.bucket(kept);
    }
  };

  /** The limit nearest to one that is wanted. */
  Limit kept(Limit wanted) {
    return wanted;
  }

  /** The most permits that pass from one moment to another, both included, {@code nanos} later. */
  BigInteger most(Limit kept, long nanos) {
    return BigInteger.valueOf(nanos)
        .multiply(permitsOf(kept))
        .divide(nanosOf(kept))
        .add(BigInteger.valueOf(kept.burst()));
  }

  /** What passes when, in exact arithmetic. */
  abstract LimiterModel model(Limit kept);

  /** How many periods, without their ends, it takes to cover a time with its end. */
  private static BigInteger windows(Limit limit, long nanos) {
    return BigInteger.valueOf(nanos / limit.period().toNanos() + 1);
  }

  /** What arrives in a second, times the period's nanoseconds. */
  private static BigInteger perSecond(Limit limit) {
    return permitsOf(limit).multiply(nanosOf(Duration.ofSeconds(1)));
  }

  static BigInteger permitsOf(Limit limit) {
    return BigInteger.valueOf(limit.permits());
  }

  static BigInteger nanosOf(Limit limit) {
    return nanosOf(limit.period());
  }

  private static BigInteger nanosOf(Duration duration) {
    return BigInteger.valueOf(duration.toNanos());
  }

  /** The time in which a full burst arrives, rounded up to whole periods. */
  static long fillNanos(Limit limit) {
    long periods = (limit.burst() - 1) / limit.permits() + 1;
    return LongMath.saturatedMultiply(limit.period().toNanos(), periods);
  }
}
