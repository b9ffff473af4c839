package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers from the tests of f4b6a3/tsid-creator (Java), which writes 64 bits with the same alphabet and width. */
class Base62VectorsTest {
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 00000000000",
    "ffffffffffffffff, LygHa16AHYF",
    "2133fb480623f824, 2qjozYFz4T6",
    "8e461b1c52fff88e, CDJrVSigTC2"
  })
  void agreesWithTsidCreator(String hex, String text) {
    long value = Long.parseUnsignedLong(hex, 16);
    assertEquals(text, Base62.encode(value));
    assertEquals(value, Base62.decode(text));
  }
}
