package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Base62Properties {
  private static final BigInteger TWO_TO_64 = BigInteger.TWO.pow(64);

  @Property
  void everyNumberReadsBack(@ForAll long value) {
    assertEquals(value, Base62.decode(Base62.encode(value)));
  }

  @Property
  void textsSortAsTheirNumbers(@ForAll long left, @ForAll long right) {
    assertEquals(
        Integer.signum(Long.compareUnsigned(left, right)),
        Integer.signum(Base62.encode(left).compareTo(Base62.encode(right))));
  }

  @Property
  void agreesWithLongDivision(@ForAll long value) {
    assertEquals(divide(new BigInteger(Long.toUnsignedString(value))), Base62.encode(value));
  }

  @Property
  void numbersFrom2To64OnAreRefused(@ForAll @IntRange(min = 0) int above) {
    String text = divide(TWO_TO_64.add(BigInteger.valueOf(above)));
    assertThrows(IllegalArgumentException.class, () -> Base62.decode(text));
  }

  @Property
  void aForeignCharacterIsNamedWhereverItStands(
      @ForAll long value, @ForAll @IntRange(max = 10) int place) {
    String text = Base62.encode(value);
    String bad = text.substring(0, place) + ' ' + text.substring(place + 1);
    assertEquals(
        "text must be base 62, was U+0020 at position " + place,
        assertThrows(IllegalArgumentException.class, () -> Base62.decode(bad)).getMessage());
  }

  private static String divide(BigInteger number) {
    StringBuilder text = new StringBuilder();
    BigInteger rest = number;
    for (int i = 0; i < 11; i++) {
      int digit = rest.mod(BigInteger.valueOf(62)).intValue();
      text.append(
          (char) (digit < 10 ? '0' + digit : digit < 36 ? 'A' + digit - 10 : 'a' + digit - 36));
      rest = rest.divide(BigInteger.valueOf(62));
    }
    return text.reverse().toString();
  }
}
