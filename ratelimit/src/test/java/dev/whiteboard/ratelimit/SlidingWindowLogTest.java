package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlidingWindowLogTest extends RateLimiterContract {
  @Override
  SlidingWindowLog limiter(Limit limit) {
    return RateLimiter.slidingWindowLog(limit).ticker(ticker).build();
  }

  @Test
  void factory_badLimit_isRefused() {
    assertNull("limit", () -> RateLimiter.slidingWindowLog(null));
    assertNull("ticker", () -> RateLimiter.slidingWindowLog(FIVE).ticker(null));
    assertRefused(
        "burst must be equal to permits (5), was 3",
        () -> RateLimiter.slidingWindowLog(FIVE.burst(3)));
    assertRefused(
        "permits must be in [1, 134217728] for a log, was 134217729",
        () -> RateLimiter.slidingWindowLog(Limit.perSecond(134_217_729)));
    SlidingWindowLog log = limiter(FIVE);
    assertRefused(
        "burst must be equal to permits (5), was 6", () -> log.changeLimit(FIVE.burst(6)));
    assertRefused(
        "permits must be in [1, 134217728] for a log, was 134217729",
        () -> log.changeLimit(Limit.perSecond(134_217_729)));
    assertEquals(FIVE, log.limit());
  }

  @Test
  void tryAcquire_atTheBorderOfAWindow_passesNoMoreThanTheLimit() {
    SlidingWindowLog log = limiter(FIVE);
    ticker.advance(Duration.ofSeconds(9));
    assertTrue(log.tryAcquire(5));
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    assertFalse(log.tryAcquire());
    ticker.advance(1);
    assertTrue(log.tryAcquire(5));
    assertFalse(log.tryAcquire());
  }

  @Test
  void peek_permitsOfSeveralTimes_tellsWhenEnoughHaveLeftTheWindow() {
    SlidingWindowLog log = limiter(FIVE);
    log.tryAcquire(1);
    ticker.advance(Duration.ofSeconds(3));
    log.tryAcquire(3);
    ticker.advance(Duration.ofSeconds(1));
    Duration reset = Duration.ofSeconds(9);
    assertEquals(new Decision(true, 1, Optional.of(Duration.ZERO), reset), log.peek(1));
    assertEquals(new Decision(false, 1, Optional.of(Duration.ofSeconds(6)), reset), log.peek(2));
    assertEquals(new Decision(false, 1, Optional.of(reset), reset), log.peek(3));
  }

  @Test
  void reserve_outstanding_isNotOvertaken() {
    SlidingWindowLog log = limiter(FIVE);
    log.tryAcquire(4);
    assertEquals(Optional.of(Duration.ofSeconds(10)), log.reserve(2, FOREVER));
    assertFalse(log.tryAcquire());
    ticker.advance(Duration.ofSeconds(10));
    assertTrue(log.tryAcquire(3));
    assertEquals(Optional.of(Duration.ofSeconds(10)), log.reserve(1, FOREVER));
  }

  @Test
  void refund_takenPermits_areThereAgainAndNoMore() {
    SlidingWindowLog log = limiter(FIVE);
    log.tryAcquire(4);
    log.refund(2);
    assertEquals(3, log.stats().available());
    log.refund(Long.MAX_VALUE);
    assertEquals(new RateLimiter.Stats(5, Duration.ZERO), log.stats());
    log.refund(1);
    assertEquals(5, log.stats().available());
  }

  /** The permit of 0 s is freed, that of 5 s counts on: whichever was meant, no window is exceeded. */
  @Test
  void refund_oneOfTwo_freesTheOldestThatCounts() {
    SlidingWindowLog log = limiter(Limit.of(2).per(Duration.ofSeconds(10)));
    log.tryAcquire();
    ticker.advance(Duration.ofSeconds(5));
    log.tryAcquire();
    log.refund(1);
    assertEquals(new RateLimiter.Stats(1, Duration.ofSeconds(10)), log.stats());
  }

  @Test
  void refund_reservationOutstanding_givesNothingBack() {
    SlidingWindowLog log = limiter(FIVE);
    log.tryAcquire(4);
    assertThrows(
        InterruptedException.class,
        () -> log.acquire(3, duration -> {
          throw new InterruptedException();
        }));
    ticker.advance(Duration.ofSeconds(10));
    assertEquals(2, log.stats().available());
    log.refund(3);
    assertEquals(5, log.stats().available());
  }

  @Test
  void changeLimit_larger_keepsTheTimesAndAddsNothingNow() {
    SlidingWindowLog log = limiter(FIVE);
    log.tryAcquire(3);
    ticker.advance(Duration.ofSeconds(4));
    log.tryAcquire(1);
    log.changeLimit(Limit.of(9).per(Duration.ofSeconds(10)));
    assertEquals(1, log.stats().available());
    ticker.advance(Duration.ofSeconds(6));
    assertEquals(8, log.stats().available());
    ticker.advance(Duration.ofSeconds(4));
    assertEquals(9, log.stats().available());
  }

  @Test
  void changeLimit_smaller_keepsTheLatestTimes() {
    SlidingWindowLog log = limiter(FIVE);
    log.tryAcquire(3);
    ticker.advance(Duration.ofSeconds(4));
    log.tryAcquire(2);
    log.changeLimit(Limit.of(3).per(Duration.ofSeconds(10)));
    ticker.advance(Duration.ofSeconds(6));
    assertEquals(1, log.stats().available());
    ticker.advance(Duration.ofSeconds(4));
    assertEquals(3, log.stats().available());
  }

  @Test
  void limit_extremes_areKept() {
    SlidingWindowLog fast = limiter(Limit.of(15).per(Duration.ofNanos(1)));
    assertTrue(fast.tryAcquire(15));
    assertFalse(fast.tryAcquire());
    ticker.advance(1);
    assertTrue(fast.tryAcquire(15));
    SlidingWindowLog slow = limiter(Limit.of(1).per(FOREVER));
    assertTrue(slow.tryAcquire());
    assertEquals(new Decision(false, 0, Optional.of(FOREVER), FOREVER), slow.peek(1));
  }

  /** A published limiter looked and then wrote: 104 of 100 passed, and each call counted its queue. */
  @Test
  void tryAcquire_eightThreads_grantExactlyTheLimit() throws Exception {
    for (int round = 0; round < 20; round++) {
      SlidingWindowLog log = limiter(Limit.perSecond(100));
      assertEquals(100, onEightThreads(() -> {
        long taken = 0;
        for (int i = 0; i < 100; i++) {
          taken += log.tryAcquire() ? 1 : 0;
        }
        return taken;
      }));
    }
  }

  /** A published bucket was refilled at once by a timer: 200 of 100 passed within 200 ms. */
  @Test
  void tryAcquire_acrossARefill_passesNoTwoBursts() {
    SlidingWindowLog log = limiter(Limit.perSecond(100));
    ticker.advance(Duration.ofMillis(900));
    int granted = 0;
    for (int i = 0; i < 2000; i++, ticker.advance(100_000)) {
      granted += log.tryAcquire() ? 1 : 0;
    }
    assertEquals(100, granted);
  }
}
