package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What {@link RateLimiter} makes of {@code reserve}: waiting, by a thread and by a timer. */
class AcquireTest {
  private final TestTicker ticker = new TestTicker();
  private final RateLimiter limiter =
      RateLimiter.tokenBucket(Limit.perSecond(10).burst(2)).ticker(ticker).build();
  private final List<Duration> naps = new ArrayList<>();
  private final TestTimer timer = new TestTimer();

  private void nap(Duration duration) {
    naps.add(duration);
    ticker.advance(duration);
  }

  @Test
  void acquire_permitsThere_doesNotSleep() throws Exception {
    limiter.acquire(2, this::nap);
    limiter.refund(1);
    limiter.acquire(1);
    assertEquals(List.of(), naps);
    assertFalse(limiter.tryAcquire());
  }

  @Test
  void acquire_permitsMissing_sleepsAsToldEachTime() throws Exception {
    for (int i = 0; i < 5; i++) {
      limiter.acquire(1, this::nap);
    }
    assertEquals(
        List.of(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100)), naps);
  }

  @Test
  void acquire_interrupted_refundsAndThrows() {
    limiter.tryAcquire(2);
    InterruptedException interrupt = new InterruptedException();
    assertEquals(
        interrupt,
        assertThrows(
            InterruptedException.class,
            () -> limiter.acquire(2, duration -> {
              throw interrupt;
            })));
    assertEquals(Duration.ofMillis(200), limiter.stats().untilFull());
  }

  @Test
  void acquire_interruptedThread_isThrownBySystemSleeper() {
    limiter.tryAcquire(2);
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> limiter.acquire(1));
    assertEquals(Duration.ofMillis(200), limiter.stats().untilFull());
  }

  @Test
  void acquire_badArguments_areNamedAndTakeNone() {
    assertEquals(
        "sleeper",
        assertThrows(NullPointerException.class, () -> limiter.acquire(1, null)).getMessage());
    assertEquals(
        "timer",
        assertThrows(NullPointerException.class, () -> limiter.acquireAsync(1, null))
            .getMessage());
    assertEquals(
        "permits must be >= 1, was 0",
        assertThrows(IllegalArgumentException.class, () -> limiter.acquire(0)).getMessage());
    assertEquals(
        "permits must be <= the burst of 2, was 3",
        assertThrows(IllegalArgumentException.class, () -> limiter.acquire(3)).getMessage());
    assertEquals(
        "permits must be <= the burst of 2, was 9223372036854775807",
        assertThrows(
                IllegalArgumentException.class, () -> limiter.acquireAsync(Long.MAX_VALUE, timer))
            .getMessage());
    assertEquals(2, limiter.stats().available());
  }

  @Test
  void acquire_afterTheEndOfTime_isRefused() {
    ticker.set(Long.MAX_VALUE);
    limiter.tryAcquire(2);
    assertEquals(
        "no wait is long enough for 1 permits of Limit[permits=10, period=PT1S, burst=2]",
        assertThrows(IllegalStateException.class, () -> limiter.acquire(1, this::nap))
            .getMessage());
  }

  @Test
  void acquireAsync_permitsThere_isDone() {
    assertTrue(limiter.acquireAsync(2, timer).toCompletableFuture().isDone());
    assertEquals(List.of(), timer.alarms);
    assertFalse(limiter.tryAcquire());
  }

  @Test
  void acquireAsync_permitsMissing_isDoneWhenTheTimerSaysSo() throws Exception {
    limiter.tryAcquire(2);
    CompletableFuture<Void> first = limiter.acquireAsync(1, timer).toCompletableFuture();
    CompletableFuture<Void> second = limiter.acquireAsync(1, timer).toCompletableFuture();
    assertEquals(
        List.of(100_000_000L, 200_000_000L),
        timer.alarms.stream().map(alarm -> alarm.delayNanos).toList());
    assertFalse(first.isDone());
    timer.alarms.get(0).run();
    assertTrue(first.isDone());
    assertFalse(second.isDone());
  }

  @Test
  void acquireAsync_cancelled_refundsOnce() throws Exception {
    limiter.tryAcquire(2);
    CompletableFuture<Void> stage = limiter.acquireAsync(1, timer).toCompletableFuture();
    assertEquals(Duration.ofMillis(300), limiter.stats().untilFull());
    assertTrue(stage.cancel(false));
    stage.cancel(false);
    timer.alarms.get(0).run();
    assertEquals(Duration.ofMillis(200), limiter.stats().untilFull());
    assertTrue(timer.alarms.get(0).isCancelled());
  }

  @Test
  void acquireAsync_cancelledWhenDone_refundsNothing() throws Exception {
    limiter.tryAcquire(2);
    CompletableFuture<Void> stage = limiter.acquireAsync(1, timer).toCompletableFuture();
    timer.alarms.get(0).run();
    assertFalse(stage.cancel(true));
    assertEquals(Duration.ofMillis(300), limiter.stats().untilFull());
  }

  @Test
  void acquireAsync_timerRefuses_refundsAndThrows() {
    limiter.tryAcquire(2);
    timer.refuses = true;
    assertThrows(RejectedExecutionException.class, () -> limiter.acquireAsync(1, timer));
    assertEquals(Duration.ofMillis(200), limiter.stats().untilFull());
  }
}
