package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.image.records.Image;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an image's row and its files in step, in the order of steps that {@link Images} draws.
 *
 * <p><b>Idea.</b> A file is written only when a row announces it, and a row goes only when its files have gone. So whatever a
 * crash leaves half done has a row that says so, and {@link #finish} needs no log. Storage may still have files without a
 * row: a node was away when they were removed, or a late request reached it. {@link #removeOrphans} compares both sides.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class Archive {
  private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

  private final Images images;
  private final StorageCluster storage;

  /** Told of every image that is new, so that its thumbnail is made. */
  private final LongConsumer added;

  /** Told of every image that is shown or no longer shown. */
  private final LongConsumer changed;

  Archive(Images images, StorageCluster storage, LongConsumer added, LongConsumer changed) {
    this.images = images;
    this.storage = storage;
    this.added = added;
    this.changed = changed;
  }

  /**
   * Stores an image.
   *
   * @return false if its owner has one of the same bytes; nothing is changed then
   * @throws IOException if it cannot be stored; nothing is shown then
   */
  boolean add(Image image, byte[] bytes) throws IOException, SQLException {
    if (!images.claim(image)) {
      return false;
    }
    try {
      images.tag(image);
      storage.write(image.id(), bytes);
      images.publish(image.id());
    } catch (IOException | SQLException | RuntimeException e) {
      remove(image.id());
      throw e;
    }
    changed.accept(image.id());
    added.accept(image.id());
    return true;
  }

  /**
   * Removes an image. It is not shown any more when this returns; if a storage node does not answer, its files are removed
   * by a later {@link #finish}.
   *
   * @return whether it was there
   */
  boolean remove(long id) throws SQLException {
    boolean there = images.withdraw(id);
    changed.accept(id);
    if (there) {
      clear(id);
    }
    return there;
  }

  private boolean clear(long id) throws SQLException {
    try {
      for (long file : images.files(id)) {
        storage.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("the files of image {} are still to be removed: {}", id, e.getMessage());
      return false;
    }
    images.forget(id);
    return true;
  }

  /**
   * Takes back what was half uploaded since before an instant, and completes what was half deleted.
   *
   * @return how many images that concerned
   */
  int finish(Instant before) throws SQLException {
    int finished = 0;
    for (long id : images.unfinished(before)) {
      images.withdraw(id);
      finished += clear(id) ? 1 : 0;
    }
    return finished;
  }

  /**
   * Removes files that have no row and were numbered before an instant.
   *
   * @return how many
   */
  int removeOrphans(Instant before) throws IOException, SQLException {
    Set<Long> old = storage.ids().stream()
        .filter(id -> Codes.LAYOUT.decode(id).time().isBefore(before))
        .collect(Collectors.toSet());
    Set<Long> orphans = images.unknown(old);
    for (long id : orphans) {
      storage.delete(id);
    }
    return orphans.size();
  }
}
