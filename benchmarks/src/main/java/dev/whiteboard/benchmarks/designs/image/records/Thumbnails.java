package dev.whiteboard.benchmarks.designs.image.records;

import static java.util.Objects.requireNonNull;

import dev.whiteboard.benchmarks.designs.database.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the rows of {@link Images} say of thumbnails. The order of the steps is that of images:
 *
 * <pre>
 *   announce (the row knows the file's number)  ->  write the file  ->  publish (thumbnail is READY)
 * </pre>
 *
 * <p>Each step is taken only while the image is shown. So who has withdrawn an image and then asks for its files learns of
 * all that can ever be published, and who writes one too late is told so by {@link #publish}. After a crash the number stays
 * announced, and the next attempt writes the same file.
 *
 * <p><b>Thread safety.</b> Safe.
 */
public final class Thumbnails {
  private final Database database;

  /** Creates the thumbnails of a database. */
  public Thumbnails(Database database) {
    this.database = requireNonNull(database, "database");
  }

  /** The thumbnail of an image that is shown. */
  public Optional<Thumbnail> find(long imageId) throws SQLException {
    return database.first(
        row -> new Thumbnail(
            row.getLong(1), Thumbnail.State.valueOf(row.getString(2)), row.getLong(3)),
        "select id, thumbnail, thumbnail_id from images where id = ? and state = 'READY'",
        imageId);
  }

  /**
   * Announces a file.
   *
   * @param fileId a new number
   * @return the number to write it under, which is an older one if one was announced before; empty if the image has gone
   */
  public OptionalLong announce(long imageId, long fileId) throws SQLException {
    database.update(
        "update images set thumbnail_id = ?"
            + " where id = ? and state = 'READY' and thumbnail_id is null",
        fileId,
        imageId);
    return find(imageId).map(known -> OptionalLong.of(known.fileId())).orElse(OptionalLong.empty());
  }

  /** Shows a thumbnail whose file has been written, and says whether it did: not if the image has gone. */
  public boolean publish(long imageId, long fileId) throws SQLException {
    return database.update(
            "update images set thumbnail = 'READY'"
                + " where id = ? and thumbnail_id = ? and state = 'READY'",
            imageId,
            fileId)
        == 1;
  }

  /** Notes that no thumbnail can be made of an image. */
  public void giveUp(long imageId) throws SQLException {
    database.update(
        "update images set thumbnail = 'NONE' where id = ? and thumbnail = 'WANTED'", imageId);
  }

  /** The ids of images that are shown and want a thumbnail, oldest first. */
  public List<Long> wanted(int limit) throws SQLException {
    return database.list(
        row -> row.getLong(1),
        "select id from images where thumbnail = 'WANTED' and state = 'READY'"
            + " order by id fetch first ? rows only",
        limit);
  }
}
