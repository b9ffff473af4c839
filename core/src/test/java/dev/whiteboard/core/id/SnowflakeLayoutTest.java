package dev.whiteboard.core.id;

import static dev.whiteboard.core.id.SnowflakeLayout.DISCORD;
import static dev.whiteboard.core.id.SnowflakeLayout.INSTAGRAM;
import static dev.whiteboard.core.id.SnowflakeLayout.JAVASCRIPT_SAFE;
import static dev.whiteboard.core.id.SnowflakeLayout.SONYFLAKE;
import static dev.whiteboard.core.id.SnowflakeLayout.TWITTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.id.SnowflakeLayout.Order;
import dev.whiteboard.core.id.SnowflakeLayout.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnowflakeLayoutTest {
  private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void limits_ofThePresets_followFromTheirBits() {
    assertEquals(Duration.ofMillis(1L << 41), TWITTER.lifetime());
    assertEquals(Instant.parse("2080-07-10T17:30:30.209Z"), TWITTER.end());
    assertEquals(4_096_000, TWITTER.idsPerSecond());
    assertEquals(1023, TWITTER.maxNode());
    assertEquals(4095, TWITTER.maxSequence());

    assertEquals(Instant.parse("2084-09-06T15:47:35.552Z"), DISCORD.end());

    assertEquals(Instant.parse("2046-06-27T17:00:49.497Z"), INSTAGRAM.end());
    assertEquals(1_024_000, INSTAGRAM.idsPerSecond());
    assertEquals(8191, INSTAGRAM.maxNode());

    // 2^39 * 10 ms are 174 years.
    assertEquals(174, SONYFLAKE.lifetime().toDays() / 365);
    assertEquals(25_600, SONYFLAKE.idsPerSecond());
    assertEquals(65_535, SONYFLAKE.maxNode());

    assertEquals(128_000, JAVASCRIPT_SAFE.idsPerSecond());
    assertEquals(31, JAVASCRIPT_SAFE.maxNode());
  }

  @Test
  void isJavaScriptSafe_upTo53Bits_holds() {
    assertTrue(JAVASCRIPT_SAFE.isJavaScriptSafe());
    assertFalse(SnowflakeLayout.of(EPOCH, 41, 5, 8).isJavaScriptSafe());
    assertFalse(TWITTER.isJavaScriptSafe());
    Instant last = JAVASCRIPT_SAFE.end().minusMillis(1);
    // 2^53 - 1, which JavaScript calls Number.MAX_SAFE_INTEGER.
    assertEquals(9_007_199_254_740_991L, JAVASCRIPT_SAFE.encode(last, 31, 127));
  }

  @Test
  void encode_sequenceLast_putsTheNodeBetween() {
    assertEquals(5L << 22 | 3 << 12 | 9, TWITTER.encode(TWITTER.epoch().plusMillis(5), 3, 9));
  }

  @Test
  void encode_nodeLast_putsTheSequenceBetween() {
    // 59 ms are five units of 10 ms.
    long id = SONYFLAKE.encode(SONYFLAKE.epoch().plusMillis(59), 3, 9);
    assertEquals(5L << 24 | 9 << 16 | 3, id);
    assertEquals(new Parts(SONYFLAKE.epoch().plusMillis(50), 3, 9), SONYFLAKE.decode(id));
  }

  @Test
  void encode_lastOfEverything_isTheLargestLong() {
    long id = TWITTER.encode(TWITTER.end().minusMillis(1), 1023, 4095);
    assertEquals(Long.MAX_VALUE, id);
    assertEquals(new Parts(TWITTER.end().minusMillis(1), 1023, 4095), TWITTER.decode(id));
  }

  @Test
  void firstIdAt_anInstant_isBelowItsIdsAndAboveTheOlder() {
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");
    long first = TWITTER.firstIdAt(noon);
    assertEquals(first, TWITTER.encode(noon, 0, 0));
    assertEquals(first - 1, TWITTER.encode(noon.minusMillis(1), 1023, 4095));
    assertEquals(first, TWITTER.firstIdAt(noon.plusNanos(999_999)));
    assertEquals(0, TWITTER.firstIdAt(TWITTER.epoch()));
  }

  @Test
  void withEpoch_anotherEpoch_keepsTheRest() {
    SnowflakeLayout moved = SONYFLAKE.withEpoch(EPOCH.plusNanos(123_456));
    assertEquals(
        new SnowflakeLayout(EPOCH, Duration.ofMillis(10), 39, 16, 8, Order.TIME_SEQUENCE_NODE),
        moved);
    assertEquals(EPOCH, moved.decode(0).time());
  }

  @Test
  void constructor_longestTimes_doNotOverflow() {
    SnowflakeLayout millis = SnowflakeLayout.of(EPOCH, 61, 1, 1);
    Instant last = millis.end().minusMillis(1);
    assertEquals(new Parts(last, 1, 1), millis.decode(millis.encode(last, 1, 1)));

    SnowflakeLayout seconds =
        new SnowflakeLayout(EPOCH, SECOND, 52, 1, 10, Order.TIME_NODE_SEQUENCE);
    last = seconds.end().minusSeconds(1);
    assertEquals(new Parts(last, 1, 7), seconds.decode(seconds.encode(last, 1, 7)));
  }

  @Test
  void constructor_badBits_namesFieldRangeAndValue() {
    assertRefused("timeBits must be in [1, 61], was 0", () -> SnowflakeLayout.of(EPOCH, 0, 10, 12));
    assertRefused("nodeBits must be in [1, 61], was 0", () -> SnowflakeLayout.of(EPOCH, 41, 0, 12));
    assertRefused(
        "sequenceBits must be in [1, 61], was 0", () -> SnowflakeLayout.of(EPOCH, 41, 10, 0));
    assertRefused(
        "nodeBits must be in [1, 61], was -1", () -> SnowflakeLayout.of(EPOCH, 41, -1, 12));
    assertRefused(
        "timeBits must be in [1, 61], was 2147483647",
        () -> SnowflakeLayout.of(EPOCH, Integer.MAX_VALUE, 10, 12));
    assertRefused(
        "timeBits + nodeBits + sequenceBits must be <= 63 (the sign stays free), was 64",
        () -> SnowflakeLayout.of(EPOCH, 41, 13, 10));
  }

  @Test
  void constructor_badUnit_namesRangeAndValue() {
    assertRefused("unit must be in [PT0.001S, PT1S], was PT0S", () -> counting(Duration.ZERO, 41));
    assertRefused(
        "unit must be in [PT0.001S, PT1S], was PT1.001S",
        () -> counting(Duration.ofMillis(1001), 41));
    assertRefused(
        "unit must be in whole milliseconds, was PT0.0015S",
        () -> counting(Duration.ofNanos(1_500_000), 41));
    assertRefused(
        "unit * 2^timeBits must be <= 2^62 ms, was PT1S * 2^53", () -> counting(SECOND, 53));
  }

  @Test
  void constructor_badEpoch_namesRangeAndValue() {
    assertRefused(
        "epoch must be in [1970-01-01T00:00:00Z, 2500-01-01T00:00:00Z], was 1969-12-31T23:59:59.999Z",
        () -> SnowflakeLayout.of(Instant.ofEpochMilli(-1), 41, 10, 12));
    assertRefused(
        "epoch must be in [1970-01-01T00:00:00Z, 2500-01-01T00:00:00Z], was 2500-01-01T00:00:00.001Z",
        () -> TWITTER.withEpoch(Instant.parse("2500-01-01T00:00:00.001Z")));
  }

  @Test
  void encode_badPart_namesRangeAndValue() {
    assertRefused(
        "time must be in [2010-11-04T01:42:54.657Z, 2080-07-10T17:30:30.209Z), was 2010-11-04T01:42:54.656Z",
        () -> TWITTER.firstIdAt(TWITTER.epoch().minusMillis(1)));
    assertRefused(
        "time must be in [2010-11-04T01:42:54.657Z, 2080-07-10T17:30:30.209Z), was 2080-07-10T17:30:30.209Z",
        () -> TWITTER.encode(TWITTER.end(), 0, 0));
    assertRefused("node must be in [0, 1023], was 1024", () -> TWITTER.encode(EPOCH, 1024, 0));
    assertRefused("node must be in [0, 1023], was -1", () -> TWITTER.encode(EPOCH, -1, 0));
    assertRefused("sequence must be in [0, 4095], was 4096", () -> TWITTER.encode(EPOCH, 0, 4096));
    assertRefused("sequence must be in [0, 4095], was -1", () -> TWITTER.encode(EPOCH, 0, -1));
  }

  @Test
  void decode_badId_namesRangeAndValue() {
    assertRefused("id must be in [0, 9223372036854775807], was -1", () -> TWITTER.decode(-1));
    assertRefused(
        "id must be in [0, 9007199254740991], was 9007199254740992",
        () -> JAVASCRIPT_SAFE.decode(1L << 53));
  }

  @Test
  void anyMethod_null_namesTheArgument() {
    Order order = Order.TIME_NODE_SEQUENCE;
    assertNull("epoch", () -> SnowflakeLayout.of(null, 41, 10, 12));
    assertNull("epoch", () -> TWITTER.withEpoch(null));
    assertNull("unit", () -> new SnowflakeLayout(EPOCH, null, 41, 10, 12, order));
    assertNull("order", () -> new SnowflakeLayout(EPOCH, SECOND, 41, 10, 12, null));
    assertNull("time", () -> TWITTER.encode(null, 0, 0));
    assertNull("time", () -> TWITTER.firstIdAt(null));
  }

  @Test
  void presets_all_leaveTheSignFree() {
    for (SnowflakeLayout layout : List.of(TWITTER, DISCORD, INSTAGRAM, SONYFLAKE)) {
      assertEquals(63, layout.timeBits() + layout.nodeBits() + layout.sequenceBits());
    }
  }

  private static SnowflakeLayout counting(Duration unit, int timeBits) {
    return new SnowflakeLayout(EPOCH, unit, timeBits, 1, 1, Order.TIME_NODE_SEQUENCE);
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static void assertNull(String argument, Runnable call) {
    assertEquals(argument, assertThrows(NullPointerException.class, call::run).getMessage());
  }
}
