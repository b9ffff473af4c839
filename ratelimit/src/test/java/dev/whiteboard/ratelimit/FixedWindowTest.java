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

class FixedWindowTest extends RateLimiterContract {
  @Override
  FixedWindow limiter(Limit limit) {
    return RateLimiter.fixedWindow(limit).ticker(ticker).build();
  }

  @Test
  void factory_badLimit_isRefused() {
    assertNull("limit", () -> RateLimiter.fixedWindow(null));
    assertNull("ticker", () -> RateLimiter.fixedWindow(FIVE).ticker(null));
    assertRefused(
        "burst must be equal to permits (5), was 3", () -> RateLimiter.fixedWindow(FIVE.burst(3)));
    FixedWindow window = limiter(FIVE);
    assertRefused(
        "burst must be equal to permits (5), was 6", () -> window.changeLimit(FIVE.burst(6)));
    assertEquals(FIVE, window.limit());
  }

  @Test
  void build_noTicker_readsTheSystems() {
    FixedWindow window =
        RateLimiter.fixedWindow(Limit.of(1).per(Duration.ofDays(1))).build();
    assertTrue(window.tryAcquire());
    assertFalse(window.tryAcquire());
  }

  @Test
  void tryAcquire_nextWindow_countsFromZero() {
    FixedWindow window = limiter(FIVE);
    assertTrue(window.tryAcquire(5));
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    assertFalse(window.tryAcquire());
    ticker.advance(1);
    assertTrue(window.tryAcquire(5));
    assertFalse(window.tryAcquire());
  }

  /** Two windows' worth in two nanoseconds: what a fixed window is known for. */
  @Test
  void tryAcquire_atTheBorder_passesTwoWindowsWorth() {
    FixedWindow window = limiter(FIVE);
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    assertTrue(window.tryAcquire(5));
    ticker.advance(1);
    assertTrue(window.tryAcquire(5));
  }

  @Test
  void reserve_nextWindowFull_waitsForTheOneAfter() {
    FixedWindow window = limiter(FIVE);
    ticker.advance(Duration.ofSeconds(2));
    assertTrue(window.tryAcquire(4));
    // One of this window and two of the next.
    assertEquals(Optional.of(Duration.ofSeconds(8)), window.reserve(3, FOREVER));
    assertEquals(Optional.of(Duration.ofSeconds(8)), window.reserve(3, FOREVER));
    assertEquals(Optional.of(Duration.ofSeconds(18)), window.reserve(1, FOREVER));
    assertEquals(
        new Decision(false, 0, Optional.of(Duration.ofSeconds(18)), Duration.ofSeconds(28)),
        window.peek(4));
    assertEquals(Optional.of(Duration.ofSeconds(28)), window.peek(5).retryAfter());
  }

  @Test
  void reserve_outstanding_isNotOvertaken() {
    FixedWindow window = limiter(FIVE);
    window.tryAcquire(4);
    assertEquals(Optional.of(Duration.ofSeconds(10)), window.reserve(2, FOREVER));
    assertFalse(window.tryAcquire());
  }

  @Test
  void refund_takenPermits_areThereAgainAndNoMore() {
    FixedWindow window = limiter(FIVE);
    window.tryAcquire(4);
    window.refund(2);
    assertEquals(3, window.stats().available());
    window.refund(Long.MAX_VALUE);
    assertEquals(new RateLimiter.Stats(5, Duration.ZERO), window.stats());
    ticker.advance(Duration.ofSeconds(10));
    window.refund(1);
    assertEquals(5, window.stats().available());
  }

  @Test
  void acquire_interrupted_refunds() {
    FixedWindow window = limiter(FIVE);
    window.tryAcquire(5);
    RateLimiter.Stats before = window.stats();
    assertThrows(
        InterruptedException.class,
        () -> window.acquire(3, duration -> {
          throw new InterruptedException();
        }));
    assertEquals(before, window.stats());
  }

  @Test
  void acquireAsync_cancelled_refunds() {
    FixedWindow window = limiter(FIVE);
    window.tryAcquire(5);
    RateLimiter.Stats before = window.stats();
    window.acquireAsync(3, new TestTimer()).toCompletableFuture().cancel(false);
    assertEquals(before, window.stats());
    TestTimer full = new TestTimer();
    full.refuses = true;
    assertThrows(RuntimeException.class, () -> window.acquireAsync(3, full));
    assertEquals(before, window.stats());
  }

  @Test
  void changeLimit_samePeriod_keepsTheBorderAndWhatIsLeft() {
    FixedWindow window = limiter(FIVE);
    window.tryAcquire(2);
    ticker.advance(Duration.ofSeconds(4));
    window.changeLimit(Limit.of(100).per(Duration.ofSeconds(10)));
    assertEquals(new RateLimiter.Stats(3, Duration.ofSeconds(6)), window.stats());
    window.changeLimit(Limit.of(2).per(Duration.ofSeconds(10)));
    assertEquals(new RateLimiter.Stats(2, Duration.ZERO), window.stats());
    ticker.advance(Duration.ofSeconds(6));
    assertEquals(2, window.stats().available());
  }

  @Test
  void changeLimit_reservedAhead_opensTheFirstWindowThatStartsNoEarlier() {
    FixedWindow window = limiter(FIVE);
    window.tryAcquire(5);
    assertEquals(
        Optional.of(Duration.ofSeconds(20)),
        window.reserve(5, FOREVER).flatMap(first -> window.reserve(2, FOREVER)));
    window.changeLimit(Limit.of(4).per(Duration.ofSeconds(3)));
    // Three are left of the window at 20 s; the new window that starts no earlier is that at 21 s.
    assertEquals(Optional.of(Duration.ofSeconds(21)), window.reserve(3, FOREVER));
    assertEquals(Optional.of(Duration.ofSeconds(24)), window.reserve(1, FOREVER));
  }

  @Test
  void time_after2To62Permits_standsStill() {
    FixedWindow window = limiter(Limit.of(1L << 61).per(Duration.ofSeconds(1L << 28)));
    ticker.advance(Duration.ofSeconds(1L << 28));
    assertTrue(window.tryAcquire(1L << 61));
    assertEquals(Optional.empty(), window.reserve(1, FOREVER));
    assertEquals(Optional.of(FOREVER), window.peek(1).retryAfter());
    ticker.set(Long.MAX_VALUE);
    assertFalse(window.tryAcquire());
  }

  @Test
  void limit_extremes_areKept() {
    FixedWindow fast = limiter(Limit.of(15).per(Duration.ofNanos(1)));
    for (int i = 0; i < 100; i++, ticker.advance(1)) {
      assertTrue(fast.tryAcquire(15));
      assertFalse(fast.tryAcquire());
    }
    ticker.set(0);
    FixedWindow slow = limiter(Limit.of(1).per(FOREVER));
    assertTrue(slow.tryAcquire());
    assertEquals(new Decision(false, 0, Optional.of(FOREVER), FOREVER), slow.peek(1));
  }

  @Test
  void tryAcquire_eightThreads_grantExactlyTheWindow() throws Exception {
    FixedWindow window = limiter(Limit.perSecond(100_000));
    assertEquals(100_000, onEightThreads(() -> drain(window)));
  }
}
