package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirthdayBoundTest {
  /** √(2^(bits + 1) ln (1 / (1 − p))) by 40-digit arithmetic, rounded to eight digits. */
  @ParameterizedTest
  @CsvSource({
    "16, 0.5, 301.41697",
    "32, 0.5, 77162.743",
    "41, 1e-18, 0.002097152",
    "52, 1e-6, 94906.289",
    "58, 0.01, 76115860",
    "64, 0.5, 5056937500",
    "74, 1e-12, 194368.03",
    "80, 0.75, 1.830807e12",
    "122, 1e-18, 3260954500",
    "122, 0.5, 2.7149227e18",
    "128, 1e-18, 26087636000",
    "160, 1e-15, 5.4064806e16",
    "160, 0.75, 2.0129935e24"
  })
  void idsAndProbability_fortyDigits_agree(int bits, double probability, double ids) {
    assertEquals(ids, BirthdayBound.idsForProbability(bits, probability), 5e-8 * ids);
    assertEquals(probability, BirthdayBound.collisionProbability(bits, ids), 1e-7 * probability);
  }

  @Test
  void extremes_areZeroOrOne() {
    assertEquals(0, BirthdayBound.collisionProbability(64, 0));
    assertEquals(1, BirthdayBound.collisionProbability(64, 1e300));
    assertEquals(0, BirthdayBound.idsForProbability(1023, 0));
    assertEquals(5.006e-310, BirthdayBound.collisionProbability(1023, 0.3), 1e-312);
    assertEquals(1.177410022515, BirthdayBound.idsForProbability(0, 0.5), 1e-12);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused(
        "randomBits must be in [0, 1023], was -1", () -> BirthdayBound.collisionProbability(-1, 1));
    assertRefused(
        "ids must be finite and >= 0, was -1.0", () -> BirthdayBound.collisionProbability(64, -1));
    assertRefused(
        "ids must be finite and >= 0, was NaN",
        () -> BirthdayBound.collisionProbability(64, Double.NaN));
    assertRefused(
        "randomBits must be in [0, 1023], was 1024",
        () -> BirthdayBound.idsForProbability(1024, 0.5));
    assertRefused(
        "collisionProbability must be in [0, 1), was 1.0",
        () -> BirthdayBound.idsForProbability(64, 1));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
