package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoTest {
  private static final Design DESIGN = Designs.named("video");

  /** A. Xu, System Design Interview, chapter 15, as noted in preslavmihaylov/booknotes e82ff15; published as 150 TB and USD 150k. */
  @ParameterizedTest
  @CsvSource({"uploaded-per-day, 1.5e14", "cdn-cost-per-day, 150000"})
  void publishedExercise_isReproduced(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** 25 M views a day x 2 at the peak x 150 segments. */
  @Test
  void segments_areByHand() {
    double perSecond = 25e6 / 86_400 * 2 * 150;
    assertEquals(perSecond, Requests.on(DESIGN, "client", "cdn", "segments"), 1e-9 * perSecond);
    double misses = perSecond * (1 - Math.sqrt(0.93 * 0.98));
    assertEquals(misses, Requests.on(DESIGN, "cdn", "shield", "misses"), 1e-9 * misses);
  }

  /** 5.79 videos a second x sqrt(20 x 60) minutes = 12,028 cores; 32 x 60 % a server; ten spares. */
  @Test
  void transcoders_areForTheAverage() {
    assertEquals(
        (long) Math.ceil(500_000 / 86_400.0 * Math.sqrt(20 * 60) * 60 / 19.2) + 10,
        DESIGN.load("transcode").servers());
    assertEquals(637, DESIGN.load("transcode").servers());
    assertEquals(637, DESIGN.with("peak-factor", "5").load("transcode").servers());
    assertEquals(191, DESIGN.with("transcode-time", "10 min").load("transcode").servers());
  }

  /** 500,000 a day x 365 x 5 x 300 MB x (1 + sqrt(0.5 x 1.5)) x 2, a quarter more of servers of 1 PB. */
  @Test
  void bottleneck_isTheDisks() {
    assertEquals("files", DESIGN.bottleneck().orElseThrow().component().id());
    double petabytes = 500_000 * 365.0 * 5 * 0.3e-6 * (1 + Math.sqrt(0.75)) * 2;
    assertEquals(
        (long) Math.ceil(petabytes) + (long) (petabytes / 4),
        DESIGN.load("files").servers());
  }

  @Test
  void shorterRetention_smallerStore_sameCdn() {
    Design year = DESIGN.with("retention", "1 year");
    double stored = DESIGN.load("files").stored().orElseThrow().value().value();
    assertEquals(
        stored / 5, year.load("files").stored().orElseThrow().value().value(), 1e-9 * stored);
    assertEquals(150_000, year.plan().step("cdn-cost-per-day").value().value(), 1e-4);
  }
}
