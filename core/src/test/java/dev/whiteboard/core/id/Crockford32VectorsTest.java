package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers from the tests of two implementations: jbittel/base32-crockford (Python), f4b6a3/tsid-creator (Java). */
class Crockford32VectorsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "10, A, A",
    "1234, 16J, D",
    "123456, 3RJ0, R",
    "18446744073709551615, FZZZZZZZZZZZZ, B"
  })
  void agreesOnDigitsAndCheckSymbol(String number, String text, char check) {
    long value = Long.parseUnsignedLong(number);
    assertEquals(text, Crockford32.encode(value));
    assertEquals(check, Crockford32.checkSymbol(value));
    assertEquals(value, Crockford32.decodeChecked(text + check));
  }

  /** jbittel/base32-crockford normalises "ix-Lb-Ko" to "1X1BK0". */
  @Test
  void agreesOnWhatPeopleType() {
    assertEquals("1X1BK0", Crockford32.encode(Crockford32.decode("ix-Lb-Ko")));
  }
}
