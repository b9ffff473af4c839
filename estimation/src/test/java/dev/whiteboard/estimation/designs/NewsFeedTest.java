package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewsFeedTest {
  private static final Design DESIGN = Designs.named("news-feed");

  /** gitgik/distributed-system-design 276fd27 designing_instagram_feed.ipynb, published as 1B and 11500. */
  @ParameterizedTest
  @CsvSource({"checks-per-day, 1e9", "check-rate, 11574.074074074"})
  void publishedExercise_isReproduced(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** The same exercise keeps 500 photos of 200 KB for each of 200 M users; published as 2 PB on 20,000 servers, ten times too few. */
  @Test
  void feedsWithPhotos_take200000Servers() {
    Design photos = DESIGN.with("feed-entry", "200 KB");
    assertEquals(2e16, photos.load("feeds").stored().orElseThrow().value().value(), 1);
    assertEquals(200_000, photos.load("feeds").needed().orElseThrow().value().value());
  }

  /** 200 M x 500 x 16 B = 1.6 TB on servers of 100 GB, and a quarter more. */
  @Test
  void feedsWithIds_take16ServersAndFourSpares() {
    assertEquals(16, DESIGN.load("feeds").needed().orElseThrow().value().value());
    assertEquals(20, DESIGN.load("feeds").servers());
    assertEquals(0.8, DESIGN.load("feeds").full(), 1e-12);
  }

  /** 11,574 x 2 pages a second x 15 ms = 347 threads; 32 x 60 % a server; one spare. */
  @Test
  void feedService_servers_areByHand() {
    assertEquals(
        (long) Math.ceil(1e9 / 86_400 * 2 * 0.015 / (32 * 0.6)) + 1,
        DESIGN.load("feed").servers());
    assertEquals(20, DESIGN.load("feed").servers());
  }

  /** 20 M posts a day x 2 at the peak x 200 followers x the mean of 60 % and 90 %. */
  @Test
  void push_isPostsTimesFollowers() {
    double perSecond = 20e6 / 86_400 * 2 * 200 * Math.sqrt(0.6 * 0.9);
    assertEquals(perSecond, Requests.on(DESIGN, "fanout", "feeds", "push"), 1e-9 * perSecond);
    Design loved = DESIGN.with("followers", "1000");
    assertEquals(5 * perSecond, Requests.on(loved, "fanout", "feeds", "push"), 5e-9 * perSecond);
  }

  /** 73 TB of rows on 8 + 1 servers of 10 TB are just fuller than the feeds at 80 %. */
  @Test
  void bottleneck_isTheDatabase() {
    assertEquals("database", DESIGN.bottleneck().orElseThrow().component().id());
    assertEquals(73.0 / 90, DESIGN.bottleneck().orElseThrow().pressure(), 1e-9);
  }
}
