package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipfTest {
  /** 1 + 1/2 + 1/3 + 1/4 = 25/12. */
  @Test
  void probability_fourItems_isByHand() {
    Zipf zipf = Zipf.of(4, 1);
    assertEquals(12 / 25.0, zipf.probability(1), 1e-15);
    assertEquals(3 / 25.0, zipf.probability(4), 1e-15);
    assertEquals(18 / 25.0, zipf.shareOfTop(2), 1e-15);
    assertEquals(0, zipf.shareOfTop(0));
    assertEquals(1, zipf.shareOfTop(4));
  }

  @Test
  void exponentZero_isUniform() {
    Zipf zipf = Zipf.of(1_000_000_000_000L, 0);
    assertEquals(1e-12, zipf.probability(1), 1e-24);
    assertEquals(0.25, zipf.shareOfTop(250_000_000_000L), 1e-12);
  }

  /** Harmonic numbers to 17 digits by 30-digit arithmetic (mpmath: Hurwitz zeta). */
  @ParameterizedTest
  @CsvSource({"0.9, 0.0067087436732204068", "1, 0.035450638328432075", "1.2, 0.17947917389432882"})
  void probability_millionMillionItems_agreesWithThirtyDigits(double exponent, double expected) {
    assertEquals(expected, Zipf.of(1_000_000_000_000L, exponent).probability(1), 1e-12 * expected);
  }

  /** 0.2 of 1e5 items: the share that a perfect cache of that size serves; sums by a separate program. */
  @ParameterizedTest
  @CsvSource({"0.6, 0.52157", "0.8, 0.69798", "0.9, 0.78817", "1.0, 0.86688", "1.2, 0.96271"})
  void shareOfTop_fifthOfTheItems_isOftenNotFourFifths(double exponent, double expected) {
    assertEquals(expected, Zipf.of(100_000, exponent).shareOfTop(20_000), 5e-6);
  }

  @Test
  void distinctKeys_oneItemOrOneDraw_isOne() {
    assertEquals(1, Zipf.of(1, 0.9).distinctKeys(1000));
    assertEquals(1, Zipf.of(1_000_000_000_000L, 0.9).distinctKeys(1), 1e-12);
    assertEquals(0, Zipf.of(10, 0.9).distinctKeys(0));
    assertEquals(0.25, Zipf.of(1, 0.9).distinctKeys(0.25));
  }

  /** Two equally likely items: two draws touch 1 + 1/2. */
  @Test
  void distinctKeys_twoDrawsOfTwo_isOneAndAHalf() {
    assertEquals(1.5, Zipf.of(2, 0).distinctKeys(2), 1e-15);
  }

  @Test
  void distinctKeys_manyDraws_isAllItems() {
    assertEquals(1e6, Zipf.of(1_000_000, 1).distinctKeys(1e12), 1e-3);
  }

  @Test
  void manyMoreItemsThanALongCounts_stillSumsToOne() {
    Zipf zipf = new Zipf(1e30, 0.9);
    assertEquals(1, zipf.popularity().sum(p -> p), 1e-9);
    assertEquals(1e6, zipf.distinctKeys(1e6), 3e5);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("items must be >= 1, was 0", () -> Zipf.of(0, 1));
    assertRefused("exponent must be finite and >= 0, was -0.1", () -> Zipf.of(1, -0.1));
    assertRefused("exponent must be finite and >= 0, was NaN", () -> Zipf.of(1, Double.NaN));
    assertRefused("rank must be in [1, 5], was 0", () -> Zipf.of(5, 1).probability(0));
    assertRefused("rank must be in [1, 5], was 6", () -> Zipf.of(5, 1).probability(6));
    assertRefused("count must be in [0, 5], was -1", () -> Zipf.of(5, 1).shareOfTop(-1));
    assertRefused("count must be in [0, 5], was 6", () -> Zipf.of(5, 1).shareOfTop(6));
    assertRefused("draws must be finite and >= 0, was -1.0", () -> Zipf.of(5, 1).distinctKeys(-1));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
