package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An LRU cache under a Zipf load, simulated by a separate program: 6 million requests after 3 million of warm-up. */
class LruHitRatioVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 0.6, 100, 0.22035",
    "1000, 0.8, 10, 0.08243",
    "1000, 0.9, 10, 0.13569",
    "1000, 0.9, 200, 0.61104",
    "1000, 1.0, 10, 0.21062",
    "1000, 1.2, 10, 0.40423",
    "1000, 1.2, 500, 0.93673",
    "100000, 0.6, 1000, 0.05361",
    "100000, 0.8, 20000, 0.59221",
    "100000, 0.9, 1000, 0.34211",
    "100000, 0.9, 20000, 0.70756",
    "100000, 1.0, 100, 0.29000",
    "100000, 1.0, 50000, 0.91776",
    "100000, 1.2, 20000, 0.94562"
  })
  void agreesWithSimulation(long items, double exponent, double cacheItems, double simulated) {
    assertEquals(simulated, LruHitRatio.che(Zipf.of(items, exponent), cacheItems), 0.0015);
  }
}
