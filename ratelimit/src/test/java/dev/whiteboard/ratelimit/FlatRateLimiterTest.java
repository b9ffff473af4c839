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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatRateLimiterTest {
  private static final Limit TEN_A_SECOND = Limit.perSecond(10).burst(2);

  private final TestTicker ticker = new TestTicker();
  private final FlatRateLimiter limiter =
      FlatRateLimiter.builder(TEN_A_SECOND, 1000).ticker(ticker).build();

  /** One group of four cells: a fifth key has to share. */
  private final FlatRateLimiter tiny = new FlatRateLimiter(new Gcra(TEN_A_SECOND), ticker, 1, 4);

  private static long drain(FlatRateLimiter limiter, long key) {
    long taken = 0;
    while (limiter.tryAcquire(key)) {
      taken++;
    }
    return taken;
  }

  @Test
  void tryAcquire_eachKey_hasItsOwnBurst() {
    assertEquals(2, drain(limiter, 1));
    assertEquals(2, drain(limiter, 2));
    assertFalse(limiter.tryAcquire(1));
    ticker.advance(Duration.ofMillis(100));
    assertEquals(1, drain(limiter, 1));
  }

  @Test
  void tryAcquire_severalPermits_takesAllOrNone() {
    assertTrue(limiter.tryAcquire(1));
    assertFalse(limiter.tryAcquire(1, 2));
    assertTrue(limiter.tryAcquire(1, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void tryAcquire_anyNumber_isAKey(long key) {
    assertEquals(2, drain(limiter, key));
    assertEquals(2, drain(limiter, key - 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 1L << 40, Long.MAX_VALUE})
  void tryAcquire_moreThanTheBurst_isRefused(long permits) {
    assertFalse(limiter.tryAcquire(1, permits));
    assertEquals(new Decision(false, 2, Optional.empty(), Duration.ZERO), limiter.peek(1, permits));
  }

  @Test
  void tryAcquire_consecutiveKeysUpToTheirNumber_hardlyShare() {
    FlatRateLimiter large = FlatRateLimiter.builder(Limit.perSecond(10).burst(1), 100_000)
        .ticker(ticker)
        .build();
    long refused = 0;
    for (long key = 0; key < 100_000; key++) {
      refused += large.tryAcquire(key) ? 0 : 1;
    }
    for (long key = 0; key < 100_000; key++) {
      assertFalse(large.tryAcquire(key));
    }
    // A group of 128 has 91.4 keys on average; a Poisson number exceeds 128 by 0.0003 on average,
    // which is 0.4 in all of the 1,094 groups.
    assertTrue(refused + large.shared() <= 10, refused + " refused, " + large.shared() + " shared");
  }

  @Test
  void peek_tellsWhenToComeBack() {
    assertEquals(
        new Decision(true, 2, Optional.of(Duration.ZERO), Duration.ZERO), limiter.peek(1, 2));
    drain(limiter, 1);
    ticker.advance(Duration.ofMillis(30));
    assertEquals(
        new Decision(false, 0, Optional.of(Duration.ofMillis(70)), Duration.ofMillis(170)),
        limiter.peek(1, 1));
  }

  @Test
  void limit_isTheOneGiven() {
    assertEquals(TEN_A_SECOND, limiter.limit());
  }

  @Test
  void build_noTicker_readsTheSystems() {
    FlatRateLimiter daily =
        FlatRateLimiter.builder(Limit.of(1).per(Duration.ofDays(1)), 1).build();
    assertTrue(daily.tryAcquire(7));
    assertFalse(daily.tryAcquire(7));
  }

  @Test
  void arguments_bad_areNamed() {
    assertEquals(
        "limit",
        assertThrows(NullPointerException.class, () -> FlatRateLimiter.builder(null, 1))
            .getMessage());
    assertEquals(
        "ticker",
        assertThrows(
                NullPointerException.class,
                () -> FlatRateLimiter.builder(TEN_A_SECOND, 1).ticker(null))
            .getMessage());
    for (int keys : new int[] {0, -1, Integer.MIN_VALUE, (1 << 30) + 1, Integer.MAX_VALUE}) {
      assertEquals(
          "keys must be in [1, 1073741824], was " + keys,
          assertThrows(
                  IllegalArgumentException.class, () -> FlatRateLimiter.builder(TEN_A_SECOND, keys))
              .getMessage());
    }
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
  }

  @Nested
  class WhenFull {
    @Test
    void newKey_takesOverAnIdleCell() {
      for (int key = 1; key <= 4; key++) {
        drain(tiny, key);
      }
      ticker.advance(Duration.ofMillis(200));
      for (int key = 5; key <= 8; key++) {
        assertEquals(2, drain(tiny, key));
      }
      assertEquals(0, tiny.shared());
      for (int key = 5; key <= 8; key++) {
        assertFalse(tiny.tryAcquire(key));
      }
    }

    @Test
    void newKeys_thatFindNoCell_shareOneBucket() {
      for (int key = 1; key <= 4; key++) {
        drain(tiny, key);
      }
      assertEquals(
          new Decision(true, 2, Optional.of(Duration.ZERO), Duration.ZERO), tiny.peek(5, 1));
      assertTrue(tiny.tryAcquire(5));
      assertTrue(tiny.tryAcquire(6));
      assertFalse(tiny.tryAcquire(7));
      assertFalse(tiny.tryAcquire(5));
      assertEquals(2, tiny.shared());
      assertEquals(
          new Decision(false, 0, Optional.of(Duration.ofMillis(100)), Duration.ofMillis(200)),
          tiny.peek(7, 1));
    }

    @Test
    void keyThatShared_bringsItsDebtToItsCell() {
      drain(tiny, 1);
      for (int key = 2; key <= 4; key++) {
        assertTrue(tiny.tryAcquire(key));
      }
      assertEquals(2, drain(tiny, 5));
      ticker.advance(Duration.ofMillis(100));
      // Three cells are idle now. The key gets one, with the one permit that has arrived.
      assertTrue(tiny.tryAcquire(5));
      assertFalse(tiny.tryAcquire(5));
      assertEquals(2, tiny.shared());
      ticker.advance(Duration.ofMillis(200));
      assertEquals(2, drain(tiny, 5));
    }

    @Test
    void knownKey_keepsItsCell() {
      for (int key = 1; key <= 4; key++) {
        assertTrue(tiny.tryAcquire(key));
      }
      drain(tiny, 5);
      for (int key = 1; key <= 4; key++) {
        assertTrue(tiny.tryAcquire(key));
        assertFalse(tiny.tryAcquire(key));
      }
    }
  }

  @Nested
  class Clocks {
    @Test
    void clock_goesBack_grantsNothingToAKnownKey() {
      ticker.advance(Duration.ofSeconds(60));
      drain(tiny, 1);
      ticker.advance(Duration.ofSeconds(-10));
      assertFalse(tiny.tryAcquire(1));
      assertEquals(Optional.of(Duration.ofMillis(10_100)), tiny.peek(1, 1).retryAfter());
      assertEquals(2, drain(tiny, 2));
    }

    /** A thread that read the clock, and was then put aside until its key had been seen, drained and forgotten. */
    @Test
    void lateThread_ofAForgottenKey_cannotSpendTheBurstInThePast() {
      ticker.advance(Duration.ofSeconds(60));
      drain(tiny, 1);
      ticker.advance(Duration.ofMillis(200));
      for (int key = 2; key <= 5; key++) {
        tiny.tryAcquire(key);
      }
      ticker.advance(Duration.ofMillis(-199));
      // Its cell is gone, and so it shares.
      assertEquals(2, drain(tiny, 1));
      assertEquals(2, tiny.shared());
      ticker.advance(Duration.ofMillis(199));
      assertEquals(0, drain(tiny, 1));
    }

    @Test
    void clock_wrapsAroundLongMaxValue_isElapsedTime() {
      ticker.set(Long.MAX_VALUE);
      FlatRateLimiter wrapping =
          FlatRateLimiter.builder(TEN_A_SECOND, 10).ticker(ticker).build();
      assertEquals(2, drain(wrapping, 1));
      ticker.advance(Duration.ofMillis(100));
      assertEquals(1, drain(wrapping, 1));
    }

    @Test
    void clock_beforeItsOrigin_findsNewKeysFull() {
      ticker.set(-1);
      assertEquals(2, drain(limiter, 1));
      ticker.set(Long.MIN_VALUE);
      assertEquals(2, drain(limiter, 2));
      assertEquals(0, drain(limiter, 1));
    }
  }

  @Nested
  class Threads {
    /** Cells change hands all the time, and every key is wanted all the time. */
    @Test
    void tryAcquire_eightThreadsThatMoveTime_grantNoKeyMoreThanItsBucket() throws Exception {
      int keys = 100;
      FlatRateLimiter crowded = new FlatRateLimiter(new Gcra(TEN_A_SECOND), ticker, 2, 32);
      long[] sum = onEightThreads(keys, key -> {
        ticker.advance(5_000);
        return crowded.tryAcquire(key);
      });
      // 8 x 50,000 x 5 us = 2 s
      for (long one : sum) {
        assertTrue(one <= 2 + 20, "granted " + one);
      }
      assertTrue(crowded.shared() > 0);
    }
  }
}
