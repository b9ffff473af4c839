package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestPermits.drain;
import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LeasedRateLimiterTest {
  private static final Limit LIMIT = Limit.perSecond(10).burst(20);

  private final TestTicker ticker = new TestTicker();

  /** Two stripes of four, and twelve in the centre. */
  private final LeasedRateLimiter limiter =
      LeasedRateLimiter.builder(LIMIT).stripes(2).lease(4).ticker(ticker).build();

  @Test
  void tryAcquire_newLimiter_hasItsBurst() {
    assertEquals(20, limiter.stats().available());
    assertEquals(20, drain(limiter));
    assertEquals(0, limiter.stats().available());
  }

  @Test
  void tryAcquire_empty_waitsForOnePermit() {
    drain(limiter);
    ticker.advance(Duration.ofMillis(100).minusNanos(1));
    assertFalse(limiter.tryAcquire());
    ticker.advance(1);
    assertTrue(limiter.tryAcquire());
    assertFalse(limiter.tryAcquire());
  }

  @Test
  void tryAcquire_afterAPause_missesWhatStripesDoNotHold() {
    drain(limiter);
    ticker.advance(Duration.ofDays(1));
    assertEquals(12, drain(limiter));
  }

  @Test
  void tryAcquire_withALease_doesNotReadTheClock() {
    LeasedRateLimiter leased = LeasedRateLimiter.builder(LIMIT)
        .stripes(1)
        .lease(4)
        .ticker(new Ticker() {
          private int readings;

          @Override
          public long read() {
            assertTrue(readings++ < 3, "the clock was read");
            return 0;
          }
        })
        .build();
    // Four at once, one with a new lease of four, and three of that: one look and one taking.
    for (int i = 0; i < 8; i++) {
      assertTrue(leased.tryAcquire());
    }
  }

  @Test
  void tryAcquire_moreThanALease_comesFromTheCentre() {
    assertTrue(limiter.tryAcquire(12));
    assertEquals(8, limiter.stats().available());
    assertFalse(limiter.tryAcquire(5));
    assertTrue(limiter.tryAcquire(4));
    assertTrue(limiter.tryAcquire(4));
  }

  @Test
  void tryAcquire_moreThanTheCentresBurst_isRefusedAtOnce() {
    assertFalse(limiter.tryAcquire(13));
    assertFalse(limiter.tryAcquire(Long.MAX_VALUE));
    assertEquals(new Decision(false, 20, Optional.empty(), Duration.ZERO), limiter.peek(13));
    assertEquals(Optional.empty(), limiter.reserve(13, Duration.ofDays(1)));
    assertEquals(20, limiter.stats().available());
    assertEquals(
        "no wait is long enough for 13 permits of Limit[permits=10, period=PT1S, burst=20]",
        assertThrows(IllegalStateException.class, () -> limiter.acquire(13)).getMessage());
  }

  @Test
  void tryAcquire_stripeAndCentreTogether_areEnough() {
    assertTrue(limiter.tryAcquire(12));
    // Three of four go from the thread's stripe, and three of four from the other.
    assertTrue(limiter.tryAcquire(3));
    assertTrue(limiter.tryAcquire(3));
    assertFalse(limiter.tryAcquire(3));
    ticker.advance(Duration.ofMillis(200));
    assertTrue(limiter.peek(3).allowed());
    assertTrue(limiter.tryAcquire(3));
    assertEquals(1, limiter.stats().available());
  }

  @Test
  void peek_empty_tellsWhenToComeBack() {
    drain(limiter);
    ticker.advance(Duration.ofMillis(30));
    assertEquals(
        new Decision(false, 0, Optional.of(Duration.ofMillis(170)), Duration.ofMillis(1170)),
        limiter.peek(2));
  }

  @Test
  void reserve_permitsThere_takesThemAtOnce() {
    assertEquals(Optional.of(Duration.ZERO), limiter.reserve(2, Duration.ZERO));
    assertEquals(18, limiter.stats().available());
  }

  @Test
  void reserve_permitsMissing_tellsWhenTheyArrive() {
    drain(limiter);
    assertEquals(Optional.empty(), limiter.reserve(1, Duration.ofMillis(99)));
    assertEquals(Optional.of(Duration.ofMillis(100)), limiter.reserve(1, Duration.ofMillis(100)));
    assertEquals(Optional.of(Duration.ofMillis(700)), limiter.reserve(6, Duration.ofSeconds(1)));
  }

  @Test
  void refund_goesToTheCentreAndNoFurther() {
    limiter.tryAcquire(10);
    limiter.refund(3);
    assertEquals(13, limiter.stats().available());
    limiter.refund(100);
    assertEquals(20, limiter.stats().available());
    drain(limiter);
    limiter.refund(100);
    assertEquals(12, limiter.stats().available());
  }

  @Test
  void changeLimit_keepsWhatIsInStripes() {
    limiter.changeLimit(Limit.perSecond(100).burst(13));
    assertEquals(Limit.perSecond(100).burst(13), limiter.limit());
    assertEquals(13, drain(limiter));
    ticker.advance(Duration.ofMillis(20));
    assertEquals(2, drain(limiter));
  }

  @Test
  void limit_isTheOneGiven() {
    assertEquals(LIMIT, limiter.limit());
  }

  @Test
  void build_noNumbers_leasesHalfOfTheBurst() {
    LeasedRateLimiter leased = LeasedRateLimiter.builder(Limit.perSecond(160)).build();
    assertTrue(leased.tryAcquire(80));
    assertFalse(leased.tryAcquire(80));
  }

  @Test
  void arguments_bad_areNamed() {
    assertNull("limit", () -> LeasedRateLimiter.builder(null));
    assertNull("ticker", () -> LeasedRateLimiter.builder(LIMIT).ticker(null));
    assertNull("maxWait", () -> limiter.reserve(1, null));
    assertNull("next", () -> limiter.changeLimit(null));
    for (int stripes : new int[] {0, -1, 3, 2048, Integer.MIN_VALUE}) {
      assertRefused(
          "stripes must be a power of two in [1, 1024], was " + stripes,
          () -> LeasedRateLimiter.builder(LIMIT).stripes(stripes));
    }
    assertRefused(
        "lease must be >= 1, was 0", () -> LeasedRateLimiter.builder(LIMIT).lease(0));
    assertRefused(
        "burst must be >= (stripes + 1) * lease = 21, was 20",
        () -> LeasedRateLimiter.builder(LIMIT).stripes(2).lease(7).build());
    assertRefused(
        "burst must be >= (stripes + 1) * lease = 9223372036854775807, was 20",
        () -> LeasedRateLimiter.builder(LIMIT).lease(Long.MAX_VALUE).build());
    assertRefused(
        "burst must be >= (stripes + 1) * lease = 9, was 8",
        () -> LeasedRateLimiter.builder(Limit.perSecond(8)).build());
    assertRefused(
        "burst must be >= (stripes + 1) * lease = 12, was 11",
        () -> limiter.changeLimit(Limit.perSecond(11)));
    assertEquals(LIMIT, limiter.limit());
    assertRefused("permits must be >= 1, was 0", () -> limiter.tryAcquire(0));
    assertRefused("permits must be >= 1, was 0", () -> limiter.peek(0));
    assertRefused("permits must be >= 1, was 0", () -> limiter.refund(0));
    assertRefused("permits must be >= 1, was 0", () -> limiter.reserve(0, Duration.ZERO));
    assertRefused(
        "maxWait must be >= 0, was PT-1S", () -> limiter.reserve(1, Duration.ofSeconds(-1)));
    assertEquals(20, limiter.stats().available());
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void clock_goesBack_grantsNothingUntilItHasCaughtUp() {
    ticker.advance(Duration.ofSeconds(60));
    drain(limiter);
    ticker.advance(Duration.ofSeconds(-10));
    assertEquals(0, drain(limiter));
    ticker.advance(Duration.ofSeconds(10));
    assertEquals(0, drain(limiter));
    ticker.advance(Duration.ofMillis(100));
    assertEquals(1, drain(limiter));
  }

  @Nested
  class Threads {
    @Test
    void tryAcquire_eightThreadsAndNoTime_grantExactlyTheBurst() throws Exception {
      LeasedRateLimiter leased = LeasedRateLimiter.builder(Limit.perSecond(10).burst(100_000))
          .stripes(8)
          .lease(100)
          .ticker(ticker)
          .build();
      long granted = onEightThreads(() -> drain(leased));
      // A thread may miss the permits in the hand of another, who takes them later or leaves them.
      assertEquals(100_000, granted + drain(leased));
    }

    @Test
    void tryAcquire_eightThreadsThatMoveTime_grantNoMoreThanTheBurstAndWhatArrives()
        throws Exception {
      LeasedRateLimiter leased = LeasedRateLimiter.builder(Limit.perSecond(1000).burst(100))
          .stripes(4)
          .lease(5)
          .ticker(ticker)
          .build();
      assertEquals(100, drain(leased));
      long granted = onEightThreads(() -> {
        long taken = 0;
        for (int i = 0; i < 50_000; i++) {
          ticker.advance(10_000);
          taken += leased.tryAcquire(1 + i % 3) ? 1 + i % 3 : 0;
        }
        return taken;
      });
      // 8 x 50,000 x 10 us = 4 s. Fifty requests ask for each permit, so none overflows.
      assertEquals(4000, granted + drain(leased));
    }
  }
}
