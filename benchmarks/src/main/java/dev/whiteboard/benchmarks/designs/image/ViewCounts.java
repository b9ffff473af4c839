package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.image.records.Images;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts views in memory and adds them to the database now and then: a view is not worth a transaction. A crash loses those
 * of the last seconds.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class ViewCounts {
  private static final long DAY_MILLIS = 86_400_000;

  private final Images images;
  private final InstantSource clock;
  private final ConcurrentHashMap<Long, Long> views = new ConcurrentHashMap<>();

  ViewCounts(Images images, InstantSource clock) {
    this.images = images;
    this.clock = clock;
  }

  void add(long id) {
    views.merge(id, 1L, Long::sum);
  }

  /** Adds what was counted to the database, as views of today. */
  void flush() throws SQLException {
    Map<Long, Long> taken = new HashMap<>();
    for (Long id : views.keySet()) {
      Long count = views.remove(id);
      if (count != null) {
        taken.put(id, count);
      }
    }
    images.addViews(clock.millis() / DAY_MILLIS, taken);
  }
}
