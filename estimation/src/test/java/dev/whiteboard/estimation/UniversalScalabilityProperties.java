package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;

class UniversalScalabilityProperties {
  private static final double[] WORKERS = {1, 2, 4, 8, 12, 16, 24, 32, 48, 64};

  @Property
  void fitFindsTheLawThatMadeTheNumbers(
      @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 1e9) double throughputOfOne,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double contention,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.1) double coherency) {
    UniversalScalability law = new UniversalScalability(throughputOfOne, contention, coherency);
    UniversalScalability found = fit(Arrays.stream(WORKERS).map(law::throughput).toArray());
    assertEquals(1, found.throughputOfOne() / throughputOfOne, 1e-7);
    assertEquals(contention, found.contention(), 1e-6);
    assertEquals(coherency, found.coherency(), 1e-7);
  }

  /** Random throughputs, most of which no law fits at all. */
  @Property
  void noLawThatIsTriedFitsBetter(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] throughputs =
        Arrays.stream(WORKERS).map(n -> random.nextDouble(1, 100)).toArray();
    UniversalScalability best = fit(throughputs);
    double least = error(best, throughputs);
    for (int i = 0; i < 200; i++) {
      double spread = Math.pow(10, -random.nextDouble(4));
      UniversalScalability other = new UniversalScalability(
          best.throughputOfOne() * (1 + spread * random.nextDouble(-1, 1)),
          Math.max(
              0, best.contention() * (1 + spread * random.nextDouble(-1, 1)) + nearZero(random)),
          Math.max(
              0, best.coherency() * (1 + spread * random.nextDouble(-1, 1)) + nearZero(random)));
      assertTrue(least <= error(other, throughputs) * (1 + 1e-9));
    }
  }

  private static double nearZero(SplittableRandom random) {
    return random.nextInt(4) == 0 ? Math.pow(10, -random.nextDouble(6)) : 0;
  }

  @Property(tries = 200)
  void unitsOfThroughputDoNotMatter(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] throughputs = Arrays.stream(WORKERS)
        .map(n -> random.nextDouble(1, 2) * n / (1 + 0.05 * n))
        .toArray();
    UniversalScalability law = fit(throughputs);
    UniversalScalability huge =
        fit(Arrays.stream(throughputs).map(x -> x * 0x1p900).toArray());
    assertEquals(law.throughputOfOne() * 0x1p900, huge.throughputOfOne());
    assertEquals(law.contention(), huge.contention());
    assertEquals(law.coherency(), huge.coherency());
  }

  @Property
  void throughputRisesToThePeakAndFallsAfterIt(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.99) double contention,
      @ForAll @Scale(6) @DoubleRange(min = 1e-6, max = 1e-3) double coherency) {
    UniversalScalability law = new UniversalScalability(1, contention, coherency);
    double peak = law.peakWorkers();
    assertTrue(peak > 1 && law.throughput(1 + (peak - 1) * 0.9) < law.peakThroughput());
    assertTrue(law.throughput(1 + (peak - 1) * 0.5) < law.throughput(1 + (peak - 1) * 0.9));
    assertTrue(law.throughput(peak * 1.1) < law.peakThroughput());
  }

  private static UniversalScalability fit(double[] throughputs) {
    return UniversalScalability.fit(WORKERS, throughputs);
  }

  private static double error(UniversalScalability law, double[] throughputs) {
    double error = 0;
    for (int i = 0; i < WORKERS.length; i++) {
      error += Math.pow(law.throughput(WORKERS[i]) - throughputs[i], 2);
    }
    return error;
  }
}
