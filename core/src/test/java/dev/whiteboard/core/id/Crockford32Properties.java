package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Crockford32Properties {
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  @Property
  void everyFormReadsBack(@ForAll long value) {
    assertEquals(value, Crockford32.decode(Crockford32.encode(value)));
    assertEquals(value, Crockford32.decode(Crockford32.encodeFixed(value)));
    assertEquals(value, Crockford32.decodeChecked(Crockford32.encodeChecked(value)));
    assertEquals(value, Crockford32.decode(Crockford32.encode(value).toLowerCase(Locale.ROOT)));
  }

  @Property
  void agreesWithTheDigitsOfBigInteger(@ForAll long value) {
    StringBuilder expected = new StringBuilder();
    for (char c : new BigInteger(Long.toUnsignedString(value)).toString(32).toCharArray()) {
      expected.append(SYMBOLS.charAt(Character.digit(c, 32)));
    }
    assertEquals(expected.toString(), Crockford32.encode(value));
    assertEquals("0".repeat(13 - expected.length()) + expected, Crockford32.encodeFixed(value));
  }

  @Property
  void fixedTextsSortAsTheirNumbers(@ForAll long left, @ForAll long right) {
    assertEquals(
        Integer.signum(Long.compareUnsigned(left, right)),
        Integer.signum(Crockford32.encodeFixed(left).compareTo(Crockford32.encodeFixed(right))));
  }

  /** 37 is a prime that divides neither 32^k nor a difference of two digits. */
  @Property
  void theCheckSymbolFindsEveryWrongDigit(
      @ForAll long value,
      @ForAll @IntRange(max = 11) int place,
      @ForAll @IntRange(max = 31) int to) {
    String right = Crockford32.encodeFixed(value >>> 4);
    char check = Crockford32.checkSymbol(value >>> 4);
    String wrong = right.substring(0, place + 1) + SYMBOLS.charAt(to) + right.substring(place + 2);
    if (wrong.equals(right)) {
      assertEquals(value >>> 4, Crockford32.decodeChecked(wrong + check));
    } else {
      assertThrows(IllegalArgumentException.class, () -> Crockford32.decodeChecked(wrong + check));
    }
  }

  @Property
  void theCheckSymbolFindsEverySwapOfNeighbours(
      @ForAll long value, @ForAll @IntRange(min = 1, max = 11) int place) {
    String right = Crockford32.encodeFixed(value >>> 4);
    String swapped = right.substring(0, place)
        + right.charAt(place + 1)
        + right.charAt(place)
        + right.substring(place + 2);
    String wrong = swapped + Crockford32.checkSymbol(value >>> 4);
    if (swapped.equals(right)) {
      assertEquals(value >>> 4, Crockford32.decodeChecked(wrong));
    } else {
      assertThrows(IllegalArgumentException.class, () -> Crockford32.decodeChecked(wrong));
    }
  }

  @Property
  void aForeignCharacterIsNamedWhereverItStands(
      @ForAll long value, @ForAll @IntRange(max = 12) int place) {
    String text = Crockford32.encodeFixed(value);
    String bad = text.substring(0, place) + '_' + text.substring(place + 1);
    assertEquals(
        "text must be Crockford's base 32, was '_' at position " + place,
        assertThrows(IllegalArgumentException.class, () -> Crockford32.decode(bad))
            .getMessage());
  }
}
