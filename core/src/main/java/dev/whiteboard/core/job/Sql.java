package dev.whiteboard.core.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Runs statements in which {@code %s} stands for a table.
 *
 * <p>Each call of {@link #onConnection} borrows a connection and sets its autocommit mode for as long as it takes.
 *
 * @param dataSource where connections come from
 * @param table the table's name
 */
record Sql(DataSource dataSource, String table) {
  /** How often the database may undo a statement (a deadlock, a serialization failure) before the call fails. */
  private static final int MOST_ATTEMPTS = 10;

  String text(String sql) {
    return sql.formatted(table);
  }

  /** Reads something from a row. */
  interface Reader<T> {
    T from(ResultSet row) throws SQLException;
  }

  /** Returns the first rows, up to so many. */
  <T> List<T> read(Connection connection, int most, String sql, Reader<T> reader, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      // The standard and the databases differ in how to say it in SQL.
      statement.setMaxRows(most);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.from(result));
        }
      }
      return rows;
    }
  }

  /** Returns how many rows it has changed. */
  int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** The caller closes it. */
  private PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text(sql));
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Classes of SQLSTATE: 23 is a key that is there already, 40 a statement that the database has undone. */
  static boolean isOfClass(SQLException e, String sqlClass) {
    return e.getSQLState() != null && e.getSQLState().startsWith(sqlClass);
  }

  /** What is done on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> T onConnection(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      if (connection.getAutoCommit()) {
        return retried(work, connection);
      }
      connection.setAutoCommit(true);
      try {
        return retried(work, connection);
      } finally {
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      throw new JobQueueException("table " + table + ": " + e.getMessage(), e);
    }
  }

  private static <T> T retried(Work<T> work, Connection connection) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.on(connection);
      } catch (SQLException e) {
        if (!isOfClass(e, "40") || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
