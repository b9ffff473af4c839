package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Estimate TIMES_OVER_TWO = Estimate.between(0.5, 2);

  @Test
  void between_interval_hasTheGeometricMeanAsMedian() {
    assertEquals(new Estimate(25, 50, 100), Estimate.between(25, 100));
    assertEquals(1e300, Estimate.between(1e299, 1e301).value(), 1e287);
    assertFalse(Estimate.between(25, 100).isExact());
  }

  @Test
  void exactly_number_isItsOwnInterval() {
    assertEquals(new Estimate(3, 3, 3), Estimate.exactly(3));
    assertTrue(Estimate.exactly(0).isExact());
    assertEquals(Estimate.exactly(7), Estimate.between(7, 7));
  }

  @Test
  void times_exactNumbers_isExact() {
    assertEquals(Estimate.exactly(3e10), Estimate.exactly(5e8).times(Estimate.exactly(60)));
    assertEquals(Estimate.exactly(2.5), Estimate.exactly(5).dividedBy(Estimate.exactly(2)));
    assertEquals(Estimate.exactly(1271), Estimate.exactly(1000).plus(Estimate.exactly(271)));
  }

  /** 2^√6 = 5.46: as intervals the six factors would multiply to 64. */
  @Test
  void times_sixFactorsOfTwo_isAFactorOfFiveAndAHalf() {
    Estimate product = TIMES_OVER_TWO;
    for (int i = 1; i < 6; i++) {
      product = product.times(TIMES_OVER_TWO);
    }
    assertEquals(1, product.value(), 1e-12);
    assertEquals(Math.pow(2, Math.sqrt(6)), product.high(), 1e-12);
    assertEquals(1 / Math.pow(2, Math.sqrt(6)), product.low(), 1e-12);
  }

  @Test
  void dividedBy_uncertainNumber_swapsItsEnds() {
    Estimate quotient = Estimate.exactly(100).dividedBy(new Estimate(2, 10, 20));
    assertEquals(5, quotient.low(), 1e-12);
    assertEquals(10, quotient.value(), 1e-12);
    assertEquals(50, quotient.high(), 1e-12);
  }

  @Test
  void plus_exactNumber_shifts() {
    assertEquals(new Estimate(35, 60, 110), Estimate.between(25, 100).plus(Estimate.exactly(10)));
    assertEquals(new Estimate(35, 60, 110), Estimate.exactly(10).plus(Estimate.between(25, 100)));
  }

  /**
   * Percentiles of the sum of two independent log-normals with the 90 % interval [0.1, 10], by numerical convolution: 0.50699,
   * 2.83743, 17.5686. The standard error of a percentile of 2^14 draws is about
   * 2 %; 6 % is three of them (false alarm: below 1 in 100), and the seed is fixed.
   */
  @Test
  void plus_wideIntervals_agreesWithConvolution() {
    Estimate sum = Estimate.between(0.1, 10).plus(Estimate.between(0.1, 10));
    assertEquals(0.50699, sum.low(), 0.06 * 0.50699);
    assertEquals(2.83743, sum.value(), 0.06 * 2.83743);
    assertEquals(17.5686, sum.high(), 0.06 * 17.5686);
  }

  @Test
  void zero_inProductsAndSums_isZero() {
    Estimate zero = Estimate.exactly(0);
    assertEquals(zero, zero.times(TIMES_OVER_TWO));
    assertEquals(zero, TIMES_OVER_TWO.times(zero));
    assertEquals(zero, zero.dividedBy(TIMES_OVER_TWO));
    assertEquals(TIMES_OVER_TWO, zero.plus(TIMES_OVER_TWO));
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("value must be finite and >= 0, was NaN", () -> new Estimate(1, Double.NaN, 2));
    assertRefused("low must be finite and > 0, was 0.0", () -> Estimate.between(0, 1));
    assertRefused(
        "high must be finite and > 0, was Infinity",
        () -> Estimate.between(1, Double.POSITIVE_INFINITY));
    assertRefused("low must be <= high, was 2.0 > 1.0", () -> Estimate.between(2, 1));
    assertRefused(
        "an estimate must have 0 < low <= value <= high, was 0.0, 1.0, 2.0",
        () -> new Estimate(0, 1, 2));
    assertRefused(
        "an estimate must have 0 < low <= value <= high, was 2.0, 1.0, 3.0",
        () -> new Estimate(2, 1, 3));
    assertRefused(
        "divisor must be > 0, was 0", () -> TIMES_OVER_TWO.dividedBy(Estimate.exactly(0)));
  }

  @Test
  void result_beyondADouble_throws() {
    assertEquals(
        "the result is beyond the range of a double: Infinity, Infinity, Infinity",
        assertThrows(
                ArithmeticException.class,
                () -> Estimate.exactly(1e200).times(Estimate.exactly(1e200)))
            .getMessage());
    assertThrows(
        ArithmeticException.class, () -> Estimate.exactly(1e-200).times(Estimate.exactly(1e-200)));
    assertThrows(
        ArithmeticException.class, () -> Estimate.exactly(1e308).plus(Estimate.exactly(1e308)));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
