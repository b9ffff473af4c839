package dev.whiteboard.benchmarks.designs.image.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pool of connections, and the three things that are done with one. Every statement commits by itself: the steps of the
 * design are single statements, in an order that a crash between any two can be recovered from.
 *
 * <p><b>Thread safety.</b> Safe.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 10;

  /** SQLSTATE 23505 of the standard. */
  private static final String UNIQUE_VIOLATION = "23505";

  /** Makes a value of the row that the result stands at. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Opens a database and brings its schema up to date.
   *
   * @param jdbcUrl any URL whose driver is on the class path
   * @throws SQLException if it cannot be opened or changed
   */
  public static Database open(String jdbcUrl) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    Database database = new Database(new HikariDataSource(config));
    try (Connection connection = database.pool.getConnection()) {
      Migrations.apply(connection);
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
    return database;
  }

  <T> List<T> list(Row<T> reader, String sql, Object... values) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = prepare(connection, sql, values);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    }
  }

  <T> Optional<T> first(Row<T> reader, String sql, Object... values) throws SQLException {
    return list(reader, sql, values).stream().findFirst();
  }

  /** How many rows were changed. */
  int update(String sql, Object... values) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Whether the row was inserted; if not, one that must differ from it is there. */
  boolean insert(String sql, Object... values) throws SQLException {
    try {
      return update(sql, values) == 1;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    pool.close();
  }
}
