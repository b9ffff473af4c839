package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.image.records.Image;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnails;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import dev.whiteboard.core.job.JobQueueException;
import dev.whiteboard.core.job.Lease;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import javax.imageio.IIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes thumbnails, one after the other, in the order of steps that {@link Thumbnails} draws.
 *
 * <p><b>Thread safety.</b> Safe. It has a thread of its own from {@link #start} to {@link #close}.
 */
final class ThumbnailWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThumbnailWorker.class);

  /** How late a job may be that comes back after a failure. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Images images;
  private final Thumbnails thumbnails;
  private final ThumbnailJobs jobs;
  private final StorageCluster storage;
  private final Codes codes;
  private final LongConsumer changed;
  private final Thread thread = new Thread(this::run, "thumbnails");
  private volatile boolean closed;

  ThumbnailWorker(ImageParts parts) {
    images = parts.images();
    thumbnails = parts.thumbnails();
    jobs = parts.thumbnailJobs();
    storage = parts.storage();
    codes = parts.codes();
    changed = parts.changed();
    thread.setDaemon(true);
  }

  /** Begins to work as jobs come. */
  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        tryMakeDue();
        jobs.await(PAUSE);
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop", e);
    }
  }

  private void tryMakeDue() {
    try {
      makeDue();
    } catch (JobQueueException e) {
      LOG.warn("cannot make thumbnails now", e);
    }
  }

  /** Makes all thumbnails that are due, and waits for one that is being made. */
  synchronized void makeDue() {
    Optional<Lease> lease = jobs.take();
    while (lease.isPresent()) {
      work(lease.get());
      lease = closed ? Optional.empty() : jobs.take();
    }
  }

  private void work(Lease lease) {
    long imageId = ThumbnailJobs.imageId(lease);
    try {
      Optional<Image> image = images.find(imageId);
      if (image.isPresent()) {
        make(image.get(), ThumbnailJobs.isLastAttempt(lease));
      }
      lease.complete();
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.debug("attempt {} at the thumbnail of image {}", lease.attempt(), imageId, e);
      lease.fail(e.toString());
    }
  }

  private void make(Image image, boolean isLastAttempt) throws IOException, SQLException {
    byte[] original = storage
        .read(image.id())
        .orElseThrow(() -> new IOException("image " + image.id() + " has no file"));
    try {
      store(image.id(), Thumbnailer.shrink(original, image.contentType()));
    } catch (IIOException e) {
      if (isLastAttempt) {
        LOG.info("image {} gets no thumbnail: {}", image.id(), e.getMessage());
        thumbnails.giveUp(image.id());
        changed.accept(image.id());
      }
      throw e;
    }
  }

  private void store(long imageId, byte[] thumbnail) throws IOException, SQLException {
    OptionalLong fileId = thumbnails.announce(imageId, codes.next());
    if (fileId.isPresent()) {
      write(thumbnails, storage, imageId, fileId.getAsLong(), thumbnail);
      changed.accept(imageId);
    }
  }

  /** Writes and publishes what has been announced, or leaves nothing if the image has gone since. */
  static void write(
      Thumbnails thumbnails, StorageCluster storage, long imageId, long fileId, byte[] thumbnail)
      throws IOException, SQLException {
    storage.write(fileId, thumbnail);
    if (!thumbnails.publish(imageId, fileId)) {
      // The image's files may have been removed before this one was written.
      storage.delete(fileId);
    }
  }

  /** Finishes the thumbnail that is being made, and takes no other. */
  @Override
  public void close() {
    closed = true;
    jobs.wake();
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
