package dev.whiteboard.benchmarks.designs.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A pool of connections, and the three things that are done with one. Every statement commits by itself: the steps of a
 * design are single statements, in an order that a crash between any two can be recovered from.
 *
 * <p><b>Thread safety.</b> Safe.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 10;

  /** SQLSTATE 23505 of the standard. */
  private static final String UNIQUE_VIOLATION = "23505";

  /** Makes a value of the row that the result stands at. */
  @FunctionalInterface
  public interface Row<T> {
    /** Reads the row's columns. */
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
   * @param schema what it is to hold
   * @throws SQLException if it cannot be opened or changed
   * @throws IllegalStateException if its schema is of a later version
   */
  public static Database open(String jdbcUrl, Schema schema) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    Database database = new Database(new HikariDataSource(config));
    try (Connection connection = database.pool.getConnection()) {
      schema.apply(connection);
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
    return database;
  }

  /** All rows of a query, whose question marks stand for {@code values}. */
  public <T> List<T> list(Row<T> reader, String sql, Object... values) throws SQLException {
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

  /** The first row of a query; empty if it has none. */
  public <T> Optional<T> first(Row<T> reader, String sql, Object... values) throws SQLException {
    return list(reader, sql, values).stream().findFirst();
  }

  /** Runs a change, and says how many rows it changed. */
  public int update(String sql, Object... values) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Inserts a row, and says whether it did; if not, one that must differ from it is there. */
  public boolean insert(String sql, Object... values) throws SQLException {
    try {
      return update(sql, values) == 1;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** The pool, for what brings statements of its own. */
  public DataSource dataSource() {
    return pool;
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
