package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.math.BigIntegerMath;
import com.google.common.math.LongMath;
import java.math.BigInteger;
import java.math.RoundingMode;
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
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * Laws over limits from 1 per day to 15.5 per nanosecond. An instant is known exactly or to a quarter of a nanosecond,
 * see {@link TokenBucket}: {@code slack} is what arrives in that time, in quarters of the oracle's unit.
 */
class TokenBucketProperties {
  /** The textbook bucket in integers without bound: a level of {@code period} nanoseconds is one permit. */
  private static final class Oracle {
    private final BigInteger permits;
    private final BigInteger period;
    private final BigInteger full;
    private BigInteger level;
    private long nanos;

    Oracle(Limit limit) {
      permits = BigInteger.valueOf(limit.permits());
      period = BigInteger.valueOf(limit.period().toNanos());
      full = of(limit.burst());
      level = full;
    }

    BigInteger of(long count) {
      return period.multiply(BigInteger.valueOf(count));
    }

    void moveTo(long reading) {
      add(permits.multiply(BigInteger.valueOf(reading - nanos)));
      nanos = reading;
    }

    void add(BigInteger amount) {
      level = full.min(level.add(amount));
    }

    /** The nanoseconds until the level is there, rounded up. */
    long until(BigInteger wanted) {
      BigInteger missing = wanted.subtract(level).max(BigInteger.ZERO);
      return missing.add(permits).subtract(BigInteger.ONE).divide(permits).longValueExact();
    }
  }

  /** Something that happens to a bucket. Time passes in eighths of the time in which a permit arrives, and a nudge. */
  record Step(String kind, long permits, long eighths, int nudge, long patience) {
    long nanosFor(Limit limit) {
      return Math.max(0, nanos(limit, eighths) + nudge);
    }

    Duration maxWaitFor(Limit limit) {
      return Duration.ofNanos(nanos(limit, patience));
    }

    private static long nanos(Limit limit, long eighths) {
      return BigInteger.valueOf(limit.period().toNanos())
          .multiply(BigInteger.valueOf(eighths))
          .divide(BigInteger.valueOf(limit.permits()).shiftLeft(3))
          .longValueExact();
    }
  }

  @Provide
  Arbitrary<Limit> limits() {
    Arbitrary<Limit> known = Arbitraries.of(
        Limit.of(1).per(Duration.ofDays(1)),
        Limit.of(7).per(Duration.ofSeconds(3)),
        Limit.of(13).per(Duration.ofSeconds(7)),
        Limit.perSecond(100),
        Limit.perSecond(999_983),
        Limit.perSecond(9_999_999_967L),
        Limit.of(10).per(Duration.ofNanos(1)),
        Limit.of(31).per(Duration.ofNanos(2)));
    Arbitrary<Limit> any = Combinators.combine(
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.longs().between(62_501, 1_000_000_000_000L))
        .as((permits, nanos) -> Limit.of(permits).per(Duration.ofNanos(nanos)));
    return Combinators.combine(
            Arbitraries.oneOf(known, any), Arbitraries.longs().between(1, 40))
        .as(Limit::burst)
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.of("take", "take", "take", "refund", "reserve"),
            Arbitraries.longs().between(1, 42),
            Arbitraries.oneOf(
                Arbitraries.of(0L, 0L, 8L, 16L), Arbitraries.longs().between(0, 400)),
            Arbitraries.integers().between(-2, 2),
            Arbitraries.longs().between(0, 160))
        .as(Step::new)
        .withoutEdgeCases();
  }

  private static boolean isExact(Limit limit) {
    return limit.permits() / LongMath.gcd(limit.permits(), limit.period().toNanos()) <= 15;
  }

  private static BigInteger slack(Limit limit) {
    return isExact(limit) ? BigInteger.ZERO : BigInteger.valueOf(limit.permits());
  }

  @Property(tries = 1500)
  void decidesAsExactArithmeticDoes(
      @ForAll("limits") Limit limit,
      @ForAll long origin,
      @ForAll @LongRange(min = 0, max = 1L << 57) long start,
      @ForAll @Size(min = 1, max = 80) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    ticker.set(origin);
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    Oracle oracle = new Oracle(limit);
    BigInteger slack = slack(limit);
    long now = start;
    for (Step step : steps) {
      now += step.nanosFor(limit);
      ticker.set(origin + now);
      oracle.moveTo(now);
      long permits = step.permits();
      if (step.kind().equals("refund")) {
        bucket.refund(permits);
        oracle.add(oracle.of(Math.min(permits, limit.burst())));
        continue;
      }
      Decision decision = bucket.peek(permits);
      BigInteger quarters = oracle.level.subtract(oracle.of(permits)).shiftLeft(2);
      boolean possible = permits <= limit.burst();
      assertTrue(
          !decision.allowed() || (possible && quarters.compareTo(slack.negate()) >= 0),
          "granted too early");
      assertTrue(
          decision.allowed() || !possible || quarters.compareTo(slack) < 0, "refused too late");

      BigInteger least = oracle.level.shiftLeft(2).subtract(slack).divide(oracle.of(4));
      BigInteger most = oracle.level.shiftLeft(2).add(slack).divide(oracle.of(4));
      assertBetween(
          Math.max(0, least.longValueExact()),
          Math.max(0, most.longValueExact()),
          decision.remaining());

      long rounding = isExact(limit) ? 0 : 1;
      long full = oracle.until(oracle.full);
      assertBetween(full - rounding, full + rounding, decision.resetAfter().toNanos());
      assertEquals(possible, decision.retryAfter().isPresent());
      if (possible) {
        long wait = oracle.until(oracle.of(permits));
        assertBetween(
            wait - rounding, wait + rounding, decision.retryAfter().get().toNanos());
      }
      boolean taken;
      if (step.kind().equals("reserve")) {
        Duration maxWait = step.maxWaitFor(limit);
        Optional<Duration> wait = bucket.reserve(permits, maxWait);
        assertEquals(decision.retryAfter().filter(it -> it.compareTo(maxWait) <= 0), wait);
        taken = wait.isPresent();
      } else {
        taken = bucket.tryAcquire(permits);
        assertEquals(decision.allowed(), taken);
      }
      if (taken) {
        oracle.add(oracle.of(permits).negate());
      }
    }
  }

  private static void assertBetween(long least, long most, long actual) {
    assertTrue(
        least <= actual && actual <= most,
        () -> actual + " is not in [" + least + ", " + most + "]");
  }

  record Grant(long nanos, long permits) {}

  /**
   * Between any two grants, with readings in any order, no more passes than the burst and what arrives between them.
   */
  @Property(tries = 500)
  void neverGrantsMoreThanRatePlusBurstWhateverTheClockDoes(
      @ForAll("limits") Limit limit,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps,
      @ForAll @Size(min = 60, max = 60) List<@IntRange(min = -2, max = 3) Integer> directions) {
    TestTicker ticker = new TestTicker();
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    BigInteger period = BigInteger.valueOf(limit.period().toNanos());
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      ticker.advance(steps.get(i).nanosFor(limit) * directions.get(i));
      if (!bucket.tryAcquire(steps.get(i).permits())) {
        continue;
      }
      grants.add(new Grant(Math.max(0, ticker.read()), steps.get(i).permits()));
      long sum = 0;
      for (int j = grants.size() - 1; j >= 0; j--) {
        sum += grants.get(j).permits();
        long elapsed = grants.get(grants.size() - 1).nanos() - grants.get(j).nanos();
        BigInteger excess = BigInteger.valueOf(sum - limit.burst())
            .multiply(period)
            .subtract(BigInteger.valueOf(limit.permits()).multiply(BigInteger.valueOf(elapsed)));
        assertTrue(excess.shiftLeft(2).compareTo(slack(limit)) <= 0, "more than rate plus burst");
      }
    }
  }

  @Property(tries = 1000)
  void waitingAsToldSucceedsAndOneNanosecondLessDoesNot(
      @ForAll("limits") Limit limit,
      @ForAll @LongRange(min = 0, max = 1L << 57) long start,
      @ForAll @Size(max = 20) List<@From("steps") Step> steps,
      @ForAll @LongRange(min = 1, max = 40) long wanted) {
    TestTicker ticker = new TestTicker();
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    ticker.set(start);
    bucket.tryAcquire(limit.burst());
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit));
      bucket.tryAcquire(step.permits());
    }
    long permits = Math.min(wanted, limit.burst());
    Duration wait = bucket.peek(permits).retryAfter().orElseThrow();
    if (!wait.isZero()) {
      ticker.advance(wait.minusNanos(1));
      assertFalse(bucket.tryAcquire(permits));
      ticker.advance(1);
    }
    assertTrue(bucket.tryAcquire(permits));

    Duration untilFull = bucket.stats().untilFull();
    ticker.advance(untilFull.minusNanos(1));
    assertFalse(bucket.peek(limit.burst()).allowed());
    ticker.advance(1);
    assertTrue(bucket.tryAcquire(limit.burst()));
  }

  @Property(tries = 500)
  void refundUndoesWhatWasTaken(
      @ForAll("limits") Limit limit,
      @ForAll @Size(max = 20) List<@From("steps") Step> steps,
      @ForAll @LongRange(min = 1, max = 40) long permits) {
    TestTicker ticker = new TestTicker();
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit));
      bucket.tryAcquire(step.permits());
    }
    Decision before = bucket.peek(limit.burst());
    if (bucket.tryAcquire(permits)) {
      assertFalse(bucket.peek(limit.burst()).equals(before));
      bucket.refund(permits);
    }
    assertEquals(before, bucket.peek(limit.burst()));
  }

  /**
   * In order of the calls, nobody may act before who came earlier, and in any window of time no more act than the burst
   * and what arrives in it and in the nanosecond to which waits are rounded up.
   */
  @Property(tries = 500)
  void reservationsAreServedInOrderAndKeepTheLaw(
      @ForAll("limits") Limit limit,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    BigInteger period = BigInteger.valueOf(limit.period().toNanos());
    List<Grant> grants = new ArrayList<>();
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit));
      Optional<Duration> wait = bucket.reserve(step.permits(), step.maxWaitFor(limit));
      if (wait.isEmpty()) {
        continue;
      }
      grants.add(new Grant(ticker.read() + wait.get().toNanos(), step.permits()));
      Grant last = grants.get(grants.size() - 1);
      long sum = 0;
      for (int j = grants.size() - 1; j >= 0; j--) {
        sum += grants.get(j).permits();
        long elapsed = last.nanos() - grants.get(j).nanos();
        assertTrue(elapsed >= 0, "overtaken");
        BigInteger excess = BigInteger.valueOf(sum - limit.burst())
            .multiply(period)
            .subtract(BigInteger.valueOf(limit.permits()).multiply(BigInteger.valueOf(elapsed)));
        BigInteger inANanosecond = BigInteger.valueOf(limit.permits());
        assertTrue(
            excess.subtract(inANanosecond).shiftLeft(2).compareTo(slack(limit)) <= 0,
            "more than rate plus burst");
      }
    }
  }

  /** A fraction, for an oracle whose rate changes. */
  private record Rational(BigInteger numerator, BigInteger denominator) {
    static final Rational ZERO = of(0, 1);

    static Rational of(long numerator, long denominator) {
      return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    Rational plus(Rational other) {
      BigInteger top =
          numerator.multiply(other.denominator).add(other.numerator.multiply(denominator));
      BigInteger bottom = denominator.multiply(other.denominator);
      BigInteger divisor = top.gcd(bottom);
      return new Rational(top.divide(divisor), bottom.divide(divisor));
    }

    Rational minus(Rational other) {
      return plus(new Rational(other.numerator.negate(), other.denominator));
    }

    Rational times(Rational other) {
      return new Rational(
          numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Rational over(Rational other) {
      return new Rational(
          numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Rational min(Rational other) {
      return minus(other).numerator.signum() <= 0 ? this : other;
    }

    Rational max(Rational other) {
      return minus(other).numerator.signum() >= 0 ? this : other;
    }

    boolean isNegative() {
      return numerator.signum() < 0;
    }

    long ceiling() {
      return BigIntegerMath.divide(numerator, denominator, RoundingMode.CEILING)
          .min(BigInteger.valueOf(Long.MAX_VALUE))
          .longValueExact();
    }
  }

  private static Rational rate(Limit limit) {
    return Rational.of(limit.permits(), limit.period().toNanos());
  }

  @Provide
  Arbitrary<Limit> exactLimits() {
    return Combinators.combine(
            Arbitraries.of(
                Limit.of(1).per(Duration.ofDays(1)),
                Limit.of(7).per(Duration.ofSeconds(3)),
                Limit.of(13).per(Duration.ofSeconds(7)),
                Limit.perSecond(100),
                Limit.perSecond(10_000)),
            Arbitraries.longs().between(1, 40))
        .as(Limit::burst)
        .withoutEdgeCases();
  }

  /**
   * Permits keep their number and debt its time. A change may lose a tick, and never gains one: {@code lag} is how many
   * permits the bucket may be behind.
   */
  @Property(tries = 1000)
  void changesOfTheLimitKeepPermitsAndDebt(
      @ForAll @Size(min = 2, max = 6) List<@From("exactLimits") Limit> limits,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    Limit limit = limits.get(0);
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    Rational level = Rational.of(limit.burst(), 1);
    Rational lag = Rational.ZERO;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      long nanos = step.nanosFor(limit);
      ticker.advance(nanos);
      level =
          level.plus(rate(limit).times(Rational.of(nanos, 1))).min(Rational.of(limit.burst(), 1));
      if (step.kind().equals("refund")) {
        Limit next = limits.get(i % limits.size());
        bucket.changeLimit(next);
        assertEquals(next, bucket.limit());
        Rational faster = rate(next).over(rate(limit));
        if (level.isNegative()) {
          level = level.times(faster);
          lag = lag.times(faster);
        } else if (level.minus(lag).isNegative()) {
          lag = lag.times(faster.max(Rational.of(1, 1)));
        }
        level = level.min(Rational.of(next.burst(), 1));
        lag = lag.plus(rate(next).times(Rational.of(2, 1)));
        limit = next;
      }
      long permits = Math.min(step.permits(), limit.burst());
      long wait = bucket.peek(permits).retryAfter().orElseThrow().toNanos();
      Rational missing = Rational.of(permits, 1).minus(level).max(Rational.ZERO);
      long least = missing.over(rate(limit)).ceiling();
      long most = missing.plus(lag).over(rate(limit)).ceiling();
      assertBetween(least, most, wait);
      if (bucket.reserve(permits, step.maxWaitFor(limit)).isPresent()) {
        level = level.minus(Rational.of(permits, 1));
      }
    }
  }
}
