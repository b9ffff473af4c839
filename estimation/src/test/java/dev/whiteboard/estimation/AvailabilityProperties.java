package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class AvailabilityProperties {
  @Property
  void allOfNIsSeriesAndOneOfNIsParallel(
      @ForAll @IntRange(min = 1, max = 50) int parts,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 1) double availability) {
    double[] equal = DoubleStream.generate(() -> availability).limit(parts).toArray();
    assertEquals(Availability.series(equal), Availability.kOfN(parts, parts, availability), 1e-14);
    assertEquals(Availability.parallel(equal), Availability.kOfN(1, parts, availability), 1e-14);
  }

  @Property(tries = 300)
  void binomialAgreesWithAddingUpDecimals(
      @ForAll @IntRange(min = 1, max = 60) int trials,
      @ForAll @IntRange(min = 0, max = 60) int count,
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 1) double probability) {
    int least = Math.min(count, trials);
    BigDecimal p = new BigDecimal(probability);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal choices = BigDecimal.ONE;
    for (int i = 0; i <= trials; i++) {
      BigDecimal term = choices
          .multiply(p.pow(i, MathContext.DECIMAL128), MathContext.DECIMAL128)
          .multiply(BigDecimal.ONE.subtract(p).pow(trials - i, MathContext.DECIMAL128));
      sum = i >= least ? sum.add(term, MathContext.DECIMAL128) : sum;
      choices = choices
          .multiply(BigDecimal.valueOf(trials - i))
          .divide(BigDecimal.valueOf(i + 1), MathContext.DECIMAL128);
    }
    double expected = sum.doubleValue();
    double tolerance = expected < 1e-300 ? 1e-300 : 1e-12 * expected;
    assertEquals(expected, Binomial.atLeast(least, trials, probability), tolerance);
  }

  @Property
  void betterPartsAndSmallerQuorumsHelp(
      @ForAll @IntRange(min = 2, max = 10_000) int parts,
      @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 0.999) double availability,
      @ForAll @Scale(6) @DoubleRange(min = -3, max = 3) double deviations) {
    double spread = deviations * Math.sqrt(parts * availability * (1 - availability));
    int needed = (int) Math.max(1, Math.min(parts - 1, parts * availability + spread));
    double up = Availability.kOfN(needed, parts, availability);
    assertTrue(up >= 0 && up <= 1);
    assertTrue(Availability.kOfN(needed + 1, parts, availability) < up + 1e-12);
    assertTrue(Availability.kOfN(needed, parts, availability * 0.99) < up + 1e-12);
    assertEquals(
        1,
        up + Binomial.atLeast(parts - needed + 1, parts, 1 - availability),
        1e-9,
        "and its complement");
  }

  @Property
  void ninesAndAvailabilityAreInverse(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 9) double nines) {
    assertEquals(nines, Availability.nines(Availability.ofNines(nines)), 1e-6);
  }

  @Property
  void downtimeIsTheRestOfThePeriod(
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 1) double availability,
      @ForAll @DoubleRange(min = 0, max = 1e9) double days) {
    double down =
        Availability.downtime(availability, TimeSpan.of(days, CalendarUnit.DAY)).amount();
    assertEquals(days, down + availability * days, 1e-12 * days);
  }
}
