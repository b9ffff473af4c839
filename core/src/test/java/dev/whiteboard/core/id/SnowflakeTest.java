package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.id.Snowflake.WhenAhead;
import dev.whiteboard.core.id.SnowflakeLayout.Parts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SnowflakeTest {
  private final TestClocks clocks = new TestClocks();

  private SnowflakeBuilder node(int nodeId) {
    return Snowflake.builder(nodeId).clock(clocks).ticker(clocks);
  }

  @Test
  void nextId_quietClock_countsWithinTheMillisecond() {
    Snowflake ids = node(7).build();
    clocks.advance(Duration.ofSeconds(10));
    Parts first = decode(ids.nextId());
    Parts second = decode(ids.nextId());
    assertEquals(clocks.instant(), first.time());
    assertEquals(7, first.node());
    assertEquals(new Parts(first.time(), 7, first.sequence() + 1), second);
  }

  @Test
  void nextId_timeMovesOn_theSequenceGoesOnCounting() {
    Snowflake ids = node(7).build();
    clocks.advance(Duration.ofSeconds(10));
    Parts first = decode(ids.nextId());
    for (int i = 1; i <= 5000; i++) {
      clocks.advance(Duration.ofMillis(100));
      long sequence = (first.sequence() + i) % 4096;
      assertEquals(new Parts(clocks.instant(), 7, sequence), decode(ids.nextId()));
    }
  }

  @Test
  void nextId_fullSequence_carriesIntoTheNextMillisecond() {
    Snowflake ids = node(0).build();
    clocks.advance(Duration.ofSeconds(10));
    Parts first = decode(ids.nextId());
    long last = 0;
    for (int i = 0; i < 4096; i++) {
      last = ids.nextId();
    }
    assertEquals(new Parts(first.time().plusMillis(1), 0, first.sequence()), decode(last));
  }

  @Test
  void nextId_anotherLayout_fillsItsFields() {
    Snowflake ids = Snowflake.builder(SnowflakeLayout.SONYFLAKE, 40_000)
        .clock(clocks)
        .ticker(clocks)
        .build();
    clocks.advance(Duration.ofSeconds(10));
    Parts first = ids.layout().decode(ids.nextId());
    assertEquals(clocks.instant(), first.time());
    long last = 0;
    for (int i = 0; i < 256; i++) {
      last = ids.nextId();
    }
    Parts carried = new Parts(first.time().plusMillis(10), 40_000, first.sequence());
    assertEquals(carried, ids.layout().decode(last));
    clocks.advance(Duration.ofMillis(9));
    assertEquals(carried.time(), ids.timeOf(ids.nextId()));
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
        "the layout ends at 2080-07-10T17:30:30.209Z and the clock is within maxLead of it: choose a later epoch",
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
      for (int i = 0; i < 4096; i++) {
        Instant time = ids.timeOf(ids.nextId());
        assertTrue(!time.isBefore(before) && !time.isAfter(before.plusMillis(1)));
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
    Instant start = clocks.instant();
    clocks.advance(Duration.ofMillis(1));
    assertEquals(start.plusMillis(50), ids.timeOf(ids.nextId()));
    clocks.advance(Duration.ofMillis(60));
    assertEquals(clocks.instant(), ids.timeOf(ids.nextId()));
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
        "maxLead must be in [PT0.01S, PT24H], was PT0.009S",
        () -> Snowflake.builder(SnowflakeLayout.SONYFLAKE, 0).maxLead(Duration.ofMillis(9)));
    assertRefused(
        "nodeId must be in [0, 65535], was 65536",
        () -> Snowflake.builder(SnowflakeLayout.SONYFLAKE, 65_536));
  }

  @Test
  void build_clockOutsideTheLayout_namesBoth() {
    assertRefused(
        "epoch must be <= the clock (2027-01-15T08:00:00Z), was 2027-01-15T08:00:00.001Z",
        () -> node(0).epoch(Instant.ofEpochMilli(1_800_000_000_001L)).build());
    // The last second is the lead's, and one more unit the wait's.
    Instant end = SnowflakeLayout.TWITTER.end();
    clocks.step(Duration.between(clocks.instant(), end.minusMillis(1002)));
    node(0).build();
    clocks.step(Duration.ofMillis(1));
    assertRefused(
        "the layout must end after the clock (2080-07-10T17:30:29.208Z) by more than maxLead (PT1S), but ends at 2080-07-10T17:30:30.209Z",
        () -> node(0).build());
  }

  @Test
  void nextId_lastMomentsOfTheLayout_endInARefusalNotInAnOverflow() {
    SnowflakeLayout brief = SnowflakeLayout.of(clocks.instant(), 4, 1, 2);
    Snowflake ids = Snowflake.builder(brief, 1)
        .clock(clocks.perReading(Duration.ofNanos(10_000)))
        .ticker(clocks)
        .maxLead(Duration.ofMillis(3))
        .build();
    long[] previous = {-1};
    IllegalStateException end = assertThrows(IllegalStateException.class, () -> {
      for (int i = 0; i < 100; i++) {
        long id = ids.nextId();
        assertTrue(id > previous[0]);
        previous[0] = id;
      }
    });
    assertTrue(end.getMessage().startsWith("the layout ends at 2027-01-15T08:00:00.016Z"));
    assertTrue(brief.decode(previous[0]).time().isAfter(brief.end().minusMillis(4)));
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
        "layout",
        assertThrows(NullPointerException.class, () -> Snowflake.builder(null, 0))
            .getMessage());
    assertEquals(
        "whenAhead",
        assertThrows(NullPointerException.class, () -> node(0).whenAhead(null)).getMessage());
    assertEquals(
        "permit",
        assertThrows(NullPointerException.class, () -> node(0).permit(null)).getMessage());
    assertEquals(
        "maxLead",
        assertThrows(NullPointerException.class, () -> node(0).maxLead(null)).getMessage());
  }

  @Test
  void timeOf_negativeId_isRefused() {
    Snowflake ids = node(0).build();
    assertRefused("id must be in [0, 9223372036854775807], was -1", () -> ids.timeOf(-1));
  }

  @Nested
  class WhenItThrows {
    private Snowflake ids;

    @BeforeEach
    void buildWaitsForTheClockToMoveOnce() {
      Instant start = clocks.instant();
      clocks.perReading(Duration.ofNanos(10_000));
      ids = node(0).maxLead(Duration.ofMillis(2)).whenAhead(WhenAhead.THROW).build();
      clocks.perReading(Duration.ZERO);
      assertEquals(start.plusMillis(1), clocks.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void nextId_start_succeeds() {
      ids.nextId();
      assertTrue(ids.stats().lead().toMillis() <= 2);
    }

    @Test
    void nextId_leadUsedUp_throwsAndStaysAsItWas() {
      clocks.advance(Duration.ofSeconds(10));
      // From where the sequence stands in this millisecond to two milliseconds after its beginning.
      long issued = drawUntilRefused();
      assertTrue(issued > 4096 && issued <= 2 * 4096 + 1, issued + " issued");
      for (int i = 0; i < 100_000; i++) {
        assertEquals(
            "the ids are maxLead = 2 ms ahead of the clock: try again when it has moved on",
            assertThrows(IllegalStateException.class, ids::nextId).getMessage());
      }
      clocks.advance(Duration.ofMillis(1));
      assertEquals(4096, drawUntilRefused());
    }

    @Test
    void lease_noRoomForAll_takesNone() {
      clocks.advance(Duration.ofSeconds(10));
      ids.nextId();
      assertThrows(IllegalStateException.class, () -> ids.lease(2 * 4096));
      assertEquals(4000, ids.lease(4000).remaining());
    }

    @Test
    void nextId_clockSteppedBack_elapsedTimeMakesRoom() {
      clocks.advance(Duration.ofSeconds(10));
      ids.nextId();
      clocks.step(Duration.ofHours(-1));
      drawUntilRefused();
      clocks.advance(Duration.ofMillis(1));
      assertEquals(4096, drawUntilRefused());
    }

    private long drawUntilRefused() {
      for (long issued = 0; ; issued++) {
        try {
          ids.nextId();
        } catch (IllegalStateException e) {
          return issued;
        }
      }
    }
  }

  @Nested
  class WhenThePermitEnds {
    private static final String GONE =
        "the permit to issue ids is gone: another process may use this node number now";

    private final AtomicBoolean permit = new AtomicBoolean(true);
    private final Snowflake ids = node(0).permit(permit::get).build();

    @Test
    void nextId_clockMovedOn_isRefusedUntilThePermitIsBack() {
      clocks.advance(Duration.ofSeconds(10));
      long before = ids.nextId();
      permit.set(false);
      clocks.advance(Duration.ofMillis(1));
      for (int i = 0; i < 3; i++) {
        assertEquals(
            GONE, assertThrows(IllegalStateException.class, ids::nextId).getMessage());
      }
      permit.set(true);
      Parts next = decode(ids.nextId());
      assertEquals((decode(before).sequence() + 1) % 4096, next.sequence());
    }

    @Test
    void nextId_clockMovedBack_isRefused() {
      clocks.advance(Duration.ofSeconds(10));
      ids.nextId();
      permit.set(false);
      clocks.step(Duration.ofHours(-1));
      assertThrows(IllegalStateException.class, ids::nextId);
    }

    @Test
    void nextId_sameMillisecond_isStillIssued() {
      clocks.advance(Duration.ofSeconds(10));
      long before = ids.nextId();
      permit.set(false);
      assertTrue(ids.nextId() > before);
    }

    @Test
    void nextId_firstOfAll_asks() {
      permit.set(false);
      assertThrows(IllegalStateException.class, ids::nextId);
      assertThrows(IllegalStateException.class, () -> ids.lease(10));
    }

    @Test
    void nextId_endsDuringTheWait_isRefused() {
      Instant end = clocks.instant().plusNanos(500_000);
      Snowflake waiting = node(0).permit(() -> clocks.instant().isBefore(end)).build();
      clocks.perReading(Duration.ofNanos(1_000));
      assertEquals(
          GONE, assertThrows(IllegalStateException.class, waiting::nextId).getMessage());
    }
  }

  @Nested
  class Leases {
    @Test
    void lease_quietClock_holdsConsecutiveIds() {
      Snowflake ids = node(3).build();
      clocks.advance(Duration.ofSeconds(10));
      Parts before = decode(ids.nextId());
      Snowflake.Lease lease = ids.lease(5000);
      for (int i = 1; i <= 5000; i++) {
        assertEquals(5001 - i, lease.remaining());
        long tick = before.sequence() + i;
        assertEquals(
            new Parts(before.time().plusMillis(tick / 4096), 3, tick % 4096), decode(lease.next()));
      }
      assertEquals(0, lease.remaining());
      assertEquals((before.sequence() + 5001) % 4096, decode(ids.nextId()).sequence());
    }

    @Test
    void lease_timeMovedOn_beginsNow() {
      Snowflake ids = node(3).build();
      clocks.advance(Duration.ofSeconds(10));
      ids.lease(10);
      clocks.advance(Duration.ofSeconds(10));
      Snowflake.Lease lease = ids.lease(10);
      long first = lease.next();
      assertEquals(clocks.instant(), ids.timeOf(first));
      assertTrue(ids.nextId() > first + 9);
    }

    @Test
    void next_noneLeft_throws() {
      Snowflake ids = node(3).build();
      clocks.advance(Duration.ofSeconds(10));
      Snowflake.Lease lease = ids.lease(1);
      lease.next();
      assertEquals(
          "the lease is used up: take another",
          assertThrows(NoSuchElementException.class, lease::next).getMessage());
    }

    @Test
    void lease_asManyAsTheLead_waitsUntilTheyAreNearEnough() {
      Snowflake ids = node(3).maxLead(Duration.ofMillis(5)).build();
      clocks.advance(Duration.ofSeconds(10));
      ids.lease(4 * 4096);
      Instant before = clocks.instant();
      clocks.perReading(Duration.ofNanos(1_000));
      Snowflake.Lease lease = ids.lease(5 * 4096);
      assertTrue(Duration.between(before, clocks.instant()).toMillis() >= 4);
      long last = 0;
      while (lease.remaining() > 0) {
        last = lease.next();
      }
      assertFalse(ids.timeOf(last).isAfter(clocks.instant().plusMillis(5)));
    }

    @Test
    void lease_badLength_namesRangeAndValue() {
      Snowflake ids = node(0).maxLead(Duration.ofMillis(5)).build();
      assertRefused("n must be in [1, 20480], was 0", () -> ids.lease(0));
      assertRefused("n must be in [1, 20480], was 20481", () -> ids.lease(20_481));
      assertRefused("n must be in [1, 4096000], was -1", () -> node(0).build().lease(-1));
    }
  }

  private static Parts decode(long id) {
    return SnowflakeLayout.TWITTER.decode(id);
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
