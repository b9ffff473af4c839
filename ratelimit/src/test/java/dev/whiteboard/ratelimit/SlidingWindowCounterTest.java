package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestPermits.drain;
import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlidingWindowCounterTest extends RateLimiterContract {
  @Override
  SlidingWindowCounter limiter(Limit limit) {
    return RateLimiter.slidingWindowCounter(limit).ticker(ticker).build();
  }

  @Test
  void factory_badLimit_isRefused() {
    assertNull("limit", () -> RateLimiter.slidingWindowCounter(null));
    assertNull("ticker", () -> RateLimiter.slidingWindowCounter(FIVE).ticker(null));
    assertRefused(
        "burst must be equal to permits (5), was 3",
        () -> RateLimiter.slidingWindowCounter(FIVE.burst(3)));
    SlidingWindowCounter counter = limiter(FIVE);
    assertRefused(
        "burst must be equal to permits (5), was 6", () -> counter.changeLimit(FIVE.burst(6)));
    assertEquals(FIVE, counter.limit());
  }

  @Test
  void tryAcquire_intoTheNextWindow_weighsTheOneBefore() {
    SlidingWindowCounter counter = limiter(FIVE);
    counter.tryAcquire(5);
    // 45 % of the window have passed: 55 % of five are 2.75, and count as two.
    ticker.advance(Duration.ofMillis(14_500));
    assertEquals(3, counter.stats().available());
    assertTrue(counter.tryAcquire(3));
    assertFalse(counter.tryAcquire());
  }

  @Test
  void tryAcquire_twoWindowsLater_hasForgotten() {
    SlidingWindowCounter counter = limiter(FIVE);
    ticker.advance(Duration.ofSeconds(9));
    counter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(11));
    assertTrue(counter.tryAcquire(5));
  }

  @Test
  void peek_permitsMissing_tellsWhenTheEstimateAllowsThem() {
    SlidingWindowCounter counter = limiter(FIVE);
    counter.tryAcquire(5);
    // At 10 s all five count; a nanosecond later less than five do. Less than one does after 18 s.
    assertEquals(
        Optional.of(Duration.ofSeconds(10).plusNanos(1)), counter.peek(1).retryAfter());
    assertEquals(
        Optional.of(Duration.ofSeconds(12).plusNanos(1)), counter.peek(2).retryAfter());
    assertEquals(Duration.ofSeconds(18).plusNanos(1), counter.stats().untilFull());
  }

  /** All at the end of a window, and four fifths of them again within the period after. */
  @Test
  void tryAcquire_bestTimed_passesNearlyTwiceTheLimitInAPeriod() {
    SlidingWindowCounter counter = limiter(Limit.of(100).per(Duration.ofSeconds(10)));
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    assertTrue(counter.tryAcquire(100));
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    assertTrue(counter.tryAcquire(100));
  }

  @Test
  void reserve_outstanding_isNotOvertaken() {
    SlidingWindowCounter counter = limiter(FIVE);
    counter.tryAcquire(4);
    Duration wait = Duration.ofSeconds(10);
    // Four still count at 10 s, and three a nanosecond later.
    assertEquals(Optional.of(wait.plusNanos(1)), counter.reserve(2, FOREVER));
    assertFalse(counter.tryAcquire());
  }

  @Test
  void refund_takenPermits_areThereAgainAndNoMore() {
    SlidingWindowCounter counter = limiter(FIVE);
    counter.tryAcquire(4);
    counter.refund(2);
    assertEquals(3, counter.stats().available());
    counter.refund(Long.MAX_VALUE);
    assertEquals(new RateLimiter.Stats(5, Duration.ZERO), counter.stats());
  }

  @Test
  void refund_ofTheWindowBefore_isTakenFromIt() {
    SlidingWindowCounter counter = limiter(FIVE);
    counter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(12));
    counter.tryAcquire(1);
    counter.refund(3);
    // One of the present window and two of the one before: three are left of it, at four fifths.
    assertEquals(3, counter.stats().available());
  }

  @Test
  void acquire_interrupted_refunds() {
    SlidingWindowCounter counter = limiter(FIVE);
    counter.tryAcquire(5);
    assertThrows(
        InterruptedException.class,
        () -> counter.acquire(3, duration -> {
          throw new InterruptedException();
        }));
    ticker.advance(Duration.ofSeconds(15));
    assertEquals(3, counter.stats().available());
  }

  @Test
  void changeLimit_larger_keepsWhatIsLeft() {
    SlidingWindowCounter counter = limiter(FIVE);
    counter.tryAcquire(2);
    ticker.advance(Duration.ofSeconds(4));
    counter.changeLimit(Limit.of(100).per(Duration.ofSeconds(10)));
    assertEquals(3, counter.stats().available());
  }

  @Test
  void changeLimit_smaller_cutsWhatIsLeftAndLetsTheRestDecay() {
    SlidingWindowCounter counter = limiter(Limit.of(10).per(Duration.ofSeconds(10)));
    counter.tryAcquire(10);
    ticker.advance(Duration.ofSeconds(14));
    // Six of ten still count: four are left, of a new limit of five. So one counts.
    counter.changeLimit(FIVE);
    assertEquals(4, counter.stats().available());
    counter.changeLimit(Limit.of(3).per(Duration.ofSeconds(10)));
    assertEquals(3, counter.stats().available());
  }

  @Test
  void limit_extremes_areKept() {
    SlidingWindowCounter fast = limiter(Limit.of(15).per(Duration.ofNanos(1)));
    assertTrue(fast.tryAcquire(15));
    assertFalse(fast.tryAcquire());
    ticker.advance(2);
    assertTrue(fast.tryAcquire(15));
    ticker.set(0);
    SlidingWindowCounter slow =
        limiter(Limit.of(1L << 61).per(Duration.ofNanos(Long.MAX_VALUE / 2)));
    assertTrue(slow.tryAcquire(1L << 61));
    assertEquals(
        Optional.of(Duration.ofNanos(Long.MAX_VALUE / 2 + 1)), slow.peek(1).retryAfter());
  }

  @Test
  void tryAcquire_eightThreads_grantExactlyTheLimit() throws Exception {
    SlidingWindowCounter counter = limiter(Limit.perSecond(10_000));
    assertEquals(10_000, onEightThreads(() -> drain(counter)));
  }
}
