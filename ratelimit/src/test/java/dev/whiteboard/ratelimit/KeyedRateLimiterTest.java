package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedRateLimiterTest {
  private static final Limit TEN_A_SECOND = Limit.perSecond(10).burst(2);

  private final TestTicker ticker = new TestTicker();
  private final KeyedRateLimiter<Integer> limiter =
      KeyedRateLimiter.builder(TEN_A_SECOND).ticker(ticker).build();

  private long drain(int key) {
    long taken = 0;
    while (limiter.tryAcquire(key)) {
      taken++;
    }
    return taken;
  }

  @Test
  void tryAcquire_eachKey_hasItsOwnBurst() {
    assertEquals(2, drain(1));
    assertEquals(2, drain(2));
    assertFalse(limiter.tryAcquire(1));
    ticker.advance(Duration.ofMillis(100));
    assertEquals(1, drain(1));
  }

  @Test
  void tryAcquire_severalPermits_takesAllOrNone() {
    assertTrue(limiter.tryAcquire(1));
    assertFalse(limiter.tryAcquire(1, 2));
    assertTrue(limiter.tryAcquire(1, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 1L << 40, Long.MAX_VALUE})
  void tryAcquire_moreThanTheBurst_isRefusedAndRemembersNothing(long permits) {
    assertFalse(limiter.tryAcquire(1, permits));
    assertEquals(0, limiter.size());
    assertEquals(new Decision(false, 2, Optional.empty(), Duration.ZERO), limiter.peek(1, permits));
  }

  @Test
  void peek_unknownKey_isFullAndRemembersNothing() {
    assertEquals(
        new Decision(true, 2, Optional.of(Duration.ZERO), Duration.ZERO), limiter.peek(1, 2));
    assertEquals(0, limiter.size());
  }

  @Test
  void peek_knownKey_tellsWhenToComeBack() {
    drain(1);
    ticker.advance(Duration.ofMillis(30));
    assertEquals(
        new Decision(false, 0, Optional.of(Duration.ofMillis(70)), Duration.ofMillis(170)),
        limiter.peek(1, 1));
    assertEquals(new RateLimiter.Stats(0, Duration.ofMillis(170)), limiter.stats(1));
    assertEquals(new RateLimiter.Stats(2, Duration.ZERO), limiter.stats(2));
  }

  @Test
  void limit_isTheOneGiven() {
    assertEquals(TEN_A_SECOND, limiter.limit());
  }

  @Test
  void build_noTicker_readsTheSystems() {
    KeyedRateLimiter<String> daily =
        KeyedRateLimiter.builder(Limit.of(1).per(Duration.ofDays(1))).build();
    assertTrue(daily.tryAcquire("a"));
    assertFalse(daily.tryAcquire("a"));
    assertTrue(daily.tryAcquire("b"));
  }

  @Test
  void arguments_bad_areNamed() {
    assertNull("limit", () -> KeyedRateLimiter.builder(null));
    assertNull("ticker", () -> KeyedRateLimiter.builder(TEN_A_SECOND).ticker(null));
    assertNull("key", () -> limiter.tryAcquire(null));
    assertNull("key", () -> limiter.tryAcquire(null, 1));
    assertNull("key", () -> limiter.peek(null, 1));
    assertNull("key", () -> limiter.stats(null));
    for (long permits : new long[] {0, -1, Long.MIN_VALUE}) {
      String message = "permits must be >= 1, was " + permits;
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> limiter.tryAcquire(1, permits))
              .getMessage());
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> limiter.peek(1, permits))
              .getMessage());
    }
    assertEquals(0, limiter.size());
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Nested
  class Sweeping {
    @Test
    void idleKeys_areForgottenAsNewOnesCome() {
      for (int key = 0; key < 1000; key++) {
        limiter.tryAcquire(key);
      }
      assertEquals(1000, limiter.size());
      ticker.advance(Duration.ofMillis(100));
      for (int key = 1000; key < 5000; key++) {
        limiter.tryAcquire(key);
      }
      // The thousand of before are gone, and no other.
      assertEquals(4000, limiter.size());
    }

    @Test
    void busyKeys_areKept() {
      for (int key = 0; key < 10_000; key++) {
        assertTrue(limiter.tryAcquire(key, 2));
      }
      assertEquals(10_000, limiter.size());
      for (int key = 0; key < 10_000; key++) {
        assertFalse(limiter.tryAcquire(key));
      }
    }

    @Test
    void oneRequestPerKey_memoryStaysInProportionToBusyKeys() {
      long most = 0;
      for (int key = 0; key < 100_000; key++) {
        assertTrue(limiter.tryAcquire(key));
        ticker.advance(100_000);
        most = Math.max(most, limiter.size());
      }
      // A key is busy for 100 ms, and so 1,000 are.
      assertTrue(most >= 1000 && most <= 4000, "most " + most);
    }

    @Test
    void afterACrowd_anEighthOfItMayStay() {
      for (int key = 0; key < 80_000; key++) {
        limiter.tryAcquire(key);
      }
      ticker.advance(Duration.ofSeconds(1));
      long most = 0;
      for (int key = 80_000; key < 400_000; key++) {
        limiter.tryAcquire(key);
        ticker.advance(Duration.ofMillis(100));
        most = key > 300_000 ? Math.max(most, limiter.size()) : 0;
      }
      assertTrue(most >= 5000 && most <= 25_000, "most " + most);
    }

    @Test
    void sweep_fullKey_isLossless() {
      drain(1);
      ticker.advance(Duration.ofMillis(200).minusNanos(1));
      limiter.sweep(10, ticker.read());
      assertEquals(1, limiter.size());
      ticker.advance(1);
      limiter.sweep(10, ticker.read());
      assertEquals(0, limiter.size());
      assertEquals(2, drain(1));
    }

    /** A thread that read the clock, and was then put aside until its key had been seen, drained and forgotten. */
    @Test
    void lateThread_ofAForgottenKey_cannotSpendTheBurstInThePast() {
      ticker.advance(Duration.ofSeconds(60));
      drain(1);
      ticker.advance(Duration.ofMillis(200));
      limiter.sweep(10, ticker.read());
      assertEquals(0, limiter.size());
      ticker.advance(Duration.ofMillis(-200));
      assertTrue(limiter.peek(1, 2).allowed());
      assertEquals(2, drain(1));
      ticker.advance(Duration.ofMillis(200));
      assertEquals(0, drain(1));
      ticker.advance(Duration.ofMillis(100));
      assertEquals(1, drain(1));
    }
  }

  @Nested
  class Clocks {
    @Test
    void clock_goesBack_grantsNothingToAKnownKey() {
      ticker.advance(Duration.ofSeconds(60));
      drain(1);
      ticker.advance(Duration.ofSeconds(-10));
      assertFalse(limiter.tryAcquire(1));
      assertEquals(Optional.of(Duration.ofMillis(10_100)), limiter.peek(1, 1).retryAfter());
      assertEquals(2, drain(2));
    }

    @Test
    void clock_wrapsAroundLongMaxValue_isElapsedTime() {
      ticker.set(Long.MAX_VALUE);
      KeyedRateLimiter<String> wrapping =
          KeyedRateLimiter.builder(TEN_A_SECOND).ticker(ticker).build();
      assertTrue(wrapping.tryAcquire("a", 2));
      ticker.advance(Duration.ofMillis(100));
      assertTrue(wrapping.tryAcquire("a"));
      assertFalse(wrapping.tryAcquire("a"));
    }

    @Test
    void clock_beforeItsOrigin_findsNewKeysFull() {
      ticker.set(-1);
      assertEquals(2, drain(1));
      ticker.set(Long.MIN_VALUE);
      assertEquals(2, drain(2));
      assertEquals(0, drain(1));
    }
  }

  @Nested
  class Threads {
    /** Idle keys are forgotten all the time, and every key is wanted all the time. */
    @Test
    void tryAcquire_eightThreadsThatMoveTime_grantNoKeyMoreThanItsBucket() throws Exception {
      int keys = 100;
      long[] granted = onEightThreads(keys, key -> {
        ticker.advance(5_000);
        return limiter.tryAcquire(key);
      });
      // 8 x 50,000 x 5 us = 2 s
      for (long one : granted) {
        assertTrue(one <= 2 + 20, "granted " + one);
        assertTrue(one >= 20, "granted " + one);
      }
    }
  }
}
