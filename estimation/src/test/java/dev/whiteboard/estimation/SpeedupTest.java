package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedupTest {
  /** 1 / (0.05 + 0.95 / 8) = 5.93, and so on. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 8, 5.92592592593, 7.65",
    "0.95, 1024, 19.6356663471, 972.85",
    "0.5, 2, 1.33333333333, 1.5",
    "0.99, 64, 39.263803681, 63.37",
    "0.9, 10, 5.26315789474, 9.1",
    "0, 1000, 1, 1",
    "1, 1000, 1000, 1000"
  })
  void speedup_someMachines_isByHand(
      double share, int processors, double amdahl, double gustafson) {
    assertEquals(amdahl, Speedup.amdahl(share, processors), 1e-11 * amdahl);
    assertEquals(gustafson, Speedup.gustafson(share, processors), 1e-11 * gustafson);
  }

  @Property
  void amdahlIsUniversalScalabilityWithoutCoherency(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double share,
      @ForAll @IntRange(min = 1, max = 1_000_000_000) int processors) {
    double expected = new UniversalScalability(1, 1 - share, 0).throughput(processors);
    assertEquals(1, Speedup.amdahl(share, processors) / expected, 1e-12);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("parallelShare must be in [0, 1], was 1.1", () -> Speedup.amdahl(1.1, 1));
    assertRefused("processors must be >= 1, was 0", () -> Speedup.amdahl(0.5, 0));
    assertRefused(
        "parallelShare must be in [0, 1], was NaN", () -> Speedup.gustafson(Double.NaN, 1));
    assertRefused("processors must be >= 1, was -1", () -> Speedup.gustafson(0.5, -1));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
