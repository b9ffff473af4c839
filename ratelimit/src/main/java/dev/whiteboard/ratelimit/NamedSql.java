package dev.whiteboard.ratelimit;

import com.google.common.collect.ImmutableList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A statement whose parameters have names, {@code :now}, and can so occur twice.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param text the statement with question marks
 * @param names their names in order
 */
record NamedSql(String text, List<String> names) {
  private static final Pattern NAME = Pattern.compile(":([a-z]+)");

  static NamedSql of(String named) {
    return new NamedSql(
        NAME.matcher(named).replaceAll("?"),
        NAME.matcher(named)
            .results()
            .map((MatchResult result) -> result.group(1))
            .collect(ImmutableList.toImmutableList()));
  }

  /** The caller closes it. */
  PreparedStatement prepare(Connection connection, Map<String, Object> values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < names.size(); i++) {
      statement.setObject(i + 1, values.get(names.get(i)));
    }
    return statement;
  }

  /** Runs it and returns how many rows it has changed. */
  int update(Connection connection, Map<String, Object> values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, values)) {
      return statement.executeUpdate();
    }
  }
}
