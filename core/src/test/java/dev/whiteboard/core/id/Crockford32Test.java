package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Crockford32Test {
  @Test
  void encode_smallNumbers_hasNoLeadingZeros() {
    assertEquals("0", Crockford32.encode(0));
    assertEquals("Z", Crockford32.encode(31));
    assertEquals("10", Crockford32.encode(32));
    assertEquals("100", Crockford32.encode(1024));
  }

  @Test
  void encodeFixed_extremes_has13Characters() {
    assertEquals("0000000000000", Crockford32.encodeFixed(0));
    assertEquals("7ZZZZZZZZZZZZ", Crockford32.encodeFixed(Long.MAX_VALUE));
    assertEquals("8000000000000", Crockford32.encodeFixed(Long.MIN_VALUE));
    assertEquals("FZZZZZZZZZZZZ", Crockford32.encodeFixed(-1));
  }

  @Test
  void checkSymbol_everyRemainder_hasItsOwn() {
    StringBuilder symbols = new StringBuilder();
    for (long value = 0; value < 38; value++) {
      symbols.append(Crockford32.checkSymbol(value));
    }
    assertEquals("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U0", symbols.toString());
  }

  @Test
  void decode_whatPeopleType_isUnderstood() {
    assertEquals(1234, Crockford32.decode("16j"));
    assertEquals(1234, Crockford32.decode("I6J"));
    assertEquals(1234, Crockford32.decode("l6J"));
    assertEquals(32, Crockford32.decode("1o"));
    assertEquals(1234, Crockford32.decode("-1-6--J-"));
    assertEquals(1234, Crockford32.decode("0000000000000000000016J"));
  }

  @Test
  void decodeChecked_whatPeopleType_isUnderstood() {
    assertEquals(1234, Crockford32.decodeChecked("i6-j-d-"));
    assertEquals(36, Crockford32.decodeChecked("14u"));
  }

  @Nested
  class Refuses {
    @Test
    void decode_characterOutsideTheAlphabet_isNamedWithItsPosition() {
      refused("text must be Crockford's base 32, was 'U' at position 2", "16U");
      refused("text must be Crockford's base 32, was 'u' at position 0", "u");
      refused("text must be Crockford's base 32, was '!' at position 1", "1!");
      refused("text must be Crockford's base 32, was U+0020 at position 1", "1 6");
      refused("text must be Crockford's base 32, was U+00E9 at position 0", "é");
      refused("text must be Crockford's base 32, was U+1F600 at position 1", "1\uD83D\uDE00");
    }

    @Test
    void decode_noDigit_isRefused() {
      refused("text must have at least one digit, had none", "");
      refused("text must have at least one digit, had none", "--");
    }

    @Test
    void decode_aboveTheLargest_namesTheDigitTooMany() {
      assertEquals(-1, Crockford32.decode("FZZZZZZZZZZZZ"));
      refused("text must be at most FZZZZZZZZZZZZ, was '0' at position 12", "G000000000000");
      refused("text must be at most FZZZZZZZZZZZZ, was '3' at position 13", "FZZZZZZZZZZZZ3");
    }

    @Test
    void decodeChecked_anotherCheckSymbol_isRefused() {
      refusedChecked("text must end in its check symbol D, was 'E' at position 3", "16JE");
      refusedChecked("text must end in its check symbol D, was 'E' at position 4", "16J-E--");
    }

    @Test
    void decodeChecked_partMissing_isRefused() {
      refusedChecked("text must end in a check symbol, had none", "");
      refusedChecked("text must end in a check symbol, had none", "-");
      refusedChecked("text must have at least one digit, had none", "D");
    }

    @Test
    void decodeChecked_symbolsInTheWrongPlace_areRefused() {
      refusedChecked("text must be Crockford's check symbol, was '#' at position 1", "1#");
      refusedChecked("text must be Crockford's base 32, was '*' at position 0", "*1");
    }

    @Test
    void decode_null_namesTheArgument() {
      assertEquals(
          "text",
          assertThrows(NullPointerException.class, () -> Crockford32.decode(null))
              .getMessage());
      assertEquals(
          "text",
          assertThrows(NullPointerException.class, () -> Crockford32.decodeChecked(null))
              .getMessage());
    }

    private void refused(String message, String text) {
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> Crockford32.decode(text))
              .getMessage());
    }

    private void refusedChecked(String message, String text) {
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> Crockford32.decodeChecked(text))
              .getMessage());
    }
  }
}
