package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Counts in a table of any SQL database: one conditional update grants.
 *
 * <p><b>Idea.</b> The update's condition is the limit: {@code UPDATE ... SET reached = reached + cost WHERE limit_key = k
 * AND reached + cost <= most}. If it changes the row, the permits are taken; the database lets one update after the other
 * at a row, and there is nothing to read before. If it changes none, the key is refused or new; a new one is inserted,
 * and if somebody else was faster, it is updated after all.
 *
 * <p><b>Time.</b> The callers'. Clocks that differ by {@code d} let what arrives in {@code d} pass besides, once. A row
 * that has been full for {@link Store#SPARE} counts as new, and {@link #deleteIdle} removes it.
 *
 * <p><b>Connections.</b> Each request borrows one from the data source and switches autocommit on for its statements, if
 * it was off, and off again. So the data source must not hand out a connection with a transaction of somebody else, and
 * a limit is not undone when the caller's transaction is.
 *
 * <p><b>Databases.</b> The statements are plain SQL: tested on H2, also in the modes that imitate PostgreSQL and MySQL.
 * MySQL compares text without case unless the column says otherwise: create the table with a binary collation there.
 *
 * <p><b>Cost.</b> Two statements by primary key a request, three for a new key; a refusal changes no row. <b>Thread
 * safety.</b> As the data source's.
 *
 * <p><b>Instead.</b> {@link RedisStore} is faster. A database has it all on disk, and the callers' clocks matter.
 */
public final class SqlStore implements Store {
  /** How often another machine may be faster, or the database may undo a statement, before the request fails. */
  private static final int MOST_ATTEMPTS = 10;

  private final DataSource dataSource;
  private final InstantSource clock;
  private final SqlStatements sql;

  private SqlStore(Builder builder) {
    dataSource = builder.dataSource;
    clock = builder.clock;
    sql = SqlStatements.of(builder.table);
  }

  /**
   * Starts to describe a store.
   *
   * @param dataSource where connections come from, of a pool if possible
   * @return a builder with the table {@code rate_limits} and the system's clock
   * @throws NullPointerException if {@code dataSource} is null
   */
  public static Builder builder(DataSource dataSource) {
    return new Builder(requireNonNull(dataSource, "dataSource"));
  }

  /**
   * Returns the statement that creates the table unless it is there, for those who keep their schema elsewhere.
   *
   * @return a {@code CREATE TABLE} statement
   */
  public String ddl() {
    return sql.ddl().text();
  }

  /**
   * Creates the table unless it is there.
   *
   * @throws SQLException if the database fails
   */
  public void createTable() throws SQLException {
    onConnection(connection -> sql.ddl().update(connection, ImmutableMap.of()));
  }

  /**
   * Deletes the keys that count as new: a row may stay as long as its burst takes to arrive, and {@link Store#SPARE}
   * longer. Call it now and then, from one machine; it scans the table.
   *
   * @return how many rows were deleted
   * @throws SQLException if the database fails
   */
  public int deleteIdle() throws SQLException {
    long micros = Store.microsOf(clock.instant());
    return onConnection(
        connection -> sql.deleteIdle().update(connection, ImmutableMap.of("idle", idle(micros))));
  }

  @Override
  public Reply apply(Command command) throws SQLException {
    long micros = Store.microsOf(clock.instant());
    return onConnection(connection -> {
      int attempts = 1;
      while (true) {
        try {
          return attempt(connection, command, micros);
        } catch (SQLException e) {
          if (!isRace(e) || attempts++ == MOST_ATTEMPTS) {
            throw e;
          }
        }
      }
    });
  }

  private Reply attempt(Connection connection, Command command, long micros) throws SQLException {
    boolean granted = take(connection, command, micros) == 1;
    Optional<KeyState> row = read(connection, command, micros);
    if (granted || row.isPresent()) {
      return row.orElse(KeyState.NEW).at(micros, command).reply(granted, micros, command);
    }
    KeyState state = KeyState.NEW.at(micros, command).take(command);
    insert(connection, command, state, fullAt(command, micros));
    return state.reply(true, micros, command);
  }

  private int take(Connection connection, Command command, long micros) throws SQLException {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.put("key", command.key());
    values.put("cost", command.cost());
    values.put("idle", idle(micros));
    values.put("full", fullAt(command, micros));
    if (command.algorithm() == Algorithm.TOKEN_BUCKET) {
      long now = micros * command.scale();
      values.put("now", now);
      values.put("most", now + command.capacity() - command.cost());
      return sql.takeTicks().update(connection, values.buildOrThrow());
    }
    long window = micros / command.scale();
    boolean sliding = command.algorithm() == Algorithm.SLIDING_WINDOW_COUNTER;
    values.put("window", window);
    values.put("before", window - 1);
    values.put("rest", sliding ? (window + 1) * command.scale() - micros : 0L);
    values.put("late", sliding ? command.scale() : 0L);
    values.put("room", command.capacity() - command.cost() + 1);
    values.put("period", sliding ? command.scale() : 1L);
    return sql.takePermits().update(connection, values.buildOrThrow());
  }

  private Optional<KeyState> read(Connection connection, Command command, long micros)
      throws SQLException {
    try (PreparedStatement statement =
            sql.read().prepare(connection, ImmutableMap.of("key", command.key()));
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          row.getLong(4) > idle(micros)
              ? new KeyState(row.getLong(1), row.getLong(2), row.getLong(3))
              : KeyState.NEW);
    }
  }

  private void insert(Connection connection, Command command, KeyState state, long fullAt)
      throws SQLException {
    Map<String, Object> values = ImmutableMap.of(
        "key", command.key(),
        "reached", state.reached(),
        "used", state.used(),
        "earlier", state.earlier(),
        "full", fullAt);
    sql.insert().update(connection, values);
  }

  private static long idle(long micros) {
    return micros - SPARE.toMillis() * 1000;
  }

  /** When a key from which is taken now makes no difference any more, at the latest. */
  private static long fullAt(Command command, long micros) {
    long scale = command.scale();
    return switch (command.algorithm()) {
      case TOKEN_BUCKET -> micros + (command.capacity() + scale - 1) / scale;
      case FIXED_WINDOW -> (micros / scale + 1) * scale;
      case SLIDING_WINDOW_COUNTER -> (micros / scale + 2) * scale;
    };
  }

  /** Classes 23 and 40 of SQLSTATE: the key is there already, and the database has undone the statement. */
  private static boolean isRace(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("23") || state.startsWith("40"));
  }

  /** What is done on a connection. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T onConnection(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (connection.getAutoCommit()) {
        return work.on(connection);
      }
      connection.setAutoCommit(true);
      try {
        return work.on(connection);
      } finally {
        connection.setAutoCommit(false);
      }
    }
  }

  /** Describes a store in a database. */
  public static final class Builder {
    private final DataSource dataSource;
    private String table = "rate_limits";
    private InstantSource clock = InstantSource.system();

    private Builder(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    /**
     * Sets the name of the table.
     *
     * @param table a letter or underscore, and then letters, digits and underscores, all of ASCII
     * @return this builder
     * @throws NullPointerException if {@code table} is null
     * @throws IllegalArgumentException if {@code table} is not such a name
     */
    public Builder table(String table) {
      checkArgument(
          requireNonNull(table, "table").matches("[A-Za-z_][A-Za-z0-9_]*"),
          "table must match [A-Za-z_][A-Za-z0-9_]*, was %s",
          table);
      this.table = table;
      return this;
    }

    /**
     * Sets the clock.
     *
     * @param clock the source of the time of day
     * @return this builder
     * @throws NullPointerException if {@code clock} is null
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Creates the store. The database is not asked.
     *
     * @return a store
     */
    public SqlStore build() {
      return new SqlStore(this);
    }
  }
}
