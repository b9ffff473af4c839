package dev.whiteboard.benchmarks.designs.database;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

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
 * A schema as numbered scripts, {@code 1.sql} and so on, beside a class. Those that have not run yet are run in order, and
 * each is noted.
 *
 * <p>A script may be run again if the process ends before it is noted, so it says {@code if not exists}. A published script
 * never changes; what is to change is another script. (Flyway does more, and weighs as much as the rest of a service.)
 *
 * @param beside the class that the scripts lie beside
 * @param latest how many scripts there are
 */
public record Schema(Class<?> beside, int latest) {
  /**
   * Names the scripts.
   *
   * @throws IllegalArgumentException if {@code latest} is less than 1
   */
  public Schema {
    requireNonNull(beside, "beside");
    checkArgument(latest >= 1, "latest must be >= 1, was %s", latest);
  }

  void apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists migrations (version int primary key)");
      int version = version(statement);
      checkState(
          version <= latest, "the schema is of version %s, this program knows %s", version, latest);
      for (int next = version + 1; next <= latest; next++) {
        for (String sql : Splitter.on(";\n").omitEmptyStrings().split(script(next))) {
          statement.execute(sql);
        }
        statement.execute("insert into migrations values (" + next + ")");
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet result =
        statement.executeQuery("select coalesce(max(version), 0) from migrations")) {
      result.next();
      return result.getInt(1);
    }
  }

  private String script(int version) {
    try {
      return Resources.toString(
          Resources.getResource(beside, version + ".sql"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
