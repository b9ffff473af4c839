package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShortCodeTest {
  private final ShortCode codes = ShortCode.builder(2026).build();

  /** Codes outlive the release that issued them: a change of these is a break. A Python model computes the same. */
  @Test
  void encode_firstNumbers_neverChange() {
    assertEquals(
        List.of("E2jwLrN", "dRh5DO5", "7LiC4rX", "bDjr5OW", "LokVQBA"),
        LongStream.range(0, 5).mapToObj(codes::encode).toList());
    assertEquals(
        "pEoOojW51B", ShortCode.builder(new byte[] {1, 2, 3}).width(10).build().encode(1L << 59));
    ShortCode small =
        ShortCode.builder(1).alphabet(ShortCode.WITHOUT_LOOK_ALIKES).width(4).build();
    assertEquals("Bich", small.encode(0));
  }

  @Test
  void encode_lastNumber_readsBack() {
    assertEquals(3_521_614_606_208L, codes.size());
    assertEquals(codes.size() - 1, codes.decode(codes.encode(codes.size() - 1)));
  }

  @Test
  void size_isTheAlphabetToThePowerOfTheWidth() {
    assertEquals(62, ShortCode.builder(1).width(1).build().size());
    assertEquals(
        839_299_365_868_340_224L, ShortCode.builder(1).width(10).build().size());
    assertEquals(2, ShortCode.builder(1).alphabet("ab").width(1).build().size());
    assertEquals(1L << 62, ShortCode.builder(1).alphabet("ab").width(62).build().size());
  }

  @Test
  void encode_largestDomain_readsBack() {
    ShortCode bits = ShortCode.builder(1).alphabet("01").width(62).build();
    assertEquals((1L << 62) - 1, bits.decode(bits.encode((1L << 62) - 1)));
  }

  @Test
  void builder_longKey_standsForItsBytes() {
    ShortCode bytes =
        ShortCode.builder(new byte[] {0, 0, 0, 0, 0, 0, 0x07, (byte) 0xEA}).build();
    assertEquals(codes.encode(12345), bytes.encode(12345));
    assertNotEquals(codes.encode(12345), ShortCode.builder(2027).build().encode(12345));
  }

  @Test
  void alphabets_areWhatTheySay() {
    assertEquals(62, ShortCode.BASE62.chars().distinct().count());
    assertEquals(57, ShortCode.WITHOUT_LOOK_ALIKES.chars().distinct().count());
    assertEquals(
        "01IOl", ShortCode.BASE62.replaceAll("[" + ShortCode.WITHOUT_LOOK_ALIKES + "]", ""));
  }

  @Nested
  class Refuses {
    @Test
    void encode_outOfRange_namesTheRange() {
      refused("number must be in [0, 3521614606207], was -1", () -> codes.encode(-1));
      refused(
          "number must be in [0, 3521614606207], was 3521614606208",
          () -> codes.encode(3_521_614_606_208L));
    }

    @Test
    void decode_wrongLength_namesIt() {
      refused("text must have 7 characters, had 0", () -> codes.decode(""));
      refused("text must have 7 characters, had 6", () -> codes.decode("abcdef"));
      refused("text must have 7 characters, had 8", () -> codes.decode("abcdefgh"));
    }

    @Test
    void decode_characterOutsideTheAlphabet_isNamedWithItsPosition() {
      refused("text must be in the alphabet, was '-' at position 3", () -> codes.decode("abc-efg"));
      ShortCode clear =
          ShortCode.builder(1).alphabet(ShortCode.WITHOUT_LOOK_ALIKES).build();
      refused("text must be in the alphabet, was 'l' at position 6", () -> clear.decode("abcdefl"));
      refused(
          "text must be in the alphabet, was U+00FC at position 0", () -> clear.decode("übcdefg"));
    }

    @Test
    void builder_badAlphabet_namesTheCharacter() {
      ShortCode.Builder builder = ShortCode.builder(1);
      refused("alphabet must have at least 2 characters, had 0", () -> builder.alphabet(""));
      refused("alphabet must have at least 2 characters, had 1", () -> builder.alphabet("a"));
      refused(
          "alphabet must not repeat a character, was 'a' at position 2",
          () -> builder.alphabet("aba"));
      refused(
          "alphabet must be visible ASCII, was U+0020 at position 1",
          () -> builder.alphabet("a b"));
      refused(
          "alphabet must be visible ASCII, was U+007F at position 0",
          () -> builder.alphabet("\u007Fb"));
      refused(
          "alphabet must be visible ASCII, was U+00E9 at position 2",
          () -> builder.alphabet("abé"));
      assertEquals(ShortCode.builder(1).build().encode(1), builder.build().encode(1));
    }

    @Test
    void builder_badWidth_namesTheRange() {
      refused("width must be in [1, 62], was 0", () -> ShortCode.builder(1).width(0));
      refused("width must be in [1, 62], was 63", () -> ShortCode.builder(1).width(63));
      refused(
          "width must give at most 2^62 codes, was 11 with 62 symbols",
          () -> ShortCode.builder(1).width(11).build());
      refused(
          "width must give at most 2^62 codes, was 62 with 62 symbols",
          () -> ShortCode.builder(1).width(62).build());
    }

    @Test
    void builder_noKey_isRefused() {
      refused("key must have at least 1 byte, had 0", () -> ShortCode.builder(new byte[0]));
    }

    @Test
    void null_namesTheArgument() {
      assertEquals(
          "key",
          assertThrows(NullPointerException.class, () -> ShortCode.builder(null))
              .getMessage());
      assertEquals(
          "alphabet",
          assertThrows(NullPointerException.class, () -> ShortCode.builder(1).alphabet(null))
              .getMessage());
      assertEquals(
          "text",
          assertThrows(NullPointerException.class, () -> codes.decode(null)).getMessage());
    }

    private void refused(String message, Runnable call) {
      assertEquals(
          message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
  }
}
