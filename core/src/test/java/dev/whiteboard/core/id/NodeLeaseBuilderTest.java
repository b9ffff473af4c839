package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeLeaseBuilderTest {
  private final NodeLeaseBuilder builder =
      NodeLease.builder(TestDatabase.inMemory("unused").source());

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a.b", "a;", "nodes\n", "größe", "\"a\""})
  void table_noPlainName_isRefused(String table) {
    assertRefused(
        "table must match [A-Za-z_][A-Za-z0-9_]*, was " + table, () -> builder.table(table));
  }

  @Test
  void ddl_namesTheTable() {
    assertTrue(builder.build().ddl().startsWith("CREATE TABLE IF NOT EXISTS node_leases ("));
    assertTrue(builder.table("_a1").build().ddl().startsWith("CREATE TABLE IF NOT EXISTS _a1 ("));
  }

  @Test
  void numbers_outOfRange_areNamed() {
    assertRefused("nodes must be in [1, 1048576], was 0", () -> builder.nodes(0));
    assertRefused("nodes must be in [1, 1048576], was 1048577", () -> builder.nodes(1048577));
    assertRefused("owner must have 1 to 255 characters, had 0", () -> builder.owner(""));
    assertRefused(
        "owner must have 1 to 255 characters, had 256", () -> builder.owner("x".repeat(256)));
  }

  @Test
  void durations_outOfRange_areNamed() {
    assertRefused(
        "ttl must be in [PT1S, PT24H], was PT0.999S", () -> builder.ttl(Duration.ofMillis(999)));
    assertRefused(
        "ttl must be in [PT1S, PT24H], was PT24H0.001S",
        () -> builder.ttl(Duration.ofDays(1).plusMillis(1)));
    assertRefused(
        "margin must be in [PT0.001S, PT24H], was PT0S", () -> builder.margin(Duration.ZERO));
    assertRefused(
        "margin must be in [PT0.001S, PT24H], was PT25H",
        () -> builder.margin(Duration.ofHours(25)));
    assertRefused(
        "quiet must be in [PT0S, PT24H], was PT-0.000000001S",
        () -> builder.quiet(Duration.ofNanos(-1)));
    assertRefused(
        "quiet must be in [PT0S, PT24H], was PT25H", () -> builder.quiet(Duration.ofHours(25)));
  }

  /** A fraction of a millisecond is not read, so it does not make the time to live longer. */
  @Test
  void build_ttlNotLongerThanTheMargin_isRefused() {
    builder.margin(Duration.ofSeconds(3)).ttl(Duration.ofSeconds(3).plusNanos(1));
    assertRefused("ttl must be > margin = PT3S, was PT3.000000001S", builder::build);
    builder.ttl(Duration.ofMillis(3001)).build();
  }

  @Test
  void acquire_largestValues_work() throws SQLException {
    try (TestDatabase database = TestDatabase.inMemory("largest")) {
      NodeLease lease = NodeLease.builder(database.source())
          .nodes(1 << 20)
          .owner("x".repeat(255))
          .ttl(Duration.ofDays(1))
          .quiet(Duration.ofDays(1))
          .build();
      lease.createTable();
      assertEquals(0, lease.acquire());
      assertTrue(lease.isHeld());
    }
  }

  @Test
  void arguments_null_areNamed() throws SQLException {
    assertNull("dataSource", () -> NodeLease.builder(null));
    assertNull("table", () -> builder.table(null));
    assertNull("owner", () -> builder.owner(null));
    assertNull("ttl", () -> builder.ttl(null));
    assertNull("margin", () -> builder.margin(null));
    assertNull("quiet", () -> builder.quiet(null));
    assertNull("clock", () -> builder.clock(null));
    assertNull("ticker", () -> builder.ticker(null));
    assertNull("executor", () -> builder.build().renewEvery(null));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
