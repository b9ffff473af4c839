package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.ratelimit.ConcurrencyLimiter.Outcome;
import dev.whiteboard.ratelimit.ConcurrencyLimiter.Stats;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConcurrencyLimiterTest {
  private static final long FAST = 1_000_000;
  private static final long TARGET = 10_000_000;
  private static final long SLOW = 10_000_001;

  private static ConcurrencyLimiter limiter(int min, int max, int initial) {
    return ConcurrencyLimiter.builder(Duration.ofMillis(10))
        .between(min, max)
        .initial(initial)
        .backoff(0.5)
        .build();
  }

  private static void fill(ConcurrencyLimiter limiter) {
    while (limiter.tryAcquire()) {
      // until it is full
    }
  }

  private static void release(ConcurrencyLimiter limiter, int times, long latency) {
    for (int i = 0; i < times; i++) {
      limiter.release(latency, Outcome.SUCCESS);
    }
  }

  @Test
  void tryAcquire_atTheLimit_isRefused() {
    ConcurrencyLimiter limiter = limiter(1, 100, 2);
    assertTrue(limiter.tryAcquire());
    assertTrue(limiter.tryAcquire());
    assertFalse(limiter.tryAcquire());
    limiter.release(0, Outcome.IGNORED);
    assertTrue(limiter.tryAcquire());
    assertEquals(new Stats(2, 2), limiter.stats());
  }

  @Test
  void release_aLimitsWorthInTime_growsByOne() {
    ConcurrencyLimiter limiter = limiter(1, 100, 4);
    fill(limiter);
    release(limiter, 3, TARGET);
    assertEquals(4, limiter.stats().limit());
    fill(limiter);
    release(limiter, 1, TARGET);
    assertEquals(5, limiter.stats().limit());
  }

  @Test
  void release_lessThanHalfUsed_doesNotGrow() {
    ConcurrencyLimiter limiter = limiter(1, 100, 4);
    for (int i = 0; i < 100; i++) {
      limiter.tryAcquire();
      release(limiter, 1, FAST);
    }
    assertEquals(4, limiter.stats().limit());
    limiter.tryAcquire();
    for (int i = 0; i < 4; i++) {
      limiter.tryAcquire();
      release(limiter, 1, FAST);
    }
    assertEquals(5, limiter.stats().limit());
  }

  @Test
  void release_late_shrinksOnceForAllThatWereInFlight() {
    ConcurrencyLimiter limiter = limiter(1, 100, 16);
    fill(limiter);
    release(limiter, 16, SLOW);
    assertEquals(8, limiter.stats().limit());
    fill(limiter);
    release(limiter, 1, SLOW);
    assertEquals(4, limiter.stats().limit());
  }

  @Test
  void release_dropped_shrinksWhateverTheLatency() {
    ConcurrencyLimiter limiter = limiter(1, 100, 16);
    limiter.tryAcquire();
    limiter.release(0, Outcome.DROPPED);
    assertEquals(8, limiter.stats().limit());
  }

  @Test
  void release_ignored_changesNoLimit() {
    ConcurrencyLimiter limiter = limiter(1, 100, 1);
    for (int i = 0; i < 10; i++) {
      limiter.tryAcquire();
      limiter.release(SLOW, Outcome.IGNORED);
    }
    assertEquals(new Stats(1, 0), limiter.stats());
  }

  @Test
  void limit_staysBetweenItsBounds() {
    ConcurrencyLimiter limiter = limiter(3, 5, 4);
    for (int i = 0; i < 20; i++) {
      limiter.tryAcquire();
      limiter.release(0, Outcome.DROPPED);
    }
    assertEquals(3, limiter.stats().limit());
    for (int i = 0; i < 100; i++) {
      fill(limiter);
      release(limiter, 1, FAST);
    }
    assertEquals(5, limiter.stats().limit());
    assertEquals(3, limiter(3, 5, 1).stats().limit());
    assertEquals(5, limiter(3, 5, 9).stats().limit());
  }

  @Test
  void tryAcquire_limitBelowWhatIsInFlight_waitsUntilEnoughHaveComeBack() {
    ConcurrencyLimiter limiter = limiter(1, 100, 4);
    fill(limiter);
    limiter.release(0, Outcome.DROPPED);
    assertEquals(new Stats(2, 3), limiter.stats());
    assertFalse(limiter.tryAcquire());
    release(limiter, 1, FAST);
    assertFalse(limiter.tryAcquire());
    release(limiter, 1, FAST);
    assertTrue(limiter.tryAcquire());
  }

  /**
   * A server answers in time up to 30 requests at once. AIMD with one half swings between 15 and 31 and never starves.
   */
  @Test
  void limit_serverWithAKnee_swingsBelowIt() {
    ConcurrencyLimiter limiter = limiter(1, 1000, 20);
    int lowest = 1000;
    int highest = 0;
    for (int round = 0; round < 500; round++) {
      fill(limiter);
      int inFlight = limiter.stats().inFlight();
      release(limiter, inFlight, inFlight > 30 ? SLOW : FAST);
      lowest = Math.min(lowest, limiter.stats().limit());
      highest = Math.max(highest, limiter.stats().limit());
    }
    assertEquals(15, lowest);
    assertEquals(31, highest);
  }

  @Test
  void defaults_areThoseOfThePage() {
    ConcurrencyLimiter limiter =
        ConcurrencyLimiter.builder(Duration.ofMillis(10)).build();
    assertEquals(20, limiter.stats().limit());
    limiter.tryAcquire();
    limiter.release(0, Outcome.DROPPED);
    assertEquals(18, limiter.stats().limit());
  }

  @Test
  void release_nothingInFlight_isRefused() {
    ConcurrencyLimiter limiter = limiter(1, 100, 4);
    assertEquals(
        "release without acquire: nothing is in flight",
        assertThrows(IllegalStateException.class, () -> limiter.release(0, Outcome.SUCCESS))
            .getMessage());
  }

  @Test
  void arguments_bad_areNamedAndLeaveNoTrace() {
    assertNull("target", () -> ConcurrencyLimiter.builder(null));
    assertRefused(
        "target must be in [PT0.000000001S, PT2562047H47M16.854775807S], was PT0S",
        () -> ConcurrencyLimiter.builder(Duration.ZERO));
    ConcurrencyLimiter.Builder builder = ConcurrencyLimiter.builder(Duration.ofMillis(10));
    assertRefused("min must be >= 1, was 0", () -> builder.between(0, 5));
    assertRefused("max must be >= min (5), was 4", () -> builder.between(5, 4));
    assertRefused("initial must be >= 1, was 0", () -> builder.initial(0));
    assertRefused("backoff must be in (0, 1), was 0.0", () -> builder.backoff(0));
    assertRefused("backoff must be in (0, 1), was 1.0", () -> builder.backoff(1));
    assertRefused("backoff must be in (0, 1), was NaN", () -> builder.backoff(Double.NaN));
    ConcurrencyLimiter limiter = limiter(1, 100, 4);
    limiter.tryAcquire();
    assertRefused("latencyNanos must be >= 0, was -1", () -> limiter.release(-1, Outcome.SUCCESS));
    assertNull("outcome", () -> limiter.release(0, null));
    assertEquals(new Stats(4, 1), limiter.stats());
  }

  @Test
  void tryAcquire_eightThreads_neverPassTheLargestLimitAndLeaveNothing() throws Exception {
    ConcurrencyLimiter limiter = limiter(2, 6, 4);
    AtomicInteger running = new AtomicInteger();
    long over = onEightThreads(() -> {
      long tooMany = 0;
      for (int i = 0; i < 20_000; i++) {
        if (limiter.tryAcquire()) {
          tooMany += running.incrementAndGet() > 6 ? 1 : 0;
          running.decrementAndGet();
          limiter.release(i % 50 == 0 ? SLOW : FAST, Outcome.SUCCESS);
        }
      }
      return tooMany;
    });
    assertEquals(0, over);
    assertEquals(0, limiter.stats().inFlight());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
