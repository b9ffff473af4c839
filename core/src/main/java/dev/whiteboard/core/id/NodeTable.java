package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Strings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The table behind {@link NodeLease}: a row for each node that was ever taken.
 *
 * <p>Every change is one statement whose condition says what must still be true, so the database's row lock is the only
 * lock. Rows are never deleted: the fencing token counts the takings of a node, and a new row starts again at 1.
 * MySQL's drivers must count the rows that match, as they do by default, and not those that change.
 *
 * <p>Each call borrows a connection and switches autocommit on for its statements, if it was off, and off again.
 */
final class NodeTable {
  /** How often the database may undo a statement (a deadlock, a serialization failure) before the call fails. */
  private static final int MOST_ATTEMPTS = 10;

  /*
   * Times are milliseconds since 1970 in a BIGINT: a TIMESTAMP's meaning depends on the time zones of the column, of
   * the session and of the driver.
   */
  private static final String DDL = """
      CREATE TABLE IF NOT EXISTS %s (
        node_id INTEGER NOT NULL PRIMARY KEY,
        owner_name VARCHAR(255) NOT NULL,
        fencing_token BIGINT NOT NULL,
        free_at_millis BIGINT NOT NULL
      )""";

  private static final String READ =
      "SELECT node_id, owner_name, fencing_token, free_at_millis FROM %s WHERE node_id < ?";

  private static final String INSERT = "INSERT INTO %s"
      + " (owner_name, free_at_millis, fencing_token, node_id) VALUES (?, ?, 1, ?)";

  /** The time is compared again, because a renewal leaves the token as it was. */
  private static final String TAKE = "UPDATE %s"
      + " SET owner_name = ?, free_at_millis = ?, fencing_token = fencing_token + 1"
      + " WHERE node_id = ? AND fencing_token = ? AND free_at_millis <= ?";

  private static final String SET_FREE_AT =
      "UPDATE %s SET free_at_millis = ? WHERE node_id = ? AND fencing_token = ?";

  private final DataSource dataSource;
  private final String name;

  NodeTable(DataSource dataSource, String name) {
    this.dataSource = dataSource;
    this.name = name;
  }

  /**
   * A node's row.
   *
   * @param token how often the node was taken; 0 if it has no row yet
   * @param freeAt from when on it may be taken, in milliseconds since 1970
   */
  record Row(int node, String owner, long token, long freeAt) {
    static Row absent(int node) {
      return new Row(node, "", 0, Long.MIN_VALUE);
    }
  }

  String ddl() {
    return DDL.formatted(name);
  }

  /** Creates the table; if several processes do at once, some databases let all but one of them fail. */
  void create() throws SQLException {
    onConnection(connection -> {
      try {
        return update(connection, DDL);
      } catch (SQLException e) {
        try {
          return read(connection, 0).size();
        } catch (SQLException notThere) {
          e.addSuppressed(notThere);
          throw e;
        }
      }
    });
  }

  /** Takes the lowest node in [0, nodes) that is free at {@code now}, and returns its new row. */
  Row take(String owner, int nodes, long now, long freeAt) throws SQLException {
    return onConnection(connection -> {
      Map<Integer, Row> rows = read(connection, nodes);
      for (int node = 0; node < nodes; node++) {
        Row row = rows.getOrDefault(node, Row.absent(node));
        // Whoever is faster at this node is not at the next: of n processes none tries more than n
        // nodes in vain.
        if (row.freeAt() <= now && claim(connection, row, owner, now, freeAt)) {
          return new Row(node, owner, row.token() + 1, freeAt);
        }
      }
      throw noneFree(read(connection, nodes), nodes);
    });
  }

  /** Sets when the node comes free; returns false if another process has taken it since. */
  boolean setFreeAt(int node, long token, long freeAt) throws SQLException {
    return onConnection(connection -> update(connection, SET_FREE_AT, freeAt, node, token) == 1);
  }

  private boolean claim(Connection connection, Row row, String owner, long now, long freeAt)
      throws SQLException {
    if (row.token() > 0) {
      return update(connection, TAKE, owner, freeAt, row.node(), row.token(), now) == 1;
    }
    try {
      return update(connection, INSERT, owner, freeAt, row.node()) == 1;
    } catch (SQLException e) {
      if (isOfClass(e, "23")) {
        return false;
      }
      throw e;
    }
  }

  private IllegalStateException noneFree(Map<Integer, Row> rows, int nodes) {
    checkState(
        !rows.isEmpty(),
        "no row can be inserted into table %s, or the rows were deleted meanwhile",
        name);
    Row next = rows.values().stream().min(Comparator.comparingLong(Row::freeAt)).orElseThrow();
    return new IllegalStateException(Strings.lenientFormat(
        "none of %s nodes is free in table %s: the next is node %s of owner %s at %s",
        nodes, name, next.node(), next.owner(), Instant.ofEpochMilli(next.freeAt())));
  }

  private Map<Integer, Row> read(Connection connection, int nodes) throws SQLException {
    Map<Integer, Row> rows = new HashMap<>();
    try (PreparedStatement statement = prepare(connection, READ, nodes);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        int node = result.getInt(1);
        rows.put(node, new Row(node, result.getString(2), result.getLong(3), result.getLong(4)));
      }
    }
    return rows;
  }

  private int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.formatted(name));
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Classes of SQLSTATE: 23 is a key that is there already, 40 a statement that the database has undone. */
  private static boolean isOfClass(SQLException e, String sqlClass) {
    return e.getSQLState() != null && e.getSQLState().startsWith(sqlClass);
  }

  /** What is done on a connection. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T onConnection(Work<T> work) throws SQLException {
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
