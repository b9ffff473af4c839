package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class EstimateProperties {
  @Provide
  Arbitrary<Estimate> estimates() {
    Arbitrary<Double> medians =
        Arbitraries.doubles().between(-6, 12).map(exponent -> Math.pow(10, exponent));
    Arbitrary<Double> factors = Arbitraries.doubles().between(1, 100);
    return Combinators.combine(medians, factors, factors)
        .as((median, down, up) -> new Estimate(median / down, median, median * up));
  }

  @Property(tries = 300)
  void resultsAreInOrderAndAtLeastAsWideAsTheirParts(
      @ForAll @From("estimates") Estimate a, @ForAll @From("estimates") Estimate b) {
    for (Estimate result : new Estimate[] {a.times(b), a.dividedBy(b)}) {
      assertTrue(result.low() <= result.value() && result.value() <= result.high());
      double width = Math.log(result.high() / result.low());
      assertTrue(
          width >= Math.max(Math.log(a.high() / a.low()), Math.log(b.high() / b.low())) - 1e-9);
      assertTrue(width <= Math.log(a.high() / a.low()) + Math.log(b.high() / b.low()) + 1e-9);
    }
    Estimate sum = a.plus(b);
    // A sum is below x less often than either part; 0.9 leaves room for the sampled percentiles.
    assertTrue(sum.low() >= 0.9 * Math.max(a.low(), b.low())
        && sum.high() >= 0.9 * Math.max(a.high(), b.high()));
    assertTrue(sum.low() <= sum.value() && sum.value() <= sum.high());
  }

  @Property(tries = 300)
  void productsCommuteAndMediansMultiply(
      @ForAll @From("estimates") Estimate a, @ForAll @From("estimates") Estimate b) {
    assertEquals(a.times(b), b.times(a));
    assertEquals(a.value() * b.value(), a.times(b).value());
    assertEquals(a.value() / b.value(), a.dividedBy(b).value());
  }

  @Property(tries = 300)
  void scaleDoesNotMatter(
      @ForAll @From("estimates") Estimate a,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double scale) {
    Estimate scaled = a.times(Estimate.exactly(scale));
    assertEquals(a.low() * scale, scaled.low(), 1e-12 * scaled.low());
    assertEquals(a.high() * scale, scaled.high(), 1e-12 * scaled.high());
  }

  /** Below the 5th percentile of the product lie 5 % of 100,000 draws; 0.4 points are 5.8 standard deviations: 1 in 10^8. */
  @Test
  void productIntervalHoldsNineDrawsInTen() {
    Estimate a = Estimate.between(25, 100);
    Estimate b = Estimate.between(1, 1000);
    Estimate product = a.times(b);
    Random random = new Random(7);
    double[] draws = new double[100_000];
    Arrays.setAll(draws, i -> draw(a, random) * draw(b, random));
    assertEquals(0.05, Arrays.stream(draws).filter(it -> it < product.low()).count() / 1e5, 0.004);
    assertEquals(0.05, Arrays.stream(draws).filter(it -> it > product.high()).count() / 1e5, 0.004);
  }

  private static double draw(Estimate it, Random random) {
    return it.value()
        * Math.exp(random.nextGaussian() * Math.log(it.high() / it.value()) / 1.6448536269514722);
  }
}
