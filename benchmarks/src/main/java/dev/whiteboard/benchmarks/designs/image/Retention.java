package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.image.records.Accounts;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Removes what is too old, and what should not be there. */
final class Retention {
  /** An upload that has taken longer than this will not be completed any more: requests end sooner. */
  private static final Duration UNFINISHED = Duration.ofMinutes(10);

  private static final int BATCH = 1000;

  /**
   * What was removed.
   *
   * @param images older than the retention
   * @param unfinished half uploaded or half deleted
   * @param orphans files without a row
   * @param sessions ended
   * @param copied copies of files that were missing somewhere
   * @param thumbnails asked for once more, because nothing had come of it; this is the one number of what was not removed
   */
  record Swept(
      int images, int unfinished, int orphans, int sessions, long copied, int thumbnails) {}

  private final Images images;
  private final Accounts accounts;
  private final Archive archive;
  private final ThumbnailJobs thumbnailJobs;
  private final StorageCluster storage;
  private final InstantSource clock;
  private final Duration retention;

  Retention(ImageParts parts, Duration retention) {
    images = parts.images();
    accounts = parts.accounts();
    archive = parts.archive();
    thumbnailJobs = parts.thumbnailJobs();
    storage = parts.storage();
    clock = parts.clock();
    this.retention = retention;
  }

  /** Removes what is due while the services run. */
  Swept sweep() throws IOException, SQLException {
    return sweep(clock.instant().minus(UNFINISHED));
  }

  /** Removes all that a crash has left, before the services start. */
  Swept recover() throws IOException, SQLException {
    return sweep(Instant.ofEpochMilli(Long.MAX_VALUE));
  }

  private Swept sweep(Instant unfinishedBefore) throws IOException, SQLException {
    Instant now = clock.instant();
    int removed = 0;
    for (List<Long> old = images.uploadedBefore(now.minus(retention), BATCH);
        !old.isEmpty();
        old = images.uploadedBefore(now.minus(retention), BATCH)) {
      for (long id : old) {
        removed += archive.remove(id) ? 1 : 0;
      }
    }
    return new Swept(
        removed,
        archive.finish(unfinishedBefore),
        archive.removeOrphans(unfinishedBefore),
        accounts.dropExpired(now),
        storage.repair(),
        thumbnailJobs.sweep());
  }
}
