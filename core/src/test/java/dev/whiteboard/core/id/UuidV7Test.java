package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UuidV7Test {
  /** 1,800,000,000,000 ms of Unix time are 0x01A3185C5000. */
  private final TestClocks clocks = new TestClocks();

  private UuidV7 idsWithTail(long random) {
    return UuidV7.builder().clock(clocks).random(() -> random).build();
  }

  @Test
  void next_randomZero_isTimeVersionAndVariant() {
    UuidV7 ids = idsWithTail(0);
    assertEquals("01a3185c-5000-7000-8000-000000000000", ids.next().toString());
    assertEquals("01a3185c-5000-7000-8100-000000000000", ids.next().toString());
  }

  @Test
  void next_randomAllOnes_startsBelowHalfOfTheCounter() {
    UuidV7 ids = idsWithTail(-1);
    assertEquals("01a3185c-5000-77ff-bfff-ffffffffffff", ids.next().toString());
    assertEquals("01a3185c-5000-7800-80ff-ffffffffffff", ids.next().toString());
  }

  @Test
  void next_newMillisecond_startsTheCounterAnew() {
    UuidV7 ids = idsWithTail(
        0x0000_8000_0000_0000L); // the lowest bit of the counter's start, and one of the tail
    assertEquals("01a3185c-5000-7000-8100-008000000000", ids.next().toString());
    assertEquals("01a3185c-5000-7000-8200-008000000000", ids.next().toString());
    clocks.advance(Duration.ofMillis(1));
    assertEquals("01a3185c-5001-7000-8100-008000000000", ids.next().toString());
  }

  @Test
  void next_fullCounter_carriesIntoTheTime() {
    UuidV7 ids = idsWithTail(0);
    UUID last = ids.next();
    for (int i = 1; i < 1 << 18; i++) {
      last = ids.next();
    }
    assertEquals("01a3185c-5000-7fff-bf00-000000000000", last.toString());
    assertEquals("01a3185c-5001-7000-8000-000000000000", ids.next().toString());
  }

  @Test
  void next_clockAnHourBack_goesOnFromTheLatestTime() {
    UuidV7 ids = idsWithTail(0);
    ids.next();
    clocks.step(Duration.ofHours(-1));
    assertEquals("01a3185c-5000-7000-8100-000000000000", ids.next().toString());
    clocks.advance(Duration.ofHours(1).plusMillis(1));
    assertEquals("01a3185c-5001-7000-8000-000000000000", ids.next().toString());
  }

  @Test
  void create_systemClock_issuesVersion7InOrder() {
    UuidV7 ids = UuidV7.create();
    UUID first = ids.next();
    UUID second = ids.next();
    assertEquals(7, first.version());
    assertEquals(2, first.variant());
    assertTrue(UuidV7.ORDER.compare(first, second) < 0);
    assertTrue(UuidV7.timeOf(first).isAfter(Instant.parse("2024-01-01T00:00:00Z")));
  }

  @Nested
  class AtTheEdgesOfTheClock {
    @Test
    void next_epoch_isTheSmallestTime() {
      assertEquals(Instant.EPOCH, UuidV7.timeOf(at(0).next()));
    }

    @Test
    void next_outOfRange_isRefused() {
      long last = (1L << 45) - 86_400_000;
      assertEquals(Instant.ofEpochMilli(last), UuidV7.timeOf(at(last).next()));
      refused("clock must be in [1970, 3084], was at 35184285688833 ms of Unix time", last + 1);
      refused("clock must be in [1970, 3084], was at -1 ms of Unix time", -1);
    }

    @Test
    void next_refused_leavesNoTrace() {
      AtomicLong millis = new AtomicLong(1_800_000_000_000L);
      UuidV7 ids = UuidV7.builder()
          .clock(() -> Instant.ofEpochMilli(millis.get()))
          .random(() -> 0)
          .build();
      ids.next();
      millis.set(1L << 45);
      assertThrows(IllegalStateException.class, ids::next);
      millis.set(1_800_000_000_000L);
      assertEquals("01a3185c-5000-7000-8100-000000000000", ids.next().toString());
    }

    private UuidV7 at(long millis) {
      return UuidV7.builder()
          .clock(InstantSource.fixed(Instant.ofEpochMilli(millis)))
          .random(() -> 0)
          .build();
    }

    private void refused(String message, long millis) {
      assertEquals(
          message, assertThrows(IllegalStateException.class, at(millis)::next).getMessage());
    }
  }

  @Test
  void order_version4WithSignBit_comesBehindUnlikeInCompareTo() {
    UUID version7 = UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    UUID version4 = UUID.fromString("919108f7-52d1-4320-9bac-f847db4148a8");
    assertTrue(UuidV7.ORDER.compare(version7, version4) < 0);
    assertTrue(version7.compareTo(version4) > 0);
    assertEquals(0, UuidV7.ORDER.compare(version7, version7));
  }

  @Test
  void timeOf_otherVersionOrVariant_isRefused() {
    refused(
        "uuid must be of version 7 and variant 2, was of version 4 and variant 2:"
            + " 919108f7-52d1-4320-9bac-f847db4148a8",
        "919108f7-52d1-4320-9bac-f847db4148a8");
    refused(
        "uuid must be of version 7 and variant 2, was of version 7 and variant 6:"
            + " 017f22e2-79b0-7cc3-d8c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-d8c4-dc0c0c07398f");
  }

  @Test
  void null_namesTheArgument() {
    assertEquals(
        "uuid",
        assertThrows(NullPointerException.class, () -> UuidV7.timeOf(null)).getMessage());
    assertEquals(
        "clock",
        assertThrows(NullPointerException.class, () -> UuidV7.builder().clock(null))
            .getMessage());
    assertEquals(
        "random",
        assertThrows(NullPointerException.class, () -> UuidV7.builder().random(null))
            .getMessage());
  }

  private static void refused(String message, String uuid) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> UuidV7.timeOf(UUID.fromString(uuid)))
            .getMessage());
  }
}
