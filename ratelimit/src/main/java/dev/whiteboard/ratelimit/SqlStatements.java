package dev.whiteboard.ratelimit;

/**
 * The statements of a {@link SqlStore}, in words that H2, PostgreSQL and MySQL understand.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param ddl creates the table
 * @param takeTicks grants from a token bucket, if it changes a row
 * @param takePermits grants from a window, if it changes a row
 * @param read reads a key
 * @param insert adds a key, and fails if it is there
 * @param deleteIdle removes keys that count as new
 */
record SqlStatements(
    NamedSql ddl,
    NamedSql takeTicks,
    NamedSql takePermits,
    NamedSql read,
    NamedSql insert,
    NamedSql deleteIdle) {
  private static final String DDL = """
      CREATE TABLE IF NOT EXISTS %s (
        limit_key VARCHAR(255) NOT NULL PRIMARY KEY,
        reached BIGINT NOT NULL,
        used BIGINT NOT NULL,
        earlier BIGINT NOT NULL,
        full_at BIGINT NOT NULL
      )""";

  /*
   * CASE stands for GREATEST, which not all databases have. What a row says counts until it has been full for a while:
   * full_at > :idle. MySQL sets columns from left to right and sees the new values, so each is set after its last use.
   */
  private static final String TAKE_TICKS = """
      UPDATE %s SET
        reached = CASE WHEN full_at > :idle AND reached > :now THEN reached ELSE :now END + :cost,
        full_at = CASE WHEN full_at > :full THEN full_at ELSE :full END
      WHERE limit_key = :key
        AND CASE WHEN full_at > :idle AND reached > :now THEN reached ELSE :now END <= :most""";

  /** For a fixed window, :rest and :late are 0, so that what was taken before has no weight. */
  private static final String TAKE_PERMITS = """
      UPDATE %s SET
        earlier = CASE WHEN full_at > :idle AND reached >= :window THEN earlier
                       WHEN full_at > :idle AND reached = :before THEN used ELSE 0 END,
        used = CASE WHEN full_at > :idle AND reached >= :window THEN used ELSE 0 END + :cost,
        reached = CASE WHEN full_at > :idle AND reached > :window THEN reached ELSE :window END,
        full_at = CASE WHEN full_at > :full THEN full_at ELSE :full END
      WHERE limit_key = :key
        AND CASE WHEN full_at > :idle AND reached > :window THEN earlier * :late
                 WHEN full_at > :idle AND reached = :window THEN earlier * :rest
                 WHEN full_at > :idle AND reached = :before THEN used * :rest ELSE 0 END
          < (:room - CASE WHEN full_at > :idle AND reached >= :window THEN used ELSE 0 END) * :period""";

  private static final String READ =
      "SELECT reached, used, earlier, full_at FROM %s WHERE limit_key = :key";

  private static final String INSERT = "INSERT INTO %s (limit_key, reached, used, earlier, full_at)"
      + " VALUES (:key, :reached, :used, :earlier, :full)";

  private static final String DELETE_IDLE = "DELETE FROM %s WHERE full_at <= :idle";

  static SqlStatements of(String table) {
    return new SqlStatements(
        NamedSql.of(DDL.formatted(table)),
        NamedSql.of(TAKE_TICKS.formatted(table)),
        NamedSql.of(TAKE_PERMITS.formatted(table)),
        NamedSql.of(READ.formatted(table)),
        NamedSql.of(INSERT.formatted(table)),
        NamedSql.of(DELETE_IDLE.formatted(table)));
  }
}
