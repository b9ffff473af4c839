package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class BirthdayBoundProperties {
  @Property
  void idsAndProbabilityAreInverse(
      @ForAll @IntRange(min = 0, max = 1023) int bits,
      @ForAll @Scale(3) @DoubleRange(min = -18, max = -0.001) double exponent) {
    double probability = Math.pow(10, exponent);
    double ids = BirthdayBound.idsForProbability(bits, probability);
    assertEquals(1, BirthdayBound.collisionProbability(bits, ids) / probability, 1e-12);
  }

  /** The exact probability is 1 − Π (1 − i / 2^bits). */
  @Property
  void boundIsAtMostOnePartInNAboveTheTruth(
      @ForAll @IntRange(min = 8, max = 40) int bits,
      @ForAll @IntRange(min = 2, max = 20_000) int count) {
    int ids = (int) Math.min(count, 1.5 * Math.pow(2, bits / 2.0));
    double log = 0;
    for (int i = 1; i < ids; i++) {
      log += Math.log1p(-i * Math.pow(2, -bits));
    }
    double exact = -Math.expm1(log);
    double bound = BirthdayBound.collisionProbability(bits, ids);
    assertTrue(bound >= exact && bound <= exact * (1 + 1.0 / (ids - 1)) * (1 + 1e-9));
  }

  @Property
  void twoMoreBitsAllowTwiceTheIds(
      @ForAll @IntRange(min = 0, max = 1000) int bits,
      @ForAll @Scale(6) @DoubleRange(min = 0.000001, max = 0.999) double probability) {
    double ids = BirthdayBound.idsForProbability(bits, probability);
    assertEquals(2, BirthdayBound.idsForProbability(bits + 2, probability) / ids, 1e-14);
    assertTrue(BirthdayBound.collisionProbability(bits, 1.01 * ids) > probability);
  }
}
