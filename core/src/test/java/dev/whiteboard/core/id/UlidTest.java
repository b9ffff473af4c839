package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UlidTest {
  private static final String LARGEST = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ";

  @Test
  void toString_eachHalf_fillsItsDigits() {
    assertEquals("00000000000000000000000000", new Ulid(0, 0).toString());
    assertEquals("00000000000000000000000001", new Ulid(0, 1).toString());
    assertEquals("0000000000000FZZZZZZZZZZZZ", new Ulid(0, -1).toString());
    assertEquals("0000000000000G000000000000", new Ulid(1, 0).toString());
    assertEquals(LARGEST, new Ulid(-1, -1).toString());
  }

  @Test
  void parse_extremes_readBack() {
    assertEquals(new Ulid(0, 0), Ulid.parse("00000000000000000000000000"));
    assertEquals(new Ulid(0, -1), Ulid.parse("0000000000000FZZZZZZZZZZZZ"));
    assertEquals(new Ulid(1, 0), Ulid.parse("0000000000000G000000000000"));
    assertEquals(new Ulid(-1, -1), Ulid.parse(LARGEST));
  }

  @Test
  void time_smallestAndLargest_areWholeMilliseconds() {
    assertEquals(Instant.EPOCH, new Ulid(0xFFFF, -1).time());
    assertEquals(Instant.ofEpochMilli(1), new Ulid(0x10000, 0).time());
    assertEquals(Instant.ofEpochMilli((1L << 48) - 1), Ulid.parse(LARGEST).time());
  }

  @Test
  void toUuid_signBitSet_keepsTheOrderOnlyUnsigned() {
    Ulid small = new Ulid(0, 1);
    Ulid large = new Ulid(0, -1);
    assertTrue(small.compareTo(large) < 0);
    assertTrue(UuidV7.ORDER.compare(small.toUuid(), large.toUuid()) < 0);
    assertTrue(small.toUuid().compareTo(large.toUuid()) > 0);
  }

  @Test
  void of_uuid_keepsTheBits() {
    UUID uuid = new UUID(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L);
    assertEquals(new Ulid(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L), Ulid.of(uuid));
    assertEquals(uuid, Ulid.of(uuid).toUuid());
  }

  @Test
  void increment_lowerHalfFull_carries() {
    assertEquals(new Ulid(0x1_0001, 0), new Ulid(0x1_0000, -1).increment());
    assertEquals(
        new Ulid(0x1_FFFF, Long.MIN_VALUE), new Ulid(0x1_FFFF, Long.MAX_VALUE).increment());
  }

  @Test
  void increment_allOnes_isRefused() {
    assertEquals(
        "the 80 bits after the time must not be all ones, was 01BX5ZZKBKZZZZZZZZZZZZZZZZ",
        assertThrows(
                IllegalStateException.class, Ulid.parse("01BX5ZZKBKZZZZZZZZZZZZZZZZ")::increment)
            .getMessage());
  }

  @Test
  void parse_wrongLength_isRefused() {
    refused("text must have 26 digits, had 0", "");
    refused("text must have 26 digits, had 0", "---");
    refused("text must have 26 digits, had 25", "7ZZZZZZZZZZZZZZZZZZZZZZZZ");
    refused("text must have 26 digits, was 'X' at position 26", LARGEST + "X");
  }

  @Test
  void parse_aboveTheLargest_namesTheFirstDigit() {
    refused(
        "text must be at most 7ZZZZZZZZZZZZZZZZZZZZZZZZZ, was '8' at position 0",
        "80000000000000000000000000");
    refused(
        "text must be at most 7ZZZZZZZZZZZZZZZZZZZZZZZZZ, was 'z' at position 1",
        "-z0000000000000000000000000");
  }

  @Test
  void parse_characterOutsideTheAlphabet_isNamedWithItsPosition() {
    refused(
        "text must be Crockford's base 32, was 'U' at position 25", "0000000000000000000000000U");
    refused(
        "text must be Crockford's base 32, was U+000A at position 26",
        "00000000000000000000000000\n");
  }

  @Test
  void null_namesTheArgument() {
    assertEquals(
        "text", assertThrows(NullPointerException.class, () -> Ulid.parse(null)).getMessage());
    assertEquals(
        "uuid", assertThrows(NullPointerException.class, () -> Ulid.of(null)).getMessage());
  }

  private static void refused(String message, String text) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Ulid.parse(text)).getMessage());
  }
}
