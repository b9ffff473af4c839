package dev.whiteboard.benchmarks.designs.image.records;

import static java.util.Objects.requireNonNull;

import dev.whiteboard.benchmarks.designs.database.Database;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;

/** Small things that must outlive the process, by name: keys, and which node has what. */
public final class Settings {
  private final Database database;

  /** Creates the settings of a database. */
  public Settings(Database database) {
    this.database = requireNonNull(database, "database");
  }

  /** What was put last. */
  public Optional<byte[]> get(String name) throws SQLException {
    return database
        .first(row -> row.getString(1), "select text from settings where name = ?", name)
        .map(Base64.getDecoder()::decode);
  }

  /** Puts bytes, at most 15,000. */
  public void put(String name, byte[] bytes) throws SQLException {
    String text = Base64.getEncoder().encodeToString(bytes);
    if (database.update("update settings set text = ? where name = ?", text, name) == 0) {
      database.update("insert into settings (name, text) values (?, ?)", name, text);
    }
  }
}
