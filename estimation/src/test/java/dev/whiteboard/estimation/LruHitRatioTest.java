package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LruHitRatioTest {
  private static final Zipf ZIPF = Zipf.of(1000, 0.9);

  /** Equally popular items: every item is cached for the same share of time, so the hit ratio is the share cached. */
  @Test
  void che_uniformItems_isTheShareCached() {
    assertEquals(0.3, LruHitRatio.che(Zipf.of(1000, 0), 300), 1e-12);
    assertEquals(0.3, LruHitRatio.che(Zipf.of(1_000_000_000_000L, 0), 3e11), 1e-9);
  }

  @Test
  void che_noneOrAllCached_isZeroOrOne() {
    assertEquals(0, LruHitRatio.che(ZIPF, 0));
    assertEquals(1, LruHitRatio.che(ZIPF, 1000));
    assertEquals(1, LruHitRatio.che(ZIPF, 1e9));
    assertEquals(1, LruHitRatio.che(Zipf.of(1, 1), 1));
  }

  @Test
  void itemsForHitRatio_noneOrAll_isZeroOrEverything() {
    assertEquals(0, LruHitRatio.itemsForHitRatio(ZIPF, 0));
    assertEquals(1000, LruHitRatio.itemsForHitRatio(ZIPF, 1), 1e-9);
  }

  @Test
  void che_weights_agreesWithTheSameZipf() {
    double[] weights = new double[1000];
    Arrays.setAll(weights, i -> 7 * Math.pow(i + 1, -0.9));
    assertEquals(LruHitRatio.che(ZIPF, 100), LruHitRatio.che(weights, 100), 1e-5);
    assertEquals(
        LruHitRatio.itemsForHitRatio(ZIPF, 0.8), LruHitRatio.itemsForHitRatio(weights, 0.8), 2e-2);
  }

  @Test
  void che_itemsNeverAskedFor_takeNoRoom() {
    double[] weights = {1, 0, 0, 1, 0};
    assertEquals(1, LruHitRatio.che(weights, 2));
    assertEquals(0.5, LruHitRatio.che(weights, 1), 1e-12);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("cacheItems must be finite and >= 0, was -1.0", () -> LruHitRatio.che(ZIPF, -1));
    assertRefused(
        "target must be in [0, 1], was 1.1", () -> LruHitRatio.itemsForHitRatio(ZIPF, 1.1));
    assertRefused(
        "target must be in [0, 1], was NaN", () -> LruHitRatio.itemsForHitRatio(ZIPF, Double.NaN));
    assertRefused(
        "weight must be finite and >= 0, was -1.0", () -> LruHitRatio.che(new double[] {1, -1}, 1));
    assertRefused(
        "the sum of weights must be finite and > 0, was 0.0",
        () -> LruHitRatio.che(new double[] {0, 0}, 1));
    assertRefused(
        "the sum of weights must be finite and > 0, was 0.0",
        () -> LruHitRatio.che(new double[0], 1));
  }

  @Test
  void nullArgument_isNamed() {
    assertNull("popularity", () -> LruHitRatio.che((Zipf) null, 1));
    assertNull("weights", () -> LruHitRatio.che((double[]) null, 1));
    assertNull("popularity", () -> LruHitRatio.itemsForHitRatio((Zipf) null, 0.5));
    assertNull("weights", () -> LruHitRatio.itemsForHitRatio((double[]) null, 0.5));
  }

  private static void assertNull(String name, Runnable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call::run).getMessage());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
