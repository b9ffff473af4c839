package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class LruHitRatioProperties {
  @Property(tries = 50)
  void sizeForAHitRatioReachesIt(
      @ForAll @LongRange(min = 2, max = 1_000_000_000_000L) long items,
      @ForAll @DoubleRange(min = 0, max = 2) double exponent,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double target) {
    Zipf zipf = Zipf.of(items, exponent);
    double size = LruHitRatio.itemsForHitRatio(zipf, target);
    assertTrue(size > 0 && size < items);
    assertEquals(target, LruHitRatio.che(zipf, size), 1e-6);
  }

  @Property(tries = 50)
  void growsWithTheCacheAndStaysBelowThePerfectOne(
      @ForAll @LongRange(min = 100, max = 1_000_000_000_000L) long items,
      @ForAll @DoubleRange(min = 0, max = 2) double exponent,
      @ForAll @DoubleRange(min = 0.01, max = 0.49) double part) {
    Zipf zipf = Zipf.of(items, exponent);
    long size = (long) Math.ceil(items * part);
    double hitRatio = LruHitRatio.che(zipf, (double) size);
    assertTrue(hitRatio <= zipf.shareOfTop(size) + 1e-6);
    assertTrue(LruHitRatio.che(zipf, 1.5 * size) > hitRatio);
  }
}
