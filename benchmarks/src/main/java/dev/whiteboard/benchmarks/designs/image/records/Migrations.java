package dev.whiteboard.benchmarks.designs.image.records;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings a schema up to date: runs the numbered scripts beside this class that have not run yet, in order, and notes each.
 *
 * <p>A script may be run again if the process ends before it is noted, so it says {@code if not exists}. A published script
 * never changes; what is to change is another script. (Flyway does more, and weighs as much as the rest of the service.)
 */
final class Migrations {
  static final int LATEST = 2;

  private Migrations() {}

  static void apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists migrations (version int primary key)");
      int version = version(statement);
      checkState(
          version <= LATEST, "the schema is of version %s, this program knows %s", version, LATEST);
      for (int next = version + 1; next <= LATEST; next++) {
        for (String sql : Splitter.on(";\n").omitEmptyStrings().split(script(next))) {
          statement.execute(sql);
        }
        statement.execute("insert into migrations values (" + next + ")");
      }
    }
  }

  static int version(Statement statement) throws SQLException {
    try (ResultSet result =
        statement.executeQuery("select coalesce(max(version), 0) from migrations")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static String script(int version) {
    try {
      return Resources.toString(
          Resources.getResource(Migrations.class, version + ".sql"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
