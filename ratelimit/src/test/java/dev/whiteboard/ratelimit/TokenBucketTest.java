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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private final TestTicker ticker = new TestTicker();

  private TokenBucket bucket(Limit limit) {
    return RateLimiter.tokenBucket(limit).ticker(ticker).build();
  }

  @Test
  void tryAcquire_newBucket_isFull() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(3));
    assertTrue(bucket.tryAcquire());
    assertTrue(bucket.tryAcquire());
    assertTrue(bucket.tryAcquire());
    assertFalse(bucket.tryAcquire());
  }

  @Test
  void tryAcquire_emptyBucket_waitsForOnePermit() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(3));
    assertEquals(3, drain(bucket));
    ticker.advance(99_999_999);
    assertFalse(bucket.tryAcquire());
    ticker.advance(1);
    assertTrue(bucket.tryAcquire());
    assertFalse(bucket.tryAcquire());
  }

  @Test
  void tryAcquire_longIdle_savesNoMoreThanTheBurst() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(3));
    drain(bucket);
    ticker.advance(Duration.ofDays(1));
    assertEquals(3, drain(bucket));
  }

  @Test
  void tryAcquire_burstOfOne_spacesRequests() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(1));
    assertEquals(1, drain(bucket));
    ticker.advance(Duration.ofSeconds(1));
    assertEquals(1, drain(bucket));
  }

  @Test
  void tryAcquire_tooFewPermits_takesNone() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
    assertTrue(bucket.tryAcquire(3));
    assertFalse(bucket.tryAcquire(3));
    assertTrue(bucket.tryAcquire(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 1L << 40, Long.MAX_VALUE})
  void tryAcquire_moreThanTheBurst_isRefusedAtOnceAndTakesNone(long permits) {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
    assertFalse(bucket.tryAcquire(permits));
    assertTrue(bucket.tryAcquire(5));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void permits_fewerThanOne_areRefusedAndLeaveNoTrace(long permits) {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
    bucket.tryAcquire(2);
    String message = "permits must be >= 1, was " + permits;
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> bucket.tryAcquire(permits))
            .getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> bucket.refund(permits))
            .getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> bucket.peek(permits)).getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> bucket.reserve(permits, Duration.ZERO))
            .getMessage());
    assertEquals(3, bucket.stats().available());
  }

  @Test
  void builder_null_namesTheArgument() {
    assertEquals(
        "limit",
        assertThrows(NullPointerException.class, () -> RateLimiter.tokenBucket(null))
            .getMessage());
    assertEquals(
        "ticker",
        assertThrows(
                NullPointerException.class,
                () -> RateLimiter.tokenBucket(Limit.perSecond(1)).ticker(null))
            .getMessage());
  }

  @Test
  void limit_isTheOneGiven() {
    assertEquals(
        Limit.perSecond(10).burst(5), bucket(Limit.perSecond(10).burst(5)).limit());
  }

  @Test
  void build_noTicker_readsTheSystems() {
    TokenBucket bucket =
        RateLimiter.tokenBucket(Limit.of(1).per(Duration.ofDays(1))).build();
    assertTrue(bucket.tryAcquire());
    assertFalse(bucket.tryAcquire());
  }

  @Test
  void peek_permitsThere_isAllowedAndTakesNone() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
    Decision full = new Decision(true, 5, Optional.of(Duration.ZERO), Duration.ZERO);
    assertEquals(full, bucket.peek(5));
    assertEquals(full, bucket.peek(5));
  }

  @Test
  void peek_permitsMissing_tellsWhenTheyWillBeThere() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
    bucket.tryAcquire(4);
    ticker.advance(Duration.ofMillis(30));
    // 1.3 permits are there: 1.7 are missing for three, 3.7 for a full bucket.
    assertEquals(
        new Decision(false, 1, Optional.of(Duration.ofMillis(170)), Duration.ofMillis(370)),
        bucket.peek(3));
    assertEquals(
        new Decision(true, 1, Optional.of(Duration.ZERO), Duration.ofMillis(370)), bucket.peek(1));
  }

  @Test
  void peek_moreThanTheBurst_neverRetries() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
    bucket.tryAcquire(2);
    assertEquals(new Decision(false, 3, Optional.empty(), Duration.ofMillis(200)), bucket.peek(6));
    assertEquals(
        new Decision(false, 3, Optional.empty(), Duration.ofMillis(200)),
        bucket.peek(Long.MAX_VALUE));
  }

  @Test
  void peek_fractionOfANanosecond_roundsUp() {
    TokenBucket bucket = bucket(Limit.of(7).per(Duration.ofSeconds(3)));
    bucket.tryAcquire(7);
    // 3e9 / 7 = 428,571,428.57
    assertEquals(Optional.of(Duration.ofNanos(428_571_429)), bucket.peek(1).retryAfter());
    ticker.advance(428_571_428);
    assertFalse(bucket.tryAcquire());
    ticker.advance(1);
    assertTrue(bucket.tryAcquire());
  }

  @Test
  void stats_partlyFull_countsWholePermits() {
    TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
    bucket.tryAcquire(4);
    ticker.advance(Duration.ofMillis(199));
    assertEquals(new RateLimiter.Stats(2, Duration.ofMillis(201)), bucket.stats());
  }

  @Nested
  class Refund {
    private final TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));

    @Test
    void refund_takenPermits_areThereAgain() {
      bucket.tryAcquire(5);
      bucket.refund(2);
      assertEquals(new RateLimiter.Stats(2, Duration.ofMillis(300)), bucket.stats());
    }

    @Test
    void refund_moreThanTaken_fillsTheBucketAndNoMore() {
      bucket.tryAcquire(2);
      bucket.refund(4);
      assertEquals(5, drain(bucket));
    }

    @Test
    void refund_fullBucket_changesNothing() {
      ticker.advance(Duration.ofSeconds(1));
      bucket.refund(5);
      bucket.refund(Long.MAX_VALUE);
      assertEquals(5, drain(bucket));
      ticker.advance(Duration.ofMillis(100));
      assertEquals(1, drain(bucket));
    }

    @Test
    void refund_moreThanTheBurst_countsAsTheBurst() {
      bucket.tryAcquire(5);
      bucket.refund(Long.MAX_VALUE);
      assertEquals(5, drain(bucket));
    }

    @Test
    void refund_repeatedOfTheLargestBurst_neverOverflows() {
      TokenBucket bucket = bucket(Limit.perSecond(1_000_000_000).burst(1L << 61));
      assertTrue(bucket.tryAcquire(1L << 61));
      for (int i = 0; i < 10; i++) {
        bucket.refund(Long.MAX_VALUE);
        assertEquals(1L << 61, bucket.stats().available());
      }
    }
  }

  @Nested
  class Reserve {
    private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private final TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));

    private static Optional<Duration> millis(long wait) {
      return Optional.of(Duration.ofMillis(wait));
    }

    @Test
    void reserve_permitsThere_takesThemAtOnce() {
      assertEquals(Optional.of(Duration.ZERO), bucket.reserve(3, Duration.ZERO));
      assertEquals(2, bucket.stats().available());
    }

    @Test
    void reserve_permitsMissing_tellsWhenTheyArrive() {
      drain(bucket);
      assertEquals(millis(100), bucket.reserve(1, LONG));
      assertEquals(millis(300), bucket.reserve(2, LONG));
      ticker.advance(Duration.ofMillis(250));
      assertEquals(millis(550), bucket.reserve(5, LONG));
    }

    @Test
    void reserve_inDebt_isWaitedForByEverybody() {
      drain(bucket);
      bucket.reserve(5, LONG);
      assertEquals(new Decision(false, 0, millis(600), Duration.ofSeconds(1)), bucket.peek(1));
      ticker.advance(Duration.ofMillis(599));
      assertFalse(bucket.tryAcquire());
      ticker.advance(Duration.ofMillis(1));
      assertTrue(bucket.tryAcquire());
    }

    @Test
    void reserve_longerThanWorthIt_takesNone() {
      drain(bucket);
      assertEquals(Optional.empty(), bucket.reserve(2, Duration.ofMillis(200).minusNanos(1)));
      assertEquals(Optional.empty(), bucket.reserve(1, Duration.ZERO));
      assertEquals(millis(200), bucket.reserve(2, Duration.ofMillis(200)));
    }

    @Test
    void reserve_moreThanTheBurst_takesNone() {
      assertEquals(Optional.empty(), bucket.reserve(6, LONG));
      assertEquals(Optional.empty(), bucket.reserve(Long.MAX_VALUE, LONG));
      assertEquals(5, drain(bucket));
    }

    @Test
    void reserve_badWait_namesTheArgument() {
      assertEquals(
          "maxWait",
          assertThrows(NullPointerException.class, () -> bucket.reserve(1, null))
              .getMessage());
      assertEquals(
          "maxWait must be >= 0, was PT-0.000000001S",
          assertThrows(
                  IllegalArgumentException.class, () -> bucket.reserve(1, Duration.ofNanos(-1)))
              .getMessage());
      assertEquals(5, drain(bucket));
    }

    @Test
    void reserve_givenBack_isThereForTheNext() {
      drain(bucket);
      bucket.reserve(2, LONG);
      bucket.refund(2);
      assertEquals(millis(100), bucket.reserve(1, LONG));
      bucket.refund(Long.MAX_VALUE);
      assertEquals(4, bucket.stats().available());
    }

    @Test
    void reserve_clockBeforeItsOrigin_countsTheWayBack() {
      drain(bucket);
      ticker.advance(Duration.ofSeconds(-2));
      assertEquals(millis(2100), bucket.reserve(1, LONG));
      ticker.advance(Duration.ofSeconds(2));
      assertEquals(millis(200), bucket.reserve(1, LONG));
    }

    @Test
    void reserve_clockWraps_isElapsedTime() {
      ticker.set(Long.MAX_VALUE);
      TokenBucket wrapping = bucket(Limit.perSecond(10).burst(1));
      assertTrue(wrapping.tryAcquire());
      ticker.advance(Duration.ofMillis(50));
      assertTrue(ticker.read() < 0);
      assertEquals(millis(50), wrapping.reserve(1, LONG));
    }

    @Test
    void reserve_afterTheEndOfTime_takesNone() {
      TokenBucket large = bucket(Limit.perSecond(1_000_000_000).burst(1L << 61));
      assertEquals(Optional.of(Duration.ZERO), large.reserve(1L << 61, LONG));
      assertEquals(Optional.of(Duration.ofNanos(1L << 61)), large.reserve(1L << 61, LONG));
      // Ticks are nanoseconds here, and 2^62 - 1 is the last.
      assertEquals(Optional.empty(), large.reserve(1L << 61, LONG));
      assertEquals(
          Optional.of(Duration.ofNanos((1L << 62) - 1)), large.reserve((1L << 61) - 1, LONG));
      assertEquals(Optional.empty(), large.reserve(1, LONG));
      assertEquals(Optional.of(Elapsed.FOREVER), large.peek(1).retryAfter());
      large.refund(2);
      assertEquals(Optional.of(Duration.ofNanos((1L << 62) - 1)), large.reserve(2, LONG));
    }

    @Test
    void reserve_inTwoToThe63Nanoseconds_takesNone() {
      TokenBucket slow = bucket(Limit.of(1).per(Duration.ofNanos(Long.MAX_VALUE)));
      assertTrue(slow.tryAcquire());
      assertEquals(Optional.empty(), slow.reserve(1, LONG));
    }
  }

  @Nested
  class ChangeLimit {
    private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private final TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));

    @Test
    void changeLimit_null_namesTheArgument() {
      assertEquals(
          "next",
          assertThrows(NullPointerException.class, () -> bucket.changeLimit(null))
              .getMessage());
      assertEquals(Limit.perSecond(10).burst(5), bucket.limit());
    }

    @Test
    void changeLimit_isShown() {
      bucket.changeLimit(Limit.perSecond(3));
      assertEquals(Limit.perSecond(3), bucket.limit());
    }

    @Test
    void changeLimit_lowerBurst_cutsWhatIsThere() {
      bucket.tryAcquire();
      bucket.changeLimit(Limit.perSecond(10).burst(3));
      assertEquals(3, drain(bucket));
      assertFalse(bucket.tryAcquire(4));
    }

    @Test
    void changeLimit_higherBurst_keepsTheNumberAndFillsUp() {
      bucket.tryAcquire();
      bucket.changeLimit(Limit.perSecond(10).burst(50));
      assertEquals(new RateLimiter.Stats(4, Duration.ofMillis(4600)), bucket.stats());
      ticker.advance(Duration.ofMillis(4600));
      assertTrue(bucket.tryAcquire(50));
    }

    @Test
    void changeLimit_partOfAPermit_isCarriedOver() {
      drain(bucket);
      ticker.advance(Duration.ofMillis(30));
      bucket.changeLimit(Limit.perSecond(100).burst(5));
      // 0.3 permits are there, and 0.7 take 7 ms.
      assertEquals(Optional.of(Duration.ofMillis(7)), bucket.peek(1).retryAfter());
    }

    @Test
    void changeLimit_debt_staysTheSameTime() {
      drain(bucket);
      assertEquals(Optional.of(Duration.ofMillis(300)), bucket.reserve(3, LONG));
      bucket.changeLimit(Limit.perSecond(1).burst(2));
      assertEquals(Optional.of(Duration.ofMillis(1300)), bucket.reserve(1, LONG));
      bucket.changeLimit(Limit.perSecond(1000).burst(2));
      assertEquals(Optional.of(Duration.ofMillis(1301)), bucket.reserve(1, LONG));
    }

    @Test
    void changeLimit_longIdle_findsTheOldBurst() {
      drain(bucket);
      ticker.advance(Duration.ofDays(1));
      bucket.changeLimit(Limit.perSecond(10).burst(7));
      assertEquals(5, drain(bucket));
    }

    @Test
    void changeLimit_toTheSame_changesNothing() {
      TokenBucket odd = bucket(Limit.of(7).per(Duration.ofSeconds(3)));
      odd.tryAcquire(5);
      ticker.advance(1234567);
      Decision before = odd.peek(7);
      odd.changeLimit(Limit.of(7).per(Duration.ofSeconds(3)));
      assertEquals(before, odd.peek(7));
    }

    @Test
    void changeLimit_clockGoesBack_mintsNothing() {
      ticker.advance(Duration.ofSeconds(60));
      drain(bucket);
      ticker.advance(Duration.ofSeconds(-10));
      bucket.changeLimit(Limit.perSecond(10).burst(1));
      assertFalse(bucket.tryAcquire());
      ticker.advance(Duration.ofSeconds(10).minusNanos(1));
      assertFalse(bucket.tryAcquire());
    }

    /** Does something else whenever the clock is read: a change reads it when the old limit is closed. */
    private final class Interruption extends Ticker {
      private Runnable action = () -> {};

      @Override
      public long read() {
        Runnable once = action;
        action = () -> {};
        once.run();
        return ticker.read();
      }
    }

    @Test
    void changeLimit_inTheMiddleOfAnother_comesAfterIt() {
      Interruption clock = new Interruption();
      TokenBucket changing =
          RateLimiter.tokenBucket(Limit.perSecond(5)).ticker(clock).build();
      clock.action = () -> changing.changeLimit(Limit.perSecond(7));
      changing.changeLimit(Limit.perSecond(3));
      assertEquals(Limit.perSecond(7), changing.limit());
      assertEquals(3, drain(changing));
    }

    @Test
    void tryAcquire_inTheMiddleOfAChange_finishesIt() {
      Interruption clock = new Interruption();
      TokenBucket changing =
          RateLimiter.tokenBucket(Limit.perSecond(5)).ticker(clock).build();
      clock.action = () -> {
        assertEquals(Limit.perSecond(5), changing.limit());
        assertEquals(5, changing.peek(1).remaining());
        assertTrue(changing.tryAcquire(2));
        assertEquals(Limit.perSecond(3), changing.limit());
      };
      changing.changeLimit(Limit.perSecond(3));
      assertEquals(1, drain(changing));
    }

    @Test
    void changeLimit_debtBeyondTheEndOfTime_isNeverPaid() {
      TokenBucket large = bucket(Limit.perSecond(1_000_000_000).burst(1L << 61));
      large.tryAcquire(1L << 61);
      large.reserve(1L << 61, LONG);
      // The debt is 2^61 ns: 15 * 2^61 ticks.
      large.changeLimit(Limit.perSecond(15_000_000_000L).burst(1L << 61));
      assertEquals(Optional.empty(), large.reserve(1, LONG));
      assertFalse(large.tryAcquire());
      ticker.set(Long.MAX_VALUE);
      assertFalse(large.tryAcquire());
      large.changeLimit(Limit.of(1).per(Duration.ofNanos(Long.MAX_VALUE)));
      assertFalse(large.tryAcquire());
    }
  }

  @Nested
  class Clocks {
    private final TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));

    @Test
    void clock_standsStill_grantsTheBurstOnce() {
      assertEquals(5, drain(bucket));
      assertEquals(0, drain(bucket));
    }

    @Test
    void clock_goesBack_grantsNothingUntilItHasCaughtUp() {
      ticker.advance(Duration.ofSeconds(60));
      drain(bucket);
      ticker.advance(Duration.ofSeconds(-10));
      assertEquals(0, drain(bucket));
      assertEquals(0, bucket.stats().available());
      ticker.advance(Duration.ofSeconds(10));
      assertEquals(0, drain(bucket));
      ticker.advance(Duration.ofMillis(100));
      assertEquals(1, drain(bucket));
    }

    /** What golang.org/x/time/rate once did: golang/go#65508. */
    @Test
    void clock_goesBackAndForth_mintsNothing() {
      drain(bucket);
      for (int i = 0; i < 100; i++) {
        ticker.advance(Duration.ofMillis(-500));
        assertFalse(bucket.tryAcquire());
        ticker.advance(Duration.ofMillis(500));
        assertFalse(bucket.tryAcquire());
      }
    }

    @Test
    void clock_beforeItsOrigin_findsTheNewBucketFull() {
      ticker.set(-1);
      assertEquals(5, drain(bucket));
      ticker.set(Long.MIN_VALUE);
      assertEquals(0, drain(bucket));
      bucket.refund(2);
      assertEquals(2, drain(bucket));
    }

    @Test
    void clock_beforeItsOrigin_countsTheWayBackInItsHint() {
      drain(bucket);
      ticker.advance(Duration.ofSeconds(-2));
      assertEquals(Optional.of(Duration.ofMillis(2100)), bucket.peek(1).retryAfter());
      ticker.advance(Duration.ofMillis(2100).minusNanos(1));
      assertFalse(bucket.tryAcquire());
      ticker.advance(1);
      assertTrue(bucket.tryAcquire());
    }

    @Test
    void clock_wrapsAroundLongMaxValue_isElapsedTime() {
      ticker.set(Long.MAX_VALUE - 49_999_999);
      TokenBucket wrapping = bucket(Limit.perSecond(10).burst(5));
      drain(wrapping);
      ticker.advance(99_999_999);
      assertTrue(ticker.read() < 0);
      assertFalse(wrapping.tryAcquire());
      ticker.advance(1);
      assertEquals(1, drain(wrapping));
    }

    @Test
    void clock_jumpsAhead_fillsTheBucketAndNoMore() {
      drain(bucket);
      ticker.advance(Duration.ofDays(365 * 100));
      assertEquals(5, drain(bucket));
      ticker.advance(Duration.ofMillis(100));
      assertEquals(1, drain(bucket));
    }

    @Test
    void clock_after146Years_standsStill() {
      ticker.set(1L << 62);
      assertEquals(5, drain(bucket));
      ticker.set(Long.MAX_VALUE);
      assertEquals(0, drain(bucket));
      Duration forever = Duration.ofNanos(Long.MAX_VALUE);
      assertEquals(new Decision(false, 0, Optional.of(forever), forever), bucket.peek(1));
    }

    @Test
    void clock_lastNanosecondOf146Years_isStillExact() {
      ticker.set((1L << 62) - 100_000_001);
      drain(bucket);
      ticker.advance(99_999_999);
      assertFalse(bucket.tryAcquire());
      ticker.advance(1);
      assertTrue(bucket.tryAcquire());
    }
  }

  @Nested
  class Rates {
    @Test
    void rate_onePerDay_isExactToTheNanosecond() {
      TokenBucket bucket = bucket(Limit.of(1).per(Duration.ofDays(1)).burst(2));
      assertEquals(2, drain(bucket));
      ticker.advance(Duration.ofDays(1).minusNanos(1));
      assertEquals(0, drain(bucket));
      ticker.advance(1);
      assertEquals(1, drain(bucket));
    }

    @Test
    void rate_tenPerNanosecond_isExact() {
      TokenBucket bucket = bucket(Limit.of(10).per(Duration.ofNanos(1)).burst(1000));
      assertEquals(1000, drain(bucket));
      ticker.advance(3);
      assertEquals(30, drain(bucket));
    }

    @Test
    void rate_fasterThanFifteenPerNanosecond_isKept() {
      TokenBucket bucket = bucket(Limit.of(31).per(Duration.ofNanos(2)).burst(1_000_000));
      bucket.tryAcquire(1_000_000);
      ticker.advance(1001);
      // 15,515.5 permits have arrived.
      assertEquals(15_515, bucket.stats().available());
    }

    @Test
    void rate_sevenPerThreeSeconds_losesNoRest() {
      TokenBucket bucket = bucket(Limit.of(7).per(Duration.ofSeconds(3)).burst(2));
      long granted = 0;
      for (int i = 0; i <= 30_000; i++, ticker.advance(Duration.ofMillis(1))) {
        granted += drain(bucket);
      }
      assertEquals(2 + 70, granted);
    }

    @Test
    void rate_of999983PerSecond_doesNotDriftInFiveDays() {
      TokenBucket bucket = bucket(Limit.perSecond(999_983).burst(1L << 40));
      bucket.tryAcquire(1L << 40);
      long arrived = 999_983L * 86_400 * 5;
      ticker.advance(Duration.ofDays(5).minusNanos(1));
      assertEquals(arrived - 1, bucket.stats().available());
      ticker.advance(2);
      assertEquals(arrived, bucket.stats().available());
    }

    @Test
    void rate_oneIn292Years_isKept() {
      Duration longest = Duration.ofNanos(Long.MAX_VALUE);
      TokenBucket bucket = bucket(Limit.of(1).per(longest));
      assertTrue(bucket.tryAcquire());
      assertEquals(new Decision(false, 0, Optional.of(longest), longest), bucket.peek(1));
      ticker.set(Long.MAX_VALUE - 1);
      assertFalse(bucket.tryAcquire());
    }

    @Test
    void rate_largestBurst_isGrantedWhole() {
      TokenBucket bucket = bucket(Limit.perSecond(15_000_000_000L).burst(1L << 61));
      assertFalse(bucket.tryAcquire((1L << 61) + 1));
      assertTrue(bucket.tryAcquire(1L << 61));
      assertFalse(bucket.tryAcquire());
      ticker.advance(4);
      assertEquals(60, bucket.stats().available());
    }
  }

  /** What went wrong in token buckets that others published. */
  @Nested
  class Peers {
    /** Whole elapsed seconds were counted, and the rest was dropped at each poll. */
    @Test
    void polledEveryTenMilliseconds_refills() {
      TokenBucket bucket = bucket(Limit.perSecond(10).burst(5));
      int granted = 0;
      for (int millis = 0; millis <= 5000; millis += 10, ticker.advance(Duration.ofMillis(10))) {
        granted += bucket.tryAcquire() ? 1 : 0;
      }
      assertEquals(5 + 50, granted);
    }

    /** A scheduler refilled the whole bucket once a second: twice the capacity within 200 ms. */
    @Test
    void windowAcrossARefill_holdsNoTwoBursts() {
      TokenBucket bucket = bucket(Limit.perSecond(100));
      ticker.advance(Duration.ofMillis(900));
      long granted = drain(bucket);
      for (int i = 0; i < 200; i++) {
        ticker.advance(Duration.ofMillis(1));
        granted += drain(bucket);
      }
      assertEquals(100 + 20, granted);
    }

    /** One and a half permits a poll were rounded down to one. */
    @Test
    void polledEvery150Milliseconds_losesNoRest() {
      TokenBucket bucket = bucket(Limit.perSecond(10));
      drain(bucket);
      long granted = 0;
      for (int i = 0; i < 40; i++) {
        ticker.advance(Duration.ofMillis(150));
        granted += drain(bucket);
      }
      assertEquals(60, granted);
    }

    /** Elapsed time times rate overflowed a long. */
    @Test
    void idleForThreeHoursAtAMillionPerSecond_isFull() {
      TokenBucket bucket = bucket(Limit.perSecond(1_000_000));
      assertTrue(bucket.tryAcquire(1_000_000));
      ticker.advance(Duration.ofHours(3));
      assertEquals(1_000_000, bucket.stats().available());
      assertTrue(bucket.tryAcquire(1_000_000));
    }
  }

  @Nested
  class Threads {
    @Test
    void tryAcquire_eightThreadsAndNoTime_grantExactlyTheBurst() throws Exception {
      TokenBucket bucket = bucket(Limit.perSecond(1000).burst(100_000));
      assertEquals(100_000, onEightThreads(() -> drain(bucket)));
    }

    @Test
    void tryAcquire_eightThreadsThatMoveTime_grantExactlyWhatArrives() throws Exception {
      TokenBucket bucket = bucket(Limit.perSecond(1000).burst(100));
      assertTrue(bucket.tryAcquire());
      long granted = onEightThreads(() -> {
        long taken = 0;
        for (int i = 0; i < 50_000; i++) {
          ticker.advance(10_000);
          taken += bucket.tryAcquire() ? 1 : 0;
        }
        return taken;
      });
      // 8 x 50,000 x 10 us = 4 s. A hundred requests ask for each permit, so none overflows.
      assertEquals(99 + 4000, granted + drain(bucket));
    }

    @Test
    void refund_eightThreadsThatTakeAndGiveBack_leaveAFullBucket() throws Exception {
      TokenBucket bucket = bucket(Limit.perSecond(1000).burst(10));
      onEightThreads(() -> {
        long taken = 0;
        for (int i = 0; i < 50_000; i++) {
          if (bucket.tryAcquire(3)) {
            bucket.refund(3);
            taken++;
          }
        }
        return taken;
      });
      assertEquals(new RateLimiter.Stats(10, Duration.ZERO), bucket.stats());
      assertEquals(10, drain(bucket));
    }

    @Test
    void changeLimit_whileSevenThreadsTake_keepsTheNumberOfPermits() throws Exception {
      Limit[] limits = {
        Limit.perSecond(1000).burst(100_000),
        Limit.of(7).per(Duration.ofSeconds(3)).burst(100_000),
        Limit.perSecond(999_983).burst(100_000)
      };
      TokenBucket bucket = bucket(limits[0]);
      AtomicInteger number = new AtomicInteger();
      long granted = onEightThreads(() -> {
        if (number.getAndIncrement() > 0) {
          return drain(bucket);
        }
        for (int i = 0; bucket.stats().available() > 0; i++) {
          bucket.changeLimit(limits[i % 3]);
        }
        return 0L;
      });
      assertEquals(100_000, granted);
    }
  }
}
