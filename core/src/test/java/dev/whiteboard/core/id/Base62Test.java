package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Base62Test {
  @Test
  void encode_smallNumbers_countsThroughTheAlphabet() {
    assertEquals("00000000000", Base62.encode(0));
    assertEquals("00000000009", Base62.encode(9));
    assertEquals("0000000000A", Base62.encode(10));
    assertEquals("0000000000a", Base62.encode(36));
    assertEquals("0000000000z", Base62.encode(61));
    assertEquals("00000000010", Base62.encode(62));
  }

  @Test
  void encode_aroundTheSplit_carries() {
    assertEquals("00000zzzzzz", Base62.encode(56_800_235_583L));
    assertEquals("00001000000", Base62.encode(56_800_235_584L));
  }

  @Test
  void encode_signedExtremes_areUnsigned() {
    assertEquals("AzL8n0Y58m7", Base62.encode(Long.MAX_VALUE));
    assertEquals("AzL8n0Y58m8", Base62.encode(Long.MIN_VALUE));
    assertEquals("LygHa16AHYF", Base62.encode(-1));
  }

  @Test
  void decode_wrongLength_isRefused() {
    refused("text must have 11 characters, had 0", "");
    refused("text must have 11 characters, had 10", "0000000000");
    refused("text must have 11 characters, had 12", "000000000000");
  }

  @Test
  void decode_characterOutsideTheAlphabet_isNamedWithItsPosition() {
    refused("text must be base 62, was '-' at position 3", "000-0000000");
    refused("text must be base 62, was '_' at position 10", "zzzzzzzzzz_");
    refused("text must be base 62, was U+007F at position 0", "\u007F0000000000");
    refused("text must be base 62, was U+0080 at position 0", "\u00800000000000");
    refused("text must be base 62, was U+FF10 at position 0", "\uFF100000000000");
  }

  @Test
  void decode_aboveTheLargest_namesTheFirstDigitTooLarge() {
    assertEquals(-1, Base62.decode("LygHa16AHYF"));
    refused("text must be at most LygHa16AHYF, was 'G' at position 10", "LygHa16AHYG");
    refused("text must be at most LygHa16AHYF, was 'z' at position 1", "Lz000000000");
    refused("text must be at most LygHa16AHYF, was 'z' at position 0", "zzzzzzzzzzz");
  }

  @Test
  void decode_null_namesTheArgument() {
    assertEquals(
        "text",
        assertThrows(NullPointerException.class, () -> Base62.decode(null)).getMessage());
  }

  private static void refused(String message, String text) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Base62.decode(text)).getMessage());
  }
}
