package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ZipfProperties {
  @Property(tries = 200)
  void sharesAgreeWithAddingUp(
      @ForAll @IntRange(min = 1, max = 20_000) int items,
      @ForAll @DoubleRange(min = 0, max = 4) double exponent,
      @ForAll @DoubleRange(min = 0, max = 1) double part) {
    Zipf zipf = Zipf.of(items, exponent);
    int count = (int) (items * part);
    double total = sum(items, k -> Math.pow(k, -exponent));
    assertEquals(sum(count, k -> Math.pow(k, -exponent)) / total, zipf.shareOfTop(count), 1e-11);
    assertEquals(Math.pow(items, -exponent) / total, zipf.probability(items), 1e-11 / total);
  }

  @Property(tries = 100)
  void distinctKeysAgreeWithAddingUp(
      @ForAll @IntRange(min = 1, max = 50_000) int items,
      @ForAll @DoubleRange(min = 0, max = 2) double exponent,
      @ForAll @DoubleRange(min = 1, max = 1e7) double draws) {
    double total = sum(items, k -> Math.pow(k, -exponent));
    double expected =
        sum(items, k -> -Math.expm1(draws * Math.log1p(-Math.pow(k, -exponent) / total)));
    assertEquals(expected, Zipf.of(items, exponent).distinctKeys(draws), 1e-4 * expected);
  }

  @Property(tries = 100)
  void nearExponentOneNothingJumps(
      @ForAll @IntRange(min = 100, max = 1_000_000) int items,
      @ForAll @IntRange(min = -1000, max = 1000) int steps) {
    double nearOne = 1 + steps * 1e-12;
    assertEquals(Zipf.of(items, 1).probability(1), Zipf.of(items, nearOne).probability(1), 2e-8);
  }

  @Property(tries = 100)
  void binsKeepNumberAndProbability(
      @ForAll @DoubleRange(min = 1, max = 1e18) double items,
      @ForAll @DoubleRange(min = 0, max = 3) double exponent) {
    Popularity popularity = new Zipf(Math.rint(items), exponent).popularity();
    assertEquals(Math.rint(items), popularity.items(), 1e-9 * items);
    assertEquals(1, popularity.sum(p -> p), 1e-9);
  }

  @Property(tries = 50)
  void moreDrawsTouchMore(
      @ForAll @DoubleRange(min = 1, max = 1e12) double draws,
      @ForAll @DoubleRange(min = 0, max = 2) double exponent) {
    Zipf zipf = Zipf.of(1_000_000_000_000L, exponent);
    double touched = zipf.distinctKeys(draws);
    assertTrue(touched <= draws * (1 + 1e-12) && touched <= 1e12);
    assertTrue(zipf.distinctKeys(2 * draws) > touched);
  }

  private static double sum(int last, DoubleUnaryOperator term) {
    double sum = 0;
    for (int k = last; k >= 1; k--) {
      sum += term.applyAsDouble(k);
    }
    return sum;
  }
}
