package dev.whiteboard.core.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class Xxh3Properties {
  @Property(tries = 500)
  void longIsItsEightLittleEndianBytes(@ForAll long value) {
    byte[] bytes =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    assertEquals(Xxh3.hash(bytes), Xxh3.hash(value));
  }

  @Property(tries = 500)
  void pairIsItsSixteenLittleEndianBytes(@ForAll long first, @ForAll long second) {
    ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(
        Xxh3.hash(buffer.putLong(first).putLong(second).array()), Xxh3.hash(first, second));
  }

  @Property(tries = 1000)
  void textIsItsUtf16LittleEndianBytes(
      @ForAll @StringLength(max = 700) @Chars({'a', 'z', '\u00e9', '\u4e16', '\uffff'})
          String text) {
    assertEquals(Xxh3.hash(text.getBytes(StandardCharsets.UTF_16LE)), Xxh3.hash(text));
  }

  @Property(tries = 300)
  void positionInTheArrayDoesNotMatter(
      @ForAll @Size(max = 600) byte[] key,
      @ForAll @IntRange(max = 9) int before,
      @ForAll @IntRange(max = 9) int after) {
    byte[] wider = new byte[before + key.length + after];
    System.arraycopy(key, 0, wider, before, key.length);
    assertEquals(Xxh3.hash(key), Xxh3.hash(wider, before, key.length));
  }
}
