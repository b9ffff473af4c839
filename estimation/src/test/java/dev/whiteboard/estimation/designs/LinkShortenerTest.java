package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkShortenerTest {
  private static final Design DESIGN = Designs.named("link-shortener");

  /** Grokking the System Design Interview, as noted in Jeevan-kumar-Raj/Grokking-System-Design dcafc27 designs/short-url.md. */
  @ParameterizedTest
  @CsvSource({
    "write-rate, 192.901234568",
    "read-rate, 19290.123456790",
    "objects, 3e10",
    "raw-storage, 1.5e13",
    "ingress, 96450.617283951",
    "egress, 9645061.728395062",
    "reads-per-day, 1666666666.666667",
    "cache-memory-by-rule, 1.666666666667e11"
  })
  void publishedExercise_isReproduced(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** 30 bn of 62^7: a guess meets a link once in 117 times. */
  @Test
  void codes_sufficeForTheLinks() {
    assertEquals(
        3e10 / 3_521_614_606_208.0, DESIGN.plan().step("codes-taken").value().value(), 1e-15);
  }

  /** 38,580 redirects a second at the peak: half miss the cache, and 2 ms each take 5 servers and a spare. */
  @Test
  void redirects_areByHand() {
    assertEquals(19_290.123457, Requests.on(DESIGN, "redirect", "links", "misses"), 1e-6);
    assertEquals(
        (long) Math.ceil(38_580.247 * 0.002 / (32 * 0.6)) + 1,
        DESIGN.load("redirect").servers());
  }

  /** 45 TB on 12 servers of 4 TB, and 2 spares. */
  @Test
  void bottleneck_isTheStoresDisks() {
    assertEquals("links", DESIGN.bottleneck().orElseThrow().component().id());
    assertEquals(45.0 / (14 * 4), DESIGN.bottleneck().orElseThrow().pressure(), 1e-9);
  }

  @Test
  void higherHitTarget_fewerMisses_manyTimesTheMemory() {
    Design cached = DESIGN.with("hit-target", "80%");
    assertEquals(7_716.049383, Requests.on(cached, "redirect", "links", "misses"), 1e-6);
    double ratio = cached.plan().step("cache-memory").value().value()
        / DESIGN.plan().step("cache-memory").value().value();
    assertTrue(ratio > 10, () -> "was " + ratio);
  }
}
