package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SnowflakeTest {
  private final TestClocks clocks = new TestClocks();

  private Snowflake.Builder node(int nodeId) {
    return Snowflake.builder(nodeId).clock(clocks).ticker(clocks);
  }

  @Test
  void nextId_quietClock_countsWithinTheMillisecond() {
    Snowflake ids = node(7).build();
    clocks.advance(Duration.ofSeconds(10));
    long first = ids.nextId();
    long second = ids.nextId();
    assertEquals(clocks.instant(), ids.timeOf(first));
    assertEquals(7, Snowflake.nodeOf(first));
    assertEquals(0, Snowflake.sequenceOf(first));
    assertEquals(1, Snowflake.sequenceOf(second));
  }

  @Test
  void nextId_fullMillisecond_carriesIntoTheNext() {
    Snowflake ids = node(0).build();
    clocks.advance(Duration.ofSeconds(10));
    long last = 0;
    for (int i = 0; i < 4097; i++) {
      last = ids.nextId();
    }
    assertEquals(clocks.instant().plusMillis(1), ids.timeOf(last));
    assertEquals(0, Snowflake.sequenceOf(last));
  }

  @Test
  void nextId_leadUsedUp_waitsForTheClock() {
    Snowflake ids = node(0).maxLead(Duration.ofMillis(2)).build();
    clocks.advance(Duration.ofSeconds(10));
    ids.nextId();
    Instant start = clocks.instant();
    clocks.perReading(Duration.ofNanos(50));
    for (int i = 0; i < 10 * 4096; i++) {
      ids.nextId();
      assertTrue(ids.stats().lead().toMillis() <= 2);
    }
    assertTrue(Duration.between(start, clocks.instant()).toMillis() >= 7);
  }

  @Test
  void nextId_leadUsedUpAndClockFixed_saysSo() {
    Snowflake ids = Snowflake.builder(0)
        .clock(InstantSource.fixed(Instant.parse("2026-11-23T00:00:00Z")))
        .maxLead(Duration.ofMillis(1))
        .build();
    assertEquals(
        "the ids are maxLead = 1 ms ahead and the clock has not moved: it must be a running clock",
        assertThrows(IllegalStateException.class, ids::nextId).getMessage());
  }

  @Test
  void nextId_clockFarInTheFuture_isRefusedAndLeavesNoTrace() {
    Snowflake ids = node(0).build();
    clocks.advance(Duration.ofSeconds(10));
    long before = ids.nextId();
    clocks.step(Duration.ofDays(80 * 365));
    assertEquals(
        "the 2^41 ms after the epoch are over: choose a later epoch",
        assertThrows(IllegalStateException.class, ids::nextId).getMessage());
    clocks.step(Duration.ofDays(-80 * 365));
    assertEquals(before + 1, ids.nextId());
  }

  @Nested
  class WhenTheClockStepsBack {
    @Test
    void nextId_hourBack_goesOnAtTheFullRateOfTheLayout() {
      Snowflake ids = node(0).maxLead(Duration.ofMillis(5)).build();
      clocks.advance(Duration.ofSeconds(10));
      long previous = ids.nextId();
      Instant before = ids.timeOf(previous);
      clocks.step(Duration.ofHours(-1));
      clocks.perReading(Duration.ofNanos(100));
      for (int i = 0; i < 100 * 4096; i++) {
        long next = ids.nextId();
        assertTrue(next > previous);
        previous = next;
      }
      // 100 ms worth of ids: the time in them has moved on as if the clock had not been touched.
      assertEquals(before.plusMillis(100), ids.timeOf(previous));
    }

    @Test
    void nextId_fewIds_doNotRunAhead() {
      Snowflake ids = node(0).build();
      clocks.advance(Duration.ofSeconds(10));
      Instant before = ids.timeOf(ids.nextId());
      clocks.step(Duration.ofSeconds(-1));
      for (int i = 0; i < 1000; i++) {
        assertEquals(before, ids.timeOf(ids.nextId()));
      }
    }
  }

  @Test
  void build_afterABurstAtFullThrottle_startsBehindItsIds() {
    Snowflake first = node(3).maxLead(Duration.ofMillis(20)).build();
    clocks.advance(Duration.ofSeconds(10));
    long last = first.nextId();
    while (first.stats().lead().toMillis() < 20) {
      last = first.nextId();
    }
    Snowflake restarted = node(3).maxLead(Duration.ofMillis(20)).build();
    clocks.advance(Duration.ofMillis(1));
    assertTrue(restarted.nextId() > last);
  }

  @Test
  void build_newGenerator_isAheadByItsLeadAndNoMore() {
    Snowflake ids = node(0).maxLead(Duration.ofMillis(50)).build();
    clocks.advance(Duration.ofMillis(1));
    assertEquals(clocks.instant().plusMillis(50), ids.timeOf(ids.nextId()));
    clocks.advance(Duration.ofMillis(60));
    assertEquals(clocks.instant(), ids.timeOf(ids.nextId()));
  }

  /** Published ids: Twitter's from its documentation, Discord's from the API reference (shown with its own epoch). */
  @Test
  void decode_publishedIds_givesTheirParts() {
    Snowflake twitter = node(0).build();
    long tweet = 1541815603606036480L;
    assertEquals(Instant.ofEpochMilli(1656432460105L), twitter.timeOf(tweet));
    assertEquals(378, Snowflake.nodeOf(tweet));
    assertEquals(0, Snowflake.sequenceOf(tweet));

    Snowflake discord = node(0).epoch(Instant.ofEpochMilli(1420070400000L)).build();
    long message = 175928847299117063L;
    assertEquals(Instant.ofEpochMilli(1462015105796L), discord.timeOf(message));
    assertEquals(32, Snowflake.nodeOf(message));
    assertEquals(7, Snowflake.sequenceOf(message));
  }

  @Test
  void builder_badInput_namesArgumentRangeAndValue() {
    assertRefused("nodeId must be in [0, 1023], was -1", () -> Snowflake.builder(-1));
    assertRefused("nodeId must be in [0, 1023], was 1024", () -> Snowflake.builder(1024));
    assertRefused(
        "maxLead must be in [PT0.001S, PT24H], was PT0S", () -> node(0).maxLead(Duration.ZERO));
    assertRefused(
        "maxLead must be in [PT0.001S, PT24H], was PT25H",
        () -> node(0).maxLead(Duration.ofHours(25)));
    assertRefused(
        "epoch must be in [1970-01-01T00:00:00Z, 2500-01-01T00:00:00Z], was 1969-12-31T23:59:59.999Z",
        () -> node(0).epoch(Instant.ofEpochMilli(-1)));
    assertRefused(
        "epoch must not be after the clock (2027-01-15T08:00:00Z) nor 69.7 years before it, was 2027-01-15T08:00:00.001Z",
        () -> node(0).epoch(Instant.ofEpochMilli(1_800_000_000_001L)).build());
    clocks.step(Duration.ofDays(80 * 365));
    assertThrows(IllegalArgumentException.class, () -> node(0).build());
  }

  @Test
  void builder_null_namesTheArgument() {
    assertEquals(
        "epoch",
        assertThrows(NullPointerException.class, () -> node(0).epoch(null)).getMessage());
    assertEquals(
        "clock",
        assertThrows(NullPointerException.class, () -> node(0).clock(null)).getMessage());
    assertEquals(
        "ticker",
        assertThrows(NullPointerException.class, () -> node(0).ticker(null)).getMessage());
    assertEquals(
        "maxLead",
        assertThrows(NullPointerException.class, () -> node(0).maxLead(null)).getMessage());
  }

  @Test
  void decode_negativeId_isRefused() {
    Snowflake ids = node(0).build();
    assertRefused("id must be >= 0, was -1", () -> ids.timeOf(-1));
    assertRefused("id must be >= 0, was -1", () -> Snowflake.nodeOf(-1));
    assertRefused("id must be >= 0, was -1", () -> Snowflake.sequenceOf(-1));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
