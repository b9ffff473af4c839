package dev.whiteboard.benchmarks.designs.image.records;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.Lists;
import dev.whiteboard.benchmarks.designs.database.Database;
import dev.whiteboard.benchmarks.designs.database.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of images. A row and its files never disagree, whenever the process ends, because of the order of the steps:
 *
 * <pre>
 *   upload:  claim (row is NEW)      ->  tag, write the file  ->  publish (row is READY)
 *   delete:  withdraw (row is GONE)  ->  remove the files     ->  forget (no row)
 * </pre>
 *
 * <p>Only READY images are shown. What is NEW or GONE after a crash is withdrawn, removed and forgotten: see
 * {@link #unfinished}. A READY image gets a second file, as {@link Thumbnails} draws.
 *
 * <p><b>Thread safety.</b> Safe.
 */
public final class Images {
  /** The tables of this package. */
  public static final Schema SCHEMA = new Schema(Images.class, 3);

  private static final String SELECT = "select i.id, i.user_id, u.name, i.title, i.content_type,"
      + " i.bytes, i.digest, i.is_public, i.tags, i.created_ms"
      + " from images i join users u on u.id = i.user_id";

  private static final String SHOWN = " where i.state = 'READY'";

  private static final String COMMA = ",";

  private static final int BATCH = 500;

  private final Database database;

  /** Creates the images of a database. */
  public Images(Database database) {
    this.database = requireNonNull(database, "database");
  }

  /** Inserts a row that is not shown yet, and says whether it did: not if its owner has an image of the same bytes. */
  public boolean claim(Image image) throws SQLException {
    return database.insert(
        "insert into images (id, user_id, title, content_type, bytes, digest, is_public, tags,"
            + " state, created_ms) values (?, ?, ?, ?, ?, ?, ?, ?, 'NEW', ?)",
        image.id(),
        image.userId(),
        image.title(),
        image.contentType(),
        image.bytes(),
        image.digest(),
        image.isPublic(),
        String.join(COMMA, image.tags()),
        image.created().toEpochMilli());
  }

  /** Has an image that was claimed found by its tags, once it is shown. */
  public void tag(Image image) throws SQLException {
    if (image.tags().isEmpty()) {
      return;
    }
    Object[] values =
        image.tags().stream().flatMap(tag -> Stream.of(image.id(), tag)).toArray();
    database.update(
        "insert into tags (image_id, tag) values "
            + repeat("(?, ?)", image.tags().size()),
        values);
  }

  /** Shows an image whose file has been written. */
  public void publish(long id) throws SQLException {
    database.update("update images set state = 'READY' where id = ? and state = 'NEW'", id);
  }

  /** Shows an image no longer, and says whether it was there. Its file may be removed now. */
  public boolean withdraw(long id) throws SQLException {
    return database.update("update images set state = 'GONE' where id = ? and state <> 'GONE'", id)
        == 1;
  }

  /** The files that an image's row announces: its own, and perhaps that of a thumbnail. */
  public List<Long> files(long id) throws SQLException {
    Optional<Long> thumbnail = database.first(
        row -> row.getLong(1),
        "select thumbnail_id from images where id = ? and thumbnail_id is not null",
        id);
    return Stream.concat(Stream.of(id), thumbnail.stream()).toList();
  }

  /** Drops the row of an image whose files have been removed. */
  public void forget(long id) throws SQLException {
    database.update("delete from images where id = ? and state = 'GONE'", id);
  }

  /** Lets everybody see an image, or its owner alone. */
  public void setPublic(long id, boolean isPublic) throws SQLException {
    database.update("update images set is_public = ? where id = ?", isPublic, id);
  }

  /** An image that is shown. */
  public Optional<Image> find(long id) throws SQLException {
    return database.first(Images::read, SELECT + SHOWN + " and i.id = ?", id);
  }

  /** An image of a user by its content. */
  public Optional<Image> find(long userId, String digest) throws SQLException {
    return database.first(
        Images::read, SELECT + SHOWN + " and i.user_id = ? and i.digest = ?", userId, digest);
  }

  /** A user's images that have all of some tags, below an id, newest first. */
  public List<Image> ofUser(long userId, List<String> tags, long below, int limit)
      throws SQLException {
    return page("i.user_id", userId, tags, below, limit);
  }

  /** Everybody's public images that have all of some tags, below an id, newest first. */
  public List<Image> ofEverybody(List<String> tags, long below, int limit) throws SQLException {
    return page("i.is_public", true, tags, below, limit);
  }

  private List<Image> page(String column, Object value, List<String> tags, long below, int limit)
      throws SQLException {
    String withTags = IntStream.range(0, tags.size())
        .mapToObj(" join tags t%1$d on t%1$d.image_id = i.id and t%1$d.tag = ?"::formatted)
        .collect(Collectors.joining());
    return database.list(
        Images::read,
        SELECT + withTags + SHOWN + " and " + column + " = ? and i.id < ?"
            + " order by i.id desc fetch first ? rows only",
        Stream.concat(tags.stream(), Stream.of(value, below, limit)).toArray());
  }

  /** The ids of images that were uploaded before an instant, oldest first. */
  public List<Long> uploadedBefore(Instant instant, int limit) throws SQLException {
    return database.list(
        row -> row.getLong(1),
        "select id from images where state = 'READY' and created_ms < ?"
            + " order by created_ms fetch first ? rows only",
        instant.toEpochMilli(),
        limit);
  }

  /** The ids of images that are half uploaded since before an instant, or half deleted. */
  public List<Long> unfinished(Instant instant) throws SQLException {
    return database.list(
        row -> row.getLong(1),
        "select id from images where state = 'GONE' or (state = 'NEW' and created_ms < ?)"
            + " order by id",
        instant.toEpochMilli());
  }

  /** Those of the ids that no row announces as a file, of an image or of a thumbnail. */
  public Set<Long> unknown(Collection<Long> ids) throws SQLException {
    Set<Long> unknown = new HashSet<>(ids);
    for (List<Long> batch : Lists.partition(List.copyOf(ids), BATCH)) {
      for (String column : List.of("id", "thumbnail_id")) {
        String sql = "select %1$s from images where %1$s in (%2$s)"
            .formatted(column, repeat("?", batch.size()));
        unknown.removeAll(Set.copyOf(database.list(row -> row.getLong(1), sql, batch.toArray())));
      }
    }
    return unknown;
  }

  private static String repeat(String marks, int times) {
    return String.join(", ", Collections.nCopies(times, marks));
  }

  /** Adds views of a day. */
  public void addViews(long epochDay, Map<Long, Long> viewsById) throws SQLException {
    for (Map.Entry<Long, Long> entry : viewsById.entrySet()) {
      long id = entry.getKey();
      long views = entry.getValue();
      String add = "update views set views = views + ? where image_id = ? and epoch_day = ?";
      if (database.update(add, views, id, epochDay) == 0
          && !database.insert(
              "insert into views (image_id, epoch_day, views)"
                  + " select id, cast(? as bigint), cast(? as bigint) from images where id = ?",
              epochDay,
              views,
              id)) {
        database.update(add, views, id, epochDay);
      }
    }
  }

  private static Image read(ResultSet row) throws SQLException {
    return new Image(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getString(7),
        row.getBoolean(8),
        Splitter.on(COMMA).omitEmptyStrings().splitToList(row.getString(9)),
        Instant.ofEpochMilli(row.getLong(10)));
  }
}
