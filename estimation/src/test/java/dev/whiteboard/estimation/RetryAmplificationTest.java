package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAmplificationTest {
  /** Site Reliability Engineering, chapter 22: three retries in each of three layers make 64 attempts. */
  @Test
  void attempts_everythingFails_isThePower() {
    assertEquals(64, RetryAmplification.mostAttempts(4, 3));
    assertEquals(64, RetryAmplification.attempts(1, 4, 3));
    assertEquals(243, RetryAmplification.attempts(1, 3, 5));
  }

  /** 1 + 1/2 + 1/4; then two layers of two: 1.5 attempts below for each of 1.25 above. */
  @Test
  void attempts_halfFail_isByHand() {
    assertEquals(1.75, RetryAmplification.attempts(0.5, 3, 1), 1e-15);
    assertEquals(1.5 * 1.25, RetryAmplification.attempts(0.5, 2, 2), 1e-15);
    assertEquals(1.0 / 16, RetryAmplification.failureShareAfterRetries(0.5, 2, 2), 1e-17);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 3, 1, 0",
    "1, 1, 9, 1, 1",
    "0.25, 1, 1, 1, 0.25",
    "1, 2147483647, 40, Infinity, 1"
  })
  void attempts_edges_areStated(
      double failing, int attempts, int layers, double load, double left) {
    assertEquals(load, RetryAmplification.attempts(failing, attempts, layers), 1e-15);
    assertEquals(left, RetryAmplification.failureShareAfterRetries(failing, attempts, layers));
  }

  @Test
  void attempts_almostAllFail_approachesThePower() {
    assertEquals(64, RetryAmplification.attempts(1 - 1e-15, 4, 3), 1e-11);
    assertEquals(1e15, RetryAmplification.attempts(1 - 1e-15, Integer.MAX_VALUE, 3), 2e12);
  }

  /** Tolerance 3 %: over seven standard errors, which are 0.4 % of the mean. */
  @Test
  void attempts_playedThrough_agrees() {
    SplittableRandom random = new SplittableRandom(1);
    long[] attempts = new long[1];
    int failed = 0;
    for (int i = 0; i < 100_000; i++) {
      failed += succeeds(3, random, attempts) ? 0 : 1;
    }
    assertEquals(
        RetryAmplification.attempts(0.8, 2, 3), attempts[0] / 1e5, 0.03 * attempts[0] / 1e5);
    assertEquals(
        RetryAmplification.failureShareAfterRetries(0.8, 2, 3), failed / 1e5, 0.03 * failed / 1e5);
  }

  private static boolean succeeds(int layers, SplittableRandom random, long[] attempts) {
    if (layers == 0) {
      attempts[0]++;
      return random.nextDouble() >= 0.8;
    }
    boolean first = succeeds(layers - 1, random, attempts);
    return first || succeeds(layers - 1, random, attempts);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused(
        "failureShare must be in [0, 1], was 1.5", () -> RetryAmplification.attempts(1.5, 1, 1));
    assertRefused("maxAttempts must be >= 1, was 0", () -> RetryAmplification.attempts(0.5, 0, 1));
    assertRefused("layers must be >= 1, was 0", () -> RetryAmplification.attempts(0.5, 1, 0));
    assertRefused("maxAttempts must be >= 1, was -1", () -> RetryAmplification.mostAttempts(-1, 1));
    assertRefused("layers must be >= 1, was -1", () -> RetryAmplification.mostAttempts(1, -1));
    assertRefused(
        "failureShare must be in [0, 1], was NaN",
        () -> RetryAmplification.failureShareAfterRetries(Double.NaN, 1, 1));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
