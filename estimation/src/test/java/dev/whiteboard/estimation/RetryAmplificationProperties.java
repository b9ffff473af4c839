package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class RetryAmplificationProperties {
  /** Each layer passes on what it could not mend, so the means of the layers multiply. */
  @Property
  void layersMultiply(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double failing,
      @ForAll @IntRange(min = 1, max = 6) int attempts,
      @ForAll @IntRange(min = 1, max = 5) int layers) {
    double expected = 1;
    double left = failing;
    for (int layer = 0; layer < layers; layer++) {
      double mean = 0;
      for (int i = 0; i < attempts; i++) {
        mean += Math.pow(left, i);
      }
      expected *= mean;
      left = Math.pow(left, attempts);
    }
    assertEquals(1, RetryAmplification.attempts(failing, attempts, layers) / expected, 1e-10);
    assertEquals(
        left, RetryAmplification.failureShareAfterRetries(failing, attempts, layers), 1e-12);
  }

  @Property
  void moreFailuresMakeMoreLoadUpToThePower(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.99) double failing,
      @ForAll @IntRange(min = 2, max = 10) int attempts,
      @ForAll @IntRange(min = 1, max = 5) int layers) {
    double load = RetryAmplification.attempts(failing, attempts, layers);
    assertTrue(load >= 1 && load <= RetryAmplification.mostAttempts(attempts, layers));
    assertTrue(RetryAmplification.attempts(failing + 0.01, attempts, layers) > load);
  }
}
