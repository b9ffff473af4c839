package dev.whiteboard.benchmarks.designs.image.records;

import static java.util.Objects.requireNonNull;

import dev.whiteboard.benchmarks.designs.database.Database;
import java.sql.SQLException;
import java.util.List;

/** Questions that join users, images and views. */
public final class Analytics {
  /** What a user has. */
  public record PerUser(String user, long images, long bytes) {}

  /** What was uploaded on a day, {@code 1970-01-01} being 0. */
  public record PerDay(long epochDay, long images, long bytes) {}

  /** How often an image was seen. */
  public record Viewed(long id, String title, String owner, long views) {}

  private static final long DAY_MILLIS = 86_400_000;

  private final Database database;

  /** Creates the questions to a database. */
  public Analytics(Database database) {
    this.database = requireNonNull(database, "database");
  }

  /** Images and bytes of each user, those with the most bytes first. */
  public List<PerUser> perUser(int limit) throws SQLException {
    return database.list(
        row -> new PerUser(row.getString(1), row.getLong(2), row.getLong(3)),
        "select u.name, count(i.id), coalesce(sum(i.bytes), 0) as total"
            + " from users u left join images i on i.user_id = u.id and i.state = 'READY'"
            + " group by u.id, u.name order by total desc, u.name fetch first ? rows only",
        limit);
  }

  /** What a user uploaded each day, newest first. */
  public List<PerDay> perDay(long userId, int limit) throws SQLException {
    return database.list(
        row -> new PerDay(row.getLong(1), row.getLong(2), row.getLong(3)),
        "select created_ms / " + DAY_MILLIS + " as epoch_day, count(*), sum(bytes) from images"
            + " where user_id = ? and state = 'READY'"
            + " group by created_ms / " + DAY_MILLIS
            + " order by epoch_day desc fetch first ? rows only",
        userId,
        limit);
  }

  /** The public images that were seen most since a day. */
  public List<Viewed> mostViewed(long sinceEpochDay, int limit) throws SQLException {
    return database.list(
        row -> new Viewed(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)),
        "select i.id, i.title, u.name, sum(v.views) as total from views v"
            + " join images i on i.id = v.image_id join users u on u.id = i.user_id"
            + " where v.epoch_day >= ? and i.state = 'READY' and i.is_public = true"
            + " group by i.id, i.title, u.name order by total desc, i.id"
            + " fetch first ? rows only",
        sinceEpochDay,
        limit);
  }
}
