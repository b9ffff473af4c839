package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.database.Database;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnail;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnails;
import dev.whiteboard.core.job.DeadLetter;
import dev.whiteboard.core.job.Job;
import dev.whiteboard.core.job.JobQueue;
import dev.whiteboard.core.job.JobQueueException;
import dev.whiteboard.core.job.Lease;
import dev.whiteboard.core.job.Retry;
import dev.whiteboard.core.job.SqlJobQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of making thumbnails, a queue in the images' database.
 *
 * <p>A job that is lost, because the process ended between publishing an image and enqueuing, is missed by {@link #sweep}:
 * the image's row says that its thumbnail is wanted.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class ThumbnailJobs {
  private static final Logger LOG = LoggerFactory.getLogger(ThumbnailJobs.class);

  private static final int ATTEMPTS = 3;
  private static final Retry RETRY =
      Retry.doubling(ATTEMPTS, Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** Longer than the largest image takes. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration COMPLETED = Duration.ofDays(1);
  private static final Duration DEAD = Duration.ofDays(30);
  private static final int BATCH = 1000;

  private final Thumbnails thumbnails;
  private final InstantSource clock;
  private final JobQueue queue;

  /** Has a permit for each job that was enqueued since the worker looked. */
  private final Semaphore bell = new Semaphore(0);

  ThumbnailJobs(Database database, Thumbnails thumbnails, InstantSource clock) {
    this.clock = clock;
    this.thumbnails = thumbnails;
    SqlJobQueue jobs = SqlJobQueue.builder(database.dataSource(), RETRY)
        .table("thumbnail_jobs")
        .clock(clock)
        .build();
    jobs.createTable();
    queue = jobs;
  }

  /** Asks for the thumbnail of an image that has been published. If that fails, a sweep asks again. */
  void enqueue(long imageId) {
    try {
      queue.enqueue(job(imageId));
      bell.release();
    } catch (JobQueueException e) {
      LOG.warn("the thumbnail of image {} waits for the next sweep", imageId, e);
    }
  }

  private static Job job(long imageId) {
    return Job.of("thumbnail:" + imageId, Long.toString(imageId));
  }

  /** The image that a job is about. */
  static long imageId(Lease lease) {
    return Long.parseLong(lease.job().payload());
  }

  /** Whether a job that fails now is not tried again. */
  static boolean isLastAttempt(Lease lease) {
    return lease.attempt() >= ATTEMPTS;
  }

  Optional<Lease> take() {
    return queue.take(LEASE);
  }

  /** Waits until a job is enqueued, and no longer than {@code most}, when one that has failed may be due again. */
  @SuppressWarnings("ResultOfMethodCallIgnored") // either way it is time to look
  void await(Duration most) throws InterruptedException {
    bell.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
    bell.drainPermits();
  }

  /** Lets go whoever waits. */
  void wake() {
    bell.release();
  }

  /**
   * Enqueues what was missed, a thousand at most, and tries again what died of something else than its image.
   *
   * @return how many were enqueued
   */
  int sweep() throws SQLException {
    queue.forget(COMPLETED);
    for (DeadLetter letter : queue.deadLetters(BATCH)) {
      settle(letter);
    }
    int enqueued = 0;
    for (long id : thumbnails.wanted(BATCH)) {
      enqueued += queue.enqueue(job(id)) ? 1 : 0;
    }
    wake();
    return enqueued;
  }

  /** Letters about images that cannot be decoded stay for a while, so that somebody can look at them. */
  private void settle(DeadLetter letter) throws SQLException {
    Optional<Thumbnail> thumbnail = thumbnails.find(Long.parseLong(letter.payload()));
    boolean isOld = letter.since().isBefore(clock.instant().minus(DEAD));
    if (thumbnail.map(Thumbnail::state).equals(Optional.of(Thumbnail.State.WANTED))) {
      queue.redrive(letter.key());
    } else if (thumbnail.isEmpty() || isOld) {
      queue.discard(letter.key());
    }
  }
}
