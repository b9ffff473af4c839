package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Laws of every limiter, and agreement with a slow model that the subclass gives. */
abstract class RateLimiterLaws {
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  /** A limiter as a textbook would write it, with no regard for time or memory. */
  interface Model {
    /** The first nanosecond from {@code now} on at which a request that cannot wait would pass. */
    long earliest(long now, long permits);

    /** The time that a reservation is told, or empty if there is no room for it. */
    Optional<Long> reserved(long now, long permits);

    /** Takes permits now for use at {@code at}. */
    void take(long now, long at, long permits);

    /** The permits that could be taken now. */
    long available(long now);
  }

  /** Something that happens to a limiter. Time passes in 64ths of a period, and a nudge. */
  record Step(String kind, long permits, long parts, int nudge) {
    long nanosFor(Limit limit) {
      return Math.max(0, limit.period().toNanos() / 64 * parts + nudge);
    }
  }

  abstract RateLimiter limiter(Limit limit, TestTicker ticker);

  abstract Model model(Limit limit);

  abstract Arbitrary<Limit> anyLimit();

  /** Up to a dozen permits in periods from a nanosecond to a quarter of an hour, half of them so short that they collide. */
  static Arbitrary<Limit> anyWindow() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 12),
            Arbitraries.oneOf(
                Arbitraries.longs().between(1, 130),
                Arbitraries.longs().between(1, 1_000_000_000_000L)))
        .as((permits, nanos) -> Limit.of(permits).per(Duration.ofNanos(nanos)));
  }

  /** The most that may pass in the half-open window of a period, at any place. */
  abstract long mostInAPeriod(Limit limit);

  @Provide
  Arbitrary<Limit> limits() {
    return anyLimit().withoutEdgeCases();
  }

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.of("take", "take", "take", "reserve", "reserveSoon"),
            Arbitraries.longs().between(1, 14),
            Arbitraries.oneOf(
                Arbitraries.of(0L, 0L, 0L, 16L, 64L, 128L), Arbitraries.longs().between(0, 60)),
            Arbitraries.integers().between(-2, 2))
        .as(Step::new)
        .withoutEdgeCases();
  }

  private static Duration maxWait(Step step, Limit limit) {
    return step.kind().equals("reserve") ? FOREVER : limit.period().dividedBy(2);
  }

  @Property(tries = 1000)
  void decidesAsTheModelDoes(
      @ForAll("limits") Limit limit,
      @ForAll long origin,
      @ForAll @LongRange(min = 0, max = 1L << 50) long start,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    ticker.set(origin);
    RateLimiter limiter = limiter(limit, ticker);
    Model model = model(limit);
    long now = start;
    for (Step step : steps) {
      now += step.nanosFor(limit);
      ticker.set(origin + now);
      long permits = step.permits();
      if (permits > limit.burst()) {
        assertFalse(limiter.tryAcquire(permits));
        assertEquals(Optional.empty(), limiter.reserve(permits, FOREVER));
        continue;
      }
      long earliest = model.earliest(now, permits);
      assertEquals(
          new Decision(
              earliest == now,
              model.available(now),
              Optional.of(Duration.ofNanos(earliest - now)),
              Duration.ofNanos(model.earliest(now, limit.burst()) - now)),
          limiter.peek(permits));
      if (step.kind().equals("take")) {
        assertEquals(earliest == now, limiter.tryAcquire(permits));
        if (earliest == now) {
          model.take(now, now, permits);
        }
      } else {
        long reading = now;
        Optional<Duration> told = model
            .reserved(now, permits)
            .map(at -> Duration.ofNanos(at - reading))
            .filter(wait -> wait.compareTo(maxWait(step, limit)) <= 0);
        assertEquals(told, limiter.reserve(permits, maxWait(step, limit)));
        told.ifPresent(wait -> model.take(reading, reading + wait.toNanos(), permits));
      }
    }
  }

  @Property(tries = 500)
  void waitingAsToldSucceedsAndOneNanosecondLessDoesNot(
      @ForAll("limits") Limit limit,
      @ForAll @Size(max = 20) List<@From("steps") Step> steps,
      @ForAll @LongRange(min = 1, max = 14) long wanted) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = limiter(limit, ticker);
    run(limiter, limit, ticker, steps);
    long permits = Math.min(wanted, limit.burst());
    Duration wait = limiter.peek(permits).retryAfter().orElseThrow();
    if (!wait.isZero()) {
      ticker.advance(wait.minusNanos(1));
      assertFalse(limiter.tryAcquire(permits));
      ticker.advance(1);
    }
    assertTrue(limiter.tryAcquire(permits));
    Duration reset = limiter.stats().untilFull();
    ticker.advance(reset.minusNanos(1));
    assertFalse(limiter.peek(limit.burst()).allowed());
    ticker.advance(1);
    assertTrue(limiter.tryAcquire(limit.burst()));
  }

  @Property(tries = 500)
  void refusalsChangeNothing(
      @ForAll("limits") Limit limit,
      @ForAll @Size(max = 30) List<@From("steps") Step> steps,
      @ForAll @LongRange(min = 1, max = 14) long permits) {
    TestTicker asked = new TestTicker();
    TestTicker spared = new TestTicker();
    RateLimiter one = limiter(limit, asked);
    RateLimiter other = limiter(limit, spared);
    for (Step step : steps) {
      run(one, limit, asked, List.of(step));
      run(other, limit, spared, List.of(step));
      Decision decision = one.peek(permits);
      if (!decision.allowed()) {
        assertFalse(one.tryAcquire(permits));
        assertEquals(Optional.empty(), one.reserve(permits, Duration.ZERO));
      }
      assertEquals(other.peek(permits), one.peek(permits));
    }
  }

  @Property(tries = 500)
  void reservationsAreServedFirstComeFirstServed(
      @ForAll("limits") Limit limit, @ForAll @Size(max = 60) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = limiter(limit, ticker);
    long latest = 0;
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit));
      Optional<Duration> told = limiter.reserve(step.permits(), maxWait(step, limit));
      if (told.isPresent()) {
        long at = ticker.read() + told.get().toNanos();
        assertTrue(at >= latest, at + " overtakes " + latest);
        latest = at;
      }
      if (ticker.read() < latest) {
        assertFalse(limiter.tryAcquire());
      }
    }
  }

  record Grant(long nanos, long permits) {}

  /** With readings in any order: time may stand still, jump and step back. */
  @Property(tries = 500)
  void noPeriodPassesMoreThanItMayWhateverTheClockDoes(
      @ForAll("limits") Limit limit,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps,
      @ForAll @Size(min = 60, max = 60) List<@IntRange(min = -2, max = 3) Integer> directions) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = limiter(limit, ticker);
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      ticker.advance(steps.get(i).nanosFor(limit) * directions.get(i));
      if (limiter.tryAcquire(steps.get(i).permits())) {
        grants.add(new Grant(Math.max(0, ticker.read()), steps.get(i).permits()));
      }
    }
    for (Grant first : grants) {
      long sum = 0;
      for (Grant grant : grants) {
        long after = grant.nanos() - first.nanos();
        sum += after >= 0 && after < limit.period().toNanos() ? grant.permits() : 0;
      }
      assertTrue(sum <= mostInAPeriod(limit), () -> "too many in " + grants);
    }
  }

  @Property(tries = 500)
  void changeOfLimitKeepsThePermitsThatAreThere(
      @ForAll("limits") Limit limit,
      @ForAll("limits") Limit next,
      @ForAll @Size(max = 30) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = limiter(limit, ticker);
    run(limiter, limit, ticker, steps);
    long before = limiter.stats().available();
    limiter.changeLimit(next);
    assertCarriedOver(before, limit, next, limiter.stats().available());
    // The laws hold for the new limit too.
    waitAsTold(limiter, ticker, 1);
    waitAsTold(limiter, ticker, next.burst());
  }

  void assertCarriedOver(long before, Limit from, Limit to, long after) {
    assertEquals(Math.min(before, to.burst()), after);
  }

  private static void waitAsTold(RateLimiter limiter, TestTicker ticker, long permits) {
    ticker.advance(limiter.peek(permits).retryAfter().orElseThrow());
    assertTrue(limiter.tryAcquire(permits));
  }

  @Property(tries = 500)
  void whatWasReservedIsNotOvertakenAfterAChange(
      @ForAll("limits") Limit limit,
      @ForAll("limits") Limit next,
      @ForAll @Size(max = 30) List<@From("steps") Step> steps,
      @ForAll @LongRange(min = 1, max = 14) long permits) {
    TestTicker ticker = new TestTicker();
    RateLimiter limiter = limiter(limit, ticker);
    run(limiter, limit, ticker, steps);
    Optional<Duration> told = limiter.reserve(Math.min(permits, limit.burst()), FOREVER);
    limiter.changeLimit(next);
    Optional<Duration> after = limiter.reserve(1, FOREVER);
    if (told.isPresent() && after.isPresent()) {
      assertTrue(after.get().compareTo(told.get()) >= 0, after + " overtakes " + told);
    }
  }

  private static void run(RateLimiter limiter, Limit limit, TestTicker ticker, List<Step> steps) {
    for (Step step : steps) {
      ticker.advance(step.nanosFor(limit));
      if (step.kind().equals("take")) {
        limiter.tryAcquire(step.permits());
      } else {
        limiter.reserve(step.permits(), maxWait(step, limit));
      }
    }
  }
}
