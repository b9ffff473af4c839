package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.math.LongMath;
import java.math.BigInteger;
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
  record Step(String kind, long permits, long eighths, int nudge) {
    long nanosFor(Limit limit) {
      long nanos = BigInteger.valueOf(limit.period().toNanos())
          .multiply(BigInteger.valueOf(eighths))
          .divide(BigInteger.valueOf(limit.permits()).shiftLeft(3))
          .longValueExact();
      return Math.max(0, nanos + nudge);
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
            Arbitraries.of("take", "take", "take", "refund"),
            Arbitraries.longs().between(1, 42),
            Arbitraries.oneOf(
                Arbitraries.of(0L, 0L, 8L, 16L), Arbitraries.longs().between(0, 400)),
            Arbitraries.integers().between(-2, 2))
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
        oracle.add(oracle.of(permits));
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
      assertBetween(least.longValueExact(), most.longValueExact(), decision.remaining());

      long rounding = isExact(limit) ? 0 : 1;
      long full = oracle.until(oracle.full);
      assertBetween(full - rounding, full + rounding, decision.resetAfter().toNanos());
      assertEquals(possible, decision.retryAfter().isPresent());
      if (possible) {
        long wait = oracle.until(oracle.of(permits));
        assertBetween(
            wait - rounding, wait + rounding, decision.retryAfter().get().toNanos());
      }
      assertEquals(decision.allowed(), bucket.tryAcquire(permits));
      if (decision.allowed()) {
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
}
