package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.BigIntegerMath;
import com.google.common.math.LongMath;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A limit in the whole numbers that a {@link Store} counts with, and the way back from its reply to a decision.
 *
 * <p>The numbers are such that doubles hold all sums and products exactly, as Redis's scripts need.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
sealed interface Terms {
  /** The largest capacity and the longest window. Time may reach 7 * 2^50, so that all sums stay below 2^53. */
  long MOST = 1L << 50;

  Store.Command command(String key, long permits);

  Decision decision(long permits, Store.Reply reply);

  /** The decision for a reply: {@code remaining} may be negative, and {@code retryAfter} is of a refusal. */
  private static Decision decision(
      Store.Reply reply, long remaining, long retryAfterMicros, long resetAfterMicros) {
    return new Decision(
        reply.granted(),
        Math.max(0, remaining),
        Optional.of(reply.granted() ? Duration.ZERO : micros(retryAfterMicros)),
        micros(resetAfterMicros));
  }

  private static Duration micros(long micros) {
    return Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
  }

  /** A token bucket: a permit takes a whole number of ticks to arrive, and a microsecond has up to seven. */
  record Bucket(long burst, long ticksPerPermit, long ticksPerMicro) implements Terms {
    /** 7 * 2^50 us are 35 years times seven: more ticks would pass 2^53 before 2055. */
    private static final int MOST_TICKS_PER_MICRO = 7;

    /** Takes the ticks that lose least. Up to seven permits in a number of microseconds lose nothing. */
    static Bucket of(Limit limit) {
      BigInteger permits = BigInteger.valueOf(limit.permits()).multiply(BigInteger.valueOf(1000));
      BigInteger nanos = BigInteger.valueOf(limit.period().toNanos());
      long best = 0;
      long bestTicks = 1;
      for (int ticks = 1; ticks <= MOST_TICKS_PER_MICRO; ticks++) {
        BigInteger exact = nanos.multiply(BigInteger.valueOf(ticks));
        long cost = BigIntegerMath.divide(exact, permits, RoundingMode.CEILING)
            .min(BigInteger.valueOf(MOST + 1))
            .longValueExact();
        if (cost <= MOST / limit.burst() && (best == 0 || cost * bestTicks < best * ticks)) {
          best = cost;
          bestTicks = ticks;
        }
      }
      checkArgument(best != 0, "burst must arrive within 2^50 us (35 years), was %s", limit);
      checkLoss(limit, BigInteger.valueOf(best).multiply(permits), nanos, bestTicks);
      return new Bucket(limit.burst(), best, bestTicks);
    }

    /** Rounding up slows the rate. By more than one percent nobody would expect it. */
    private static void checkLoss(Limit limit, BigInteger kept, BigInteger nanos, long ticks) {
      BigInteger most = nanos.multiply(BigInteger.valueOf(101 * ticks));
      checkArgument(
          kept.multiply(BigInteger.valueOf(100)).compareTo(most) <= 0,
          "limit must be kept to 1 % by ticks of 1/7 us, was %s; count many permits as one",
          limit);
    }

    @Override
    public Store.Command command(String key, long permits) {
      return new Store.Command(
          key,
          Store.Algorithm.TOKEN_BUCKET,
          permits * ticksPerPermit,
          burst * ticksPerPermit,
          ticksPerMicro);
    }

    @Override
    public Decision decision(long permits, Store.Reply reply) {
      long there = burst * ticksPerPermit - reply.ahead();
      return Terms.decision(
          reply,
          there / ticksPerPermit,
          microsUp(permits * ticksPerPermit - there),
          microsUp(reply.ahead()));
    }

    private long microsUp(long ticks) {
      return LongMath.divide(ticks, ticksPerMicro, RoundingMode.CEILING);
    }
  }

  /** A fixed window. */
  record Window(long permits, long periodMicros) implements Terms {
    static Window of(Limit limit) {
      return new Window(checkPermits(limit), checkPeriod(limit));
    }

    static long checkPeriod(Limit limit) {
      long nanos = Limit.checkNanos(
          limit.period(),
          "period",
          Duration.of(1, ChronoUnit.MICROS),
          Duration.of(MOST, ChronoUnit.MICROS));
      checkArgument(nanos % 1000 == 0, "period must be whole microseconds, was %s", limit.period());
      return nanos / 1000;
    }

    static long checkPermits(Limit limit) {
      Limit.checkWindow(limit, "limit");
      checkArgument(
          limit.permits() <= MOST, "permits must be <= %s, was %s", MOST, limit.permits());
      return limit.permits();
    }

    @Override
    public Store.Command command(String key, long count) {
      return new Store.Command(key, Store.Algorithm.FIXED_WINDOW, count, permits, periodMicros);
    }

    @Override
    public Decision decision(long count, Store.Reply reply) {
      return Terms.decision(
          reply, permits - reply.used(), reply.ahead(), reply.used() == 0 ? 0 : reply.ahead());
    }
  }

  /** A sliding window counter. */
  record Counter(long permits, long periodMicros) implements Terms {
    static Counter of(Limit limit) {
      long permits = Window.checkPermits(limit);
      long periodMicros = Window.checkPeriod(limit);
      checkArgument(
          permits < (1L << 53) / periodMicros,
          "permits times period must be < 2^53 us, was %s; count many permits as one",
          limit);
      return new Counter(permits, periodMicros);
    }

    @Override
    public Store.Command command(String key, long count) {
      return new Store.Command(
          key, Store.Algorithm.SLIDING_WINDOW_COUNTER, count, permits, periodMicros);
    }

    @Override
    public Decision decision(long count, Store.Reply reply) {
      long rest = Math.min(reply.ahead(), periodMicros);
      long share = Wide.floor(reply.before(), rest, periodMicros);
      return Terms.decision(
          reply,
          permits - reply.used() - share,
          untilThere(count, reply),
          reply.used() == 0
              ? reply.ahead() - restFor(reply.before(), 0)
              : inNextWindow(reply, restFor(reply.used(), 0)));
    }

    /** The time until so many permits are there: in this window, or in the next, of which this one is then a share. */
    private long untilThere(long count, Store.Reply reply) {
      long free = permits - reply.used() - count;
      long rest = free < 0 ? 0 : restFor(reply.before(), free);
      return rest > 0
          ? reply.ahead() - rest
          : inNextWindow(reply, restFor(reply.used(), permits - count));
    }

    private long inNextWindow(Store.Reply reply, long rest) {
      return LongMath.saturatedAdd(reply.ahead(), periodMicros - rest);
    }

    /** The longest rest of a window, up to all of it, of which the share of {@code count} is at most {@code share}. */
    private long restFor(long count, long share) {
      return count == 0
          ? periodMicros
          : Math.min(periodMicros, ((share + 1) * periodMicros - 1) / count);
    }
  }
}
