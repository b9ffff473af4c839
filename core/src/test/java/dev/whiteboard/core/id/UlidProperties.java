package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class UlidProperties {
  @Property
  void everyIdReadsBack(@ForAll long most, @ForAll long least) {
    Ulid id = new Ulid(most, least);
    assertEquals(id, Ulid.parse(id.toString()));
    assertEquals(id, Ulid.parse(id.toString().toLowerCase(Locale.ROOT)));
    assertEquals(id, Ulid.of(id.toUuid()));
  }

  @Property
  void textsUuidsAndNumbersSortAlike(
      @ForAll long most, @ForAll long least, @ForAll long most2, @ForAll long least2) {
    Ulid left = new Ulid(most, least);
    for (Ulid right : new Ulid[] {new Ulid(most2, least2), new Ulid(most, least2), left}) {
      int order = Integer.signum(number(left).compareTo(number(right)));
      assertEquals(order, Integer.signum(left.compareTo(right)));
      assertEquals(order, Integer.signum(left.toString().compareTo(right.toString())));
      assertEquals(order, Integer.signum(UuidV7.ORDER.compare(left.toUuid(), right.toUuid())));
      UUID uuid = left.toUuid();
      assertEquals(
          order, Integer.signum(uuid.toString().compareTo(right.toUuid().toString())));
    }
  }

  @Property
  void incrementAddsOne(@ForAll long most, @ForAll @IntRange(min = 0) int below) {
    Ulid id = new Ulid(most & ~1L, -1L - below);
    assertEquals(number(id).add(BigInteger.ONE), number(id.increment()));
    assertEquals(id.time(), id.increment().time());
  }

  private static BigInteger number(Ulid id) {
    return new BigInteger(id.toUuid().toString().replace("-", ""), 16);
  }
}
