package dev.whiteboard.estimation.designs;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.whiteboard.estimation.Design;
import dev.whiteboard.estimation.UnknownNameException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Worked designs, each with its plan, board, API, schema and trade-offs.
 *
 * <pre>{@code
 * Design photos = Designs.named("image-service").with("writes", "10M/day");
 * photos.load("retrieval").servers();
 * }</pre>
 *
 * <p>Where a published exercise exists its numbers are used and its source is named; other numbers are guesses, stated as
 * intervals. Every one of them can be changed.
 */
public final class Designs {
  private static final ImmutableMap<String, Supplier<Design>> DESIGNS =
      ImmutableMap.<String, Supplier<Design>>builder()
          .put("image-service", ImageService::design)
          .put("link-shortener", LinkShortener::design)
          .put("pastebin", Pastebin::design)
          .put("news-feed", NewsFeed::design)
          .put("chat", Chat::design)
          .put("video", Video::design)
          .put("file-drive", FileDrive::design)
          .put("crawler", Crawler::design)
          .put("typeahead", Typeahead::design)
          .put("ride-hailing", RideHailing::design)
          .put("ticketing", Ticketing::design)
          .put("rate-limiter", RateLimiter::design)
          .buildOrThrow();

  private Designs() {}

  /**
   * Returns the names of the designs.
   *
   * @return what {@link #named} accepts
   */
  public static List<String> names() {
    return DESIGNS.keySet().asList();
  }

  /**
   * Returns a design.
   *
   * @param name one of {@link #names}
   * @return the design
   * @throws IllegalArgumentException if there is no such design; the message has the nearest name
   */
  public static Design named(String name) {
    Supplier<Design> design = DESIGNS.get(requireNonNull(name, "name"));
    if (design == null) {
      throw new UnknownNameException("design", name, names());
    }
    return design.get();
  }
}
