package dev.whiteboard.core.job;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * An H2 database in this process's memory, which lives until it is closed.
 *
 * @param url where it is
 */
record H2(String url) implements AutoCloseable {
  static H2 named(String name) {
    return new H2("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
  }

  /** Sees each call of a connection before it is made, and of a statement its text; may throw instead. */
  interface Watcher {
    void sees(String call) throws SQLException;
  }

  /** Every connection is a new one. */
  DataSource source() {
    return proxy(DataSource.class, (method, args) -> DriverManager.getConnection(url));
  }

  /** A source whose connections start without autocommit, as some pools do, and are watched. */
  DataSource watched(Watcher watcher) {
    return proxy(DataSource.class, (method, args) -> {
      Connection connection = DriverManager.getConnection(url);
      connection.setAutoCommit(false);
      return proxy(Connection.class, (call, values) -> {
        watcher.sees(
            switch (call.getName()) {
              case "prepareStatement" -> (String) values[0];
              case "setAutoCommit" -> call.getName() + " " + values[0];
              default -> call.getName();
            });
        Object result = call.invoke(connection, values);
        return result instanceof PreparedStatement statement
            ? proxy(PreparedStatement.class, (step, given) -> {
              Object answer = step.invoke(statement, given);
              if (step.getName().startsWith("execute")) {
                watcher.sees("executed");
              }
              return answer;
            })
            : result;
      });
    });
  }

  private interface Handler {
    Object handle(Method method, Object[] args) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
          try {
            return handler.handle(method, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }

  /** All columns of all rows, one after the other. */
  List<String> query(String sql) throws SQLException {
    List<String> cells = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              cells.add(rows.getString(column));
            }
          }
        }
      }
    }
    return cells;
  }

  @Override
  public void close() throws SQLException {
    query("SHUTDOWN");
  }
}
