package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class UniversalScalabilityTest {
  /** A Cisco benchmark; usl4j's ModelTest, after B. Schwartz, Practical Scalability Analysis; digits by scipy. */
  @Test
  void fit_cisco_agreesWithUsl4jAndScipy() {
    double[] throughputs = {
      955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61,
      8278.71, 8646.7, 9047.84, 9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52,
      11151.43, 11518.63, 11806, 12089.37, 12075.41, 12177.29, 12211.41, 12158.93, 12155.27,
      12118.04, 12140.4, 12074.39
    };
    double[] workers = IntStream.rangeClosed(1, 32).asDoubleStream().toArray();
    UniversalScalability law = UniversalScalability.fit(workers, throughputs);
    assertEquals(995.64878, law.throughputOfOne(), 1e-5);
    assertEquals(0.026715945, law.contention(), 1e-9);
    assertEquals(7.6909392e-4, law.coherency(), 1e-11);
    assertEquals(35.573788, law.peakWorkers(), 1e-6);
    assertEquals(12341, Math.floor(law.throughput(35)), "usl4j's peak is at whole workers");
    assertEquals(12342.85, law.peakThroughput(), 0.01);
  }

  /** SPEC SDM91 on a SPARCcenter 2000; R usl 3.0.3. */
  @Test
  void fit_specSdm91_agreesWithRUsl() {
    UniversalScalability law = UniversalScalability.fit(
        new double[] {1, 18, 36, 72, 108, 144, 216},
        new double[] {64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2});
    assertEquals(89.995, law.throughputOfOne(), 5e-4);
    assertEquals(2.773e-2, law.contention(), 5e-6);
    assertEquals(1.044e-4, law.coherency(), 5e-8);
    assertEquals(96.51956, law.peakWorkers(), 5e-6);
    assertEquals(1884, law.peakThroughput(), 0.5);
  }

  /** Ray tracing on an Origin 2000. Without bounds κ would be −2.0e-4; the best law with κ = 0 is by scipy. */
  @Test
  void fit_raytracer_staysWithinBounds() {
    UniversalScalability law = UniversalScalability.fit(
        new double[] {1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64},
        new double[] {20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310});
    assertEquals(21.84884292, law.throughputOfOne(), 1e-7);
    assertEquals(0.05777078, law.contention(), 1e-8);
    assertEquals(0, law.coherency());
    assertEquals(Double.POSITIVE_INFINITY, law.peakWorkers());
    assertEquals(378.198850, law.peakThroughput(), 1e-5);
  }

  /** The example of R usl's own tests: λ = 1, σ = κ = 0.02, rounded to five digits. */
  @Test
  void fit_roundedLaw_isFoundAgain() {
    UniversalScalability law = UniversalScalability.fit(
        new double[] {1, 2, 4, 6, 8, 10}, new double[] {1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557});
    assertEquals(1, law.throughputOfOne(), 1e-5);
    assertEquals(0.02, law.contention(), 1e-5);
    assertEquals(0.02, law.coherency(), 1e-6);
  }

  /** Faster than in proportion: both coefficients are held at 0, and λ is that of a line through the origin. */
  @Test
  void fit_superlinear_isALine() {
    UniversalScalability law =
        UniversalScalability.fit(new double[] {1, 2, 3}, new double[] {1, 3, 6});
    assertEquals(new UniversalScalability(25 / 14.0, 0, 0), rounded(law));
  }

  private static UniversalScalability rounded(UniversalScalability law) {
    assertEquals(25 / 14.0, law.throughputOfOne(), 1e-14);
    return new UniversalScalability(25 / 14.0, law.contention(), law.coherency());
  }

  /** X = 1 / n³ is steeper than 1 / n², the steepest law there is; the larger λ, the nearer it comes. */
  @Test
  void fit_steeperThanAnyLaw_isRefusedOrNearIt() {
    double[] workers = {10, 20, 40, 80};
    double[] throughputs = Arrays.stream(workers).map(n -> 1 / (n * n * n)).toArray();
    assertEquals(
        "throughput falls too fast for a best fit",
        assertThrows(
                ArithmeticException.class, () -> UniversalScalability.fit(workers, throughputs))
            .getMessage());
  }

  @Test
  void throughput_ofOne_isLambda() {
    assertEquals(123.4, new UniversalScalability(123.4, 0.3, 0.1).throughput(1));
  }

  /** 1000 · 10 / (1 + 0.1 · 9 + 0.01 · 90) = 10,000 / 2.8; the peak is at √(0.9 / 0.01). */
  @Test
  void throughput_tenWorkers_isByHand() {
    UniversalScalability law = new UniversalScalability(1000, 0.1, 0.01);
    assertEquals(10_000 / 2.8, law.throughput(10), 1e-11);
    assertEquals(Math.sqrt(90), law.peakWorkers(), 1e-14);
  }

  @Test
  void peak_edges_areStated() {
    double endless = Double.POSITIVE_INFINITY;
    assertEquals(endless, new UniversalScalability(5, 0, 0).peakWorkers());
    assertEquals(endless, new UniversalScalability(5, 0, 0).peakThroughput());
    assertEquals(50, new UniversalScalability(5, 0.1, 0).peakThroughput());
    assertEquals(5, new UniversalScalability(5, 1, 0).peakThroughput());
    assertEquals(1, new UniversalScalability(5, 1.5, 0).peakWorkers());
    assertEquals(5, new UniversalScalability(5, 1.5, 0).peakThroughput());
    assertEquals(1, new UniversalScalability(5, 0.5, 2).peakWorkers());
    assertEquals(1, new UniversalScalability(5, 2, 2).peakWorkers());
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    double[] three = {1, 2, 3};
    assertRefused(
        "throughputOfOne must be finite and > 0, was 0.0", () -> new UniversalScalability(0, 0, 0));
    assertRefused(
        "contention must be finite and >= 0, was -1.0", () -> new UniversalScalability(1, -1, 0));
    assertRefused(
        "coherency must be finite and >= 0, was NaN",
        () -> new UniversalScalability(1, 0, Double.NaN));
    assertRefused(
        "workers must be finite and >= 1, was 0.5",
        () -> new UniversalScalability(1, 0, 0).throughput(0.5));
    assertRefused(
        "workers and throughputs must be as many, were 3 and 2",
        () -> UniversalScalability.fit(three, new double[2]));
    assertRefused(
        "workers must be in [1, 1e9], was 0.0",
        () -> UniversalScalability.fit(new double[] {1, 2, 0}, three));
    assertRefused(
        "throughput must be finite and > 0, was 0.0",
        () -> UniversalScalability.fit(three, new double[] {1, 2, 0}));
    assertRefused(
        "workers must have >= 3 different values, had 2",
        () -> UniversalScalability.fit(new double[] {1, 2, 2}, three));
    assertRefused(
        "workers must have >= 3 different values, had 0",
        () -> UniversalScalability.fit(new double[0], new double[0]));
    assertNull("workers", () -> UniversalScalability.fit(null, three));
    assertNull("throughputs", () -> UniversalScalability.fit(three, null));
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
