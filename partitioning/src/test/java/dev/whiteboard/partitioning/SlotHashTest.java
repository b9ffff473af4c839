package dev.whiteboard.partitioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.core.hash.Xxh3;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotHashTest {
  private static final List<SlotHash> ALL =
      List.of(SlotHash.xxh3(), SlotHash.redisCluster(), SlotHash.kafka(), SlotHash.elasticsearch());

  @Test
  void slot_oneSlot_isTheFirst() {
    for (SlotHash slotHash : ALL) {
      assertEquals(0, slotHash.slot("", 1));
      assertEquals(0, slotHash.slot("key", 1));
    }
  }

  @Test
  void slot_badArgument_isRefused() {
    for (SlotHash slotHash : ALL) {
      assertEquals(
          "key",
          assertThrows(NullPointerException.class, () -> slotHash.slot(null, 1)).getMessage());
      assertEquals(
          "slots must be >= 1, was 0",
          assertThrows(IllegalArgumentException.class, () -> slotHash.slot("key", 0))
              .getMessage());
    }
  }

  @Test
  void xxh3_powerOfTwo_isTheTopBits() {
    assertEquals(Xxh3.hash("key") >>> 50, SlotHash.xxh3().slot("key", 1 << 14));
    assertEquals(0, NumberedNodes.scale(0, 4));
    assertEquals(0, NumberedNodes.scale((1L << 62) - 1, 4));
    assertEquals(1, NumberedNodes.scale(1L << 62, 4));
    assertEquals(2, NumberedNodes.scale(Long.MIN_VALUE, 4));
    assertEquals(3, NumberedNodes.scale(-1, 4));
  }

  /** 2^64 / 3 is 0x5555555555555555 and a third; the lowest bit does not count. */
  @Test
  void xxh3_threeSlots_areThirdsOfTheHashes() {
    assertEquals(0, NumberedNodes.scale(0x5555555555555555L, 3));
    assertEquals(1, NumberedNodes.scale(0x5555555555555556L, 3));
    assertEquals(1, NumberedNodes.scale(0xaaaaaaaaaaaaaaa9L, 3));
    assertEquals(2, NumberedNodes.scale(0xaaaaaaaaaaaaaaacL, 3));
    assertEquals(2, NumberedNodes.scale(-1, 3));
  }

  @Test
  void redisCluster_tagAtTheEdges_isFound() {
    int tag = SlotHash.redisCluster().slot("a", 16_384);
    assertEquals(tag, SlotHash.redisCluster().slot("{a}", 16_384));
    assertEquals(tag, SlotHash.redisCluster().slot("}{a}", 16_384));
    assertEquals(tag, SlotHash.redisCluster().slot("x{a}}", 16_384));
  }

  /** One to four bytes of UTF-8 and each kind of text that is no Unicode, which getBytes writes as a question mark. */
  @Test
  void redisCluster_anyText_isHashedInUtf8() {
    for (String text : List.of(
        "é",
        "߿",
        "ࠀ",
        "語",
        "\uFFFF",
        "😀",
        "\uD800",
        "\uDC00",
        "x\uDBFF",
        "\uD800\uD800",
        "\uDC00\uD800",
        "\uD83D\uD83D\uDE00",
        "a語b😀c")) {
      assertEquals(crc16(text.getBytes(UTF_8)), SlotHash.redisCluster().slot(text, 1 << 16), text);
    }
  }

  /** Half of a pair is not in the tag, although its other half follows the brace. */
  @Test
  void redisCluster_tagOfHalfAPair_staysWithinTheBraces() {
    assertEquals(
        crc16("?".getBytes(UTF_8)), SlotHash.redisCluster().slot("{\uD83D}\uDE00", 1 << 16));
  }

  /** The definition, bit by bit. */
  private static int crc16(byte[] bytes) {
    int crc = 0;
    for (byte octet : bytes) {
      for (int bit = 7; bit >= 0; bit--) {
        boolean carry = (crc >> 15 & 1) != (octet >> bit & 1);
        crc = (crc << 1 & 0xFFFF) ^ (carry ? 0x1021 : 0);
      }
    }
    return crc;
  }

  @Test
  void kafka_tailOfEachLength_countsEveryByte() {
    assertEquals(275_646_681, SlotHash.kafka().slot("", Integer.MAX_VALUE));
    assertEquals(-1_563_381_124 & 0x7fffffff, SlotHash.kafka().slot("a", Integer.MAX_VALUE));
    assertEquals(597_841_616, SlotHash.kafka().slot("foo", Integer.MAX_VALUE));
    assertEquals(2_132_663_229, SlotHash.kafka().slot("hello", Integer.MAX_VALUE));
  }
}
