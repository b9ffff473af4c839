package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AdaptiveThrottleTest {
  private final TestTicker ticker = new TestTicker();

  private AdaptiveThrottle throttle(RandomGenerator random) {
    return AdaptiveThrottle.builder(random).ticker(ticker).build();
  }

  /** A generator whose every fraction is the same. */
  private record Fixed(double value) implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new AssertionError();
    }

    @Override
    public double nextDouble() {
      return value;
    }
  }

  @Test
  void rejectionProbability_isTheBooksFormula() {
    AdaptiveThrottle throttle = throttle(new Fixed(0.99));
    assertEquals(0, throttle.rejectionProbability());
    for (int i = 0; i < 9; i++) {
      assertTrue(throttle.tryAcquire());
    }
    throttle.accepted();
    throttle.accepted();
    // (9 - 2 * 2) / (9 + 1)
    assertEquals(0.5, throttle.rejectionProbability());
    throttle.accepted();
    throttle.accepted();
    throttle.accepted();
    assertEquals(0, throttle.rejectionProbability());
  }

  @Test
  void tryAcquire_heldBack_countsAsWanted() {
    AdaptiveThrottle throttle = throttle(new Fixed(0));
    assertTrue(throttle.tryAcquire());
    for (int i = 0; i < 8; i++) {
      assertEquals(false, throttle.tryAcquire());
    }
    assertEquals(0.9, throttle.rejectionProbability());
  }

  @Test
  void tryAcquire_allAccepted_drawsNothing() {
    AdaptiveThrottle throttle = throttle(new Fixed(Double.NaN));
    for (int i = 0; i < 1000; i++) {
      assertTrue(throttle.tryAcquire());
      throttle.accepted();
    }
    assertEquals(0, throttle.rejectionProbability());
  }

  @Test
  void rejectionProbability_afterTwoMinutes_hasForgotten() {
    AdaptiveThrottle throttle = throttle(new Fixed(0.99));
    throttle.tryAcquire();
    assertEquals(0.5, throttle.rejectionProbability());
    ticker.advance(Duration.ofMinutes(2).minusNanos(1));
    assertEquals(0.5, throttle.rejectionProbability());
    ticker.advance(1);
    assertEquals(0, throttle.rejectionProbability());
  }

  @Test
  void clock_goesBack_forgetsNothing() {
    ticker.set(Long.MAX_VALUE);
    AdaptiveThrottle throttle = throttle(new Fixed(0.99));
    ticker.advance(Duration.ofHours(1));
    throttle.tryAcquire();
    ticker.advance(Duration.ofMinutes(-70));
    throttle.tryAcquire();
    assertEquals(2.0 / 3, throttle.rejectionProbability());
  }

  /**
   * A server accepts one request in ten of what is wanted. In balance the client sends K times what is accepted, so
   * with K = 2 a fifth of 1,000 a second. Sent are about binomial: sigma = sqrt(n p (1 - p)) over the 60,000 of the
   * last minute; 5 sigma for the correlation. Seed 1.
   */
  @Test
  void tryAcquire_overloadedServer_sendsTwiceWhatItAccepts() {
    AdaptiveThrottle throttle = throttle(new Random(1));
    int sent = 0;
    for (int second = 0; second < 360; second++) {
      int capacity = 100;
      for (int i = 0; i < 1000; i++, ticker.advance(Duration.ofMillis(1))) {
        if (throttle.tryAcquire()) {
          sent += second >= 300 ? 1 : 0;
          if (capacity-- > 0) {
            throttle.accepted();
          }
        }
      }
    }
    assertEquals(12_000, sent, 5 * Math.sqrt(60_000 * 0.2 * 0.8));
  }

  @Test
  void builder_badArguments_areNamed() {
    assertNull("random", () -> AdaptiveThrottle.builder(null));
    AdaptiveThrottle.Builder builder = AdaptiveThrottle.builder(new Random(1));
    assertRefused("multiplier must be in [1, 1000], was 0.9", () -> builder.multiplier(0.9));
    assertRefused("multiplier must be in [1, 1000], was NaN", () -> builder.multiplier(Double.NaN));
    assertRefused(
        "multiplier must be in [1, 1000], was Infinity",
        () -> builder.multiplier(Double.POSITIVE_INFINITY));
    assertRefused("window must be in [PT1S, PT24H], was PT0S", () -> builder.window(Duration.ZERO));
    assertNull("window", () -> builder.window(null));
    assertNull("ticker", () -> builder.ticker(null));
  }

  @Test
  void builder_otherMultiplierAndWindow_areKept() {
    AdaptiveThrottle throttle = AdaptiveThrottle.builder(new Fixed(0.99))
        .multiplier(1)
        .window(Duration.ofSeconds(12))
        .ticker(ticker)
        .build();
    throttle.tryAcquire();
    throttle.tryAcquire();
    throttle.tryAcquire();
    throttle.accepted();
    assertEquals(0.5, throttle.rejectionProbability());
    ticker.advance(Duration.ofSeconds(12));
    assertEquals(0, throttle.rejectionProbability());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
