package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every limiter does, shown for five permits in ten seconds. */
abstract class RateLimiterContract {
  static final Limit FIVE = Limit.of(5).per(Duration.ofSeconds(10));
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  final TestTicker ticker = new TestTicker();

  abstract RateLimiter limiter(Limit limit);

  static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void permits_fewerThanOne_areRefusedAndLeaveNoTrace(long permits) {
    RateLimiter limiter = limiter(FIVE);
    String message = "permits must be >= 1, was " + permits;
    assertRefused(message, () -> limiter.tryAcquire(permits));
    assertRefused(message, () -> limiter.reserve(permits, Duration.ZERO));
    assertRefused(message, () -> limiter.acquire(permits));
    assertRefused(message, () -> limiter.acquireAsync(permits, new TestTimer()));
    assertRefused(message, () -> limiter.peek(permits));
    assertRefused(message, () -> limiter.refund(permits));
    assertEquals(new RateLimiter.Stats(5, Duration.ZERO), limiter.stats());
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 1L << 40, Long.MAX_VALUE})
  void permits_moreThanTheBurst_areRefusedAtOnceAndLeaveNoTrace(long permits) {
    RateLimiter limiter = limiter(FIVE);
    assertFalse(limiter.tryAcquire(permits));
    assertEquals(Optional.empty(), limiter.reserve(permits, FOREVER));
    String message = "permits must be <= the burst of 5, was " + permits;
    assertRefused(message, () -> limiter.acquire(permits));
    assertRefused(message, () -> limiter.acquireAsync(permits, new TestTimer()));
    assertEquals(new Decision(false, 5, Optional.empty(), Duration.ZERO), limiter.peek(permits));
    assertTrue(limiter.tryAcquire(5));
  }

  @Test
  void arguments_bad_areNamed() {
    RateLimiter limiter = limiter(FIVE);
    assertNull("maxWait", () -> limiter.reserve(1, null));
    assertRefused(
        "maxWait must be >= 0, was PT-0.000000001S",
        () -> limiter.reserve(1, Duration.ofNanos(-1)));
    assertNull("sleeper", () -> limiter.acquire(1, null));
    assertNull("timer", () -> limiter.acquireAsync(1, null));
    assertNull("next", () -> limiter.changeLimit(null));
    assertEquals(new RateLimiter.Stats(5, Duration.ZERO), limiter.stats());
  }

  @Test
  void tryAcquire_allPermits_leavesNoneUntilTheHintHasPassed() {
    RateLimiter limiter = limiter(FIVE);
    assertTrue(limiter.tryAcquire(5));
    assertFalse(limiter.tryAcquire());
    Decision decision = limiter.peek(1);
    assertFalse(decision.allowed());
    assertEquals(0, decision.remaining());
    ticker.advance(decision.retryAfter().orElseThrow().minusNanos(1));
    assertFalse(limiter.tryAcquire());
    ticker.advance(1);
    assertTrue(limiter.tryAcquire());
  }

  @Test
  void reserve_permitsThere_waitsForNothing() {
    RateLimiter limiter = limiter(FIVE);
    assertEquals(Optional.of(Duration.ZERO), limiter.reserve(5, Duration.ZERO));
    assertEquals(Optional.empty(), limiter.reserve(1, Duration.ZERO));
  }

  @Test
  void reserve_longerThanMaxWait_takesNothing() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    Decision before = limiter.peek(1);
    // The first permit of a leaky bucket would leave here, so its queue of five is full a
    // nanosecond earlier.
    ticker.advance(Duration.ofSeconds(2));
    Duration wait = limiter.peek(1).retryAfter().orElseThrow();
    assertEquals(before.retryAfter().orElseThrow().minusSeconds(2), wait);
    assertEquals(Optional.empty(), limiter.reserve(1, wait.minusNanos(1)));
    assertEquals(wait, limiter.peek(1).retryAfter().orElseThrow());
    assertEquals(Optional.of(wait), limiter.reserve(1, wait));
    assertFalse(limiter.peek(1).retryAfter().orElseThrow().compareTo(wait) < 0);
  }

  @Test
  void reserve_maxWaitBeyondLongs_isAnyWait() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(1);
    ticker.advance(Duration.ofSeconds(4));
    assertTrue(limiter.reserve(3, Duration.ofSeconds(Long.MAX_VALUE)).isPresent());
  }

  @Test
  void acquire_permitsMissing_sleepsAsTold() throws Exception {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(2));
    Duration wait = limiter.peek(1).retryAfter().orElseThrow();
    List<Duration> slept = new ArrayList<>();
    limiter.acquire(1, duration -> {
      slept.add(duration);
      ticker.advance(duration);
    });
    assertEquals(List.of(wait), slept);
  }

  @Test
  void acquire_permitsThere_doesNotSleep() throws Exception {
    RateLimiter limiter = limiter(FIVE);
    limiter.acquire(4, duration -> {
      throw new AssertionError(duration);
    });
    assertFalse(limiter.tryAcquire(2));
  }

  @Test
  void acquire_noSleeper_isTheSystems() throws Exception {
    RateLimiter limiter = limiter(Limit.of(2).per(Duration.ofNanos(2)));
    limiter.acquire(2);
    ticker.advance(1);
    limiter.acquire(1);
    assertFalse(limiter.tryAcquire());
  }

  @Test
  void acquire_interrupted_throws() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(2));
    InterruptedException interrupt = new InterruptedException();
    assertSame(
        interrupt,
        assertThrows(
            InterruptedException.class,
            () -> limiter.acquire(1, duration -> {
              throw interrupt;
            })));
  }

  @Test
  void acquireAsync_permitsThere_isCompleteAtOnce() {
    TestTimer timer = new TestTimer();
    CompletableFuture<Void> usable = limiter(FIVE).acquireAsync(5, timer).toCompletableFuture();
    assertTrue(usable.isDone());
    assertEquals(List.of(), timer.alarms);
  }

  @Test
  void acquireAsync_permitsMissing_isCompleteWhenTheTimerRings() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(2));
    Duration wait = limiter.peek(1).retryAfter().orElseThrow();
    TestTimer timer = new TestTimer();
    CompletableFuture<Void> usable = limiter.acquireAsync(1, timer).toCompletableFuture();
    assertFalse(usable.isDone());
    assertEquals(wait.toNanos(), timer.alarms.get(0).delayNanos);
    RateLimiter.Stats before = limiter.stats();
    timer.alarms.get(0).run();
    assertTrue(usable.isDone());
    assertFalse(usable.cancel(false));
    assertEquals(before, limiter.stats());
  }

  @Test
  void acquireAsync_cancelled_stopsTheTimer() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(2));
    TestTimer timer = new TestTimer();
    CompletableFuture<Void> usable = limiter.acquireAsync(1, timer).toCompletableFuture();
    assertTrue(usable.cancel(false));
    assertTrue(timer.alarms.get(0).isCancelled());
  }

  @Test
  void acquireAsync_timerRefuses_throws() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(2));
    TestTimer timer = new TestTimer();
    timer.refuses = true;
    assertThrows(RejectedExecutionException.class, () -> limiter.acquireAsync(1, timer));
  }

  @Test
  void clock_standsStill_grantsTheBurstOnce() {
    RateLimiter limiter = limiter(FIVE);
    assertTrue(limiter.tryAcquire(5));
    assertFalse(limiter.tryAcquire());
  }

  @Test
  void clock_goesBackAndForth_mintsNothing() {
    RateLimiter limiter = limiter(FIVE);
    ticker.advance(Duration.ofSeconds(60));
    limiter.tryAcquire(5);
    for (int i = 0; i < 100; i++) {
      ticker.advance(Duration.ofSeconds(-7));
      assertFalse(limiter.tryAcquire());
      assertEquals(0, limiter.stats().available());
      ticker.advance(Duration.ofSeconds(7));
      assertFalse(limiter.tryAcquire());
    }
  }

  @Test
  void clock_beforeItsOrigin_findsTheNewLimiterFullAndCountsTheWayBack() {
    RateLimiter limiter = limiter(FIVE);
    ticker.set(Long.MIN_VALUE);
    assertEquals(new RateLimiter.Stats(5, Duration.ZERO), limiter.stats());
    ticker.set(-1);
    assertEquals(Optional.of(Duration.ZERO), limiter.reserve(5, Duration.ZERO));
    Duration wait = limiter.peek(1).retryAfter().orElseThrow();
    ticker.advance(Duration.ofSeconds(-2));
    assertEquals(wait.plusSeconds(2), limiter.peek(1).retryAfter().orElseThrow());
    ticker.advance(wait.plusSeconds(2).minusNanos(1));
    assertFalse(limiter.tryAcquire());
    ticker.advance(1);
    assertTrue(limiter.tryAcquire());
  }

  @Test
  void clock_wrapsAroundLongMaxValue_isElapsedTime() {
    ticker.set(Long.MAX_VALUE - 1);
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    Duration wait = limiter.peek(1).retryAfter().orElseThrow();
    ticker.advance(wait.minusNanos(1));
    assertTrue(ticker.read() < 0);
    assertFalse(limiter.tryAcquire());
    ticker.advance(1);
    assertTrue(limiter.tryAcquire());
  }

  @Test
  void clock_jumpsAhead_grantsTheBurstAndNoMore() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    ticker.advance(Duration.ofDays(365 * 100));
    assertTrue(limiter.tryAcquire(5));
    assertFalse(limiter.tryAcquire());
  }

  @Test
  void clock_atTheEndOfTime_grantsNoMoreThanTheBurst() {
    RateLimiter limiter = limiter(FIVE);
    ticker.set(Long.MAX_VALUE - 1);
    assertTrue(limiter.tryAcquire(5));
    assertEquals(Optional.empty(), limiter.reserve(1, FOREVER));
    assertEquals(Optional.of(FOREVER), limiter.peek(1).retryAfter());
    assertEquals(
        "no wait is long enough for 1 permits of " + FIVE,
        assertThrows(IllegalStateException.class, () -> limiter.acquire(1)).getMessage());
    ticker.set(Long.MAX_VALUE);
    assertFalse(limiter.tryAcquire());
    assertEquals(Optional.of(FOREVER), limiter.peek(1).retryAfter());
    assertEquals(0, limiter.stats().available());
  }

  @Test
  void limit_isTheOneGivenThenTheOneChangedTo() {
    RateLimiter limiter = limiter(FIVE);
    assertEquals(FIVE, limiter.limit());
    limiter.changeLimit(Limit.perSecond(7));
    assertEquals(Limit.perSecond(7), limiter.limit());
  }

  /** An adaptive limiter once captured the limit when a key's bucket was created: changes never reached it. */
  @Test
  void changeLimit_existingLimiter_keepsTheNewOne() {
    RateLimiter limiter = limiter(FIVE);
    limiter.changeLimit(Limit.of(3).per(Duration.ofSeconds(1)));
    assertFalse(limiter.tryAcquire(4));
    assertTrue(limiter.tryAcquire(3));
    assertFalse(limiter.tryAcquire());
    ticker.advance(Duration.ofSeconds(3));
    assertTrue(limiter.tryAcquire(3));
    limiter.changeLimit(Limit.of(8).per(Duration.ofSeconds(1)));
    ticker.advance(Duration.ofSeconds(3));
    assertTrue(limiter.tryAcquire(8));
  }

  @Test
  void changeLimit_noneLeft_givesNoneAway() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    limiter.changeLimit(Limit.of(500).per(Duration.ofSeconds(10)));
    assertEquals(0, limiter.stats().available());
    assertFalse(limiter.tryAcquire());
    limiter.changeLimit(FIVE);
    assertFalse(limiter.tryAcquire());
  }

  @Test
  void changeLimit_reserved_keepsTheTimeThatWasTold() {
    RateLimiter limiter = limiter(FIVE);
    limiter.tryAcquire(5);
    ticker.advance(Duration.ofSeconds(2));
    Duration told = limiter.reserve(1, FOREVER).orElseThrow();
    limiter.changeLimit(Limit.of(500).per(Duration.ofSeconds(10)));
    ticker.advance(Duration.ofSeconds(1));
    Duration next = limiter.reserve(1, FOREVER).orElseThrow().plusSeconds(1);
    assertTrue(next.compareTo(told) >= 0, next + " overtakes " + told);
  }

  @Test
  void changeLimit_often_letsPermitsArriveAllTheSame() {
    RateLimiter limiter = limiter(FIVE);
    long granted = 0;
    for (int second = 0; second < 1000; second++, ticker.advance(Duration.ofSeconds(1))) {
      limiter.changeLimit(second % 2 == 0 ? FIVE : Limit.of(6).per(Duration.ofSeconds(10)));
      granted += limiter.tryAcquire() ? 1 : 0;
    }
    // Five in ten seconds are 500. Each way of counting has its own edge, so this leaves some room.
    assertTrue(granted >= 400 && granted <= 620, "granted " + granted);
  }

  @Test
  void changeLimit_whileEightThreadsTake_mintsNothing() throws Exception {
    RateLimiter limiter = limiter(Limit.perSecond(1000));
    ticker.advance(Duration.ofSeconds(5));
    Limit other = Limit.perSecond(2000);
    long taken = onEightThreads(() -> {
      long mine = 0;
      for (int i = 0; i < 2000; i++) {
        mine += limiter.tryAcquire() ? 1 : 0;
        if (i % 100 == 0) {
          limiter.changeLimit(i % 200 == 0 ? other : Limit.perSecond(1000));
        }
      }
      return mine;
    });
    assertEquals(permitsAtOnceOneByOne(1000), taken);
  }

  /** How many of a full burst single requests can take while time stands still. */
  long permitsAtOnceOneByOne(long burst) {
    return burst;
  }
}
