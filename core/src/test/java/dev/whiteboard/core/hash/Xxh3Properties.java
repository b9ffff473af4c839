package dev.whiteboard.core.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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

  /**
   * Flipping any input bit flips each output bit half of the time. Over 8,000 keys one of the 64 × 64 shares strays by
   * more than 0.045 (8 standard deviations) less than once in 10^11 runs; the keys are fixed.
   */
  @Test
  void everyInputBitReachesEveryOutputBit() {
    int keys = 8000;
    for (int inputBit = 0; inputBit < 64; inputBit++) {
      int[] flips = new int[64];
      for (long key = 0; key < keys; key++) {
        long difference = Xxh3.hash(key) ^ Xxh3.hash(key ^ (1L << inputBit));
        for (int outputBit = 0; outputBit < 64; outputBit++) {
          flips[outputBit] += (int) (difference >>> outputBit) & 1;
        }
      }
      for (int outputBit = 0; outputBit < 64; outputBit++) {
        assertEquals(
            0.5,
            flips[outputBit] / (double) keys,
            0.045,
            "input bit " + inputBit + ", output " + outputBit);
      }
    }
  }

  /**
   * Keys as people make them fill 1,024 buckets as evenly as random numbers would. Chi-squared with 1,023 degrees of
   * freedom has mean 1,023 and standard deviation 45; 1,300 is more than six of them. The keys are fixed.
   */
  @TestFactory
  List<DynamicTest> keysThatPeopleMakeFillBucketsEvenly() {
    return List.of(
        evenly("sequential", i -> "user:" + i),
        evenly("common prefix", i -> "https://images.example.com/albums/2026/11/" + i + ".jpg"),
        evenly("anagrams", i -> Integer.toString(i, 2)),
        evenly("node addresses", i -> "10.0." + (i >> 8) + "." + (i & 255)));
  }

  private static DynamicTest evenly(String name, IntFunction<String> key) {
    return DynamicTest.dynamicTest(name, () -> {
      int keys = 100_000;
      int buckets = 1024;
      for (int shift : new int[] {0, 27, 54}) {
        int[] counts = new int[buckets];
        IntStream.range(0, keys)
            .forEach(i -> counts[(int) (Xxh3.hash(key.apply(i)) >>> shift) & (buckets - 1)]++);
        double expected = keys / (double) buckets;
        double chiSquared = IntStream.of(counts)
            .mapToDouble(c -> (c - expected) * (c - expected) / expected)
            .sum();
        assertTrue(chiSquared < 1300, "bits from " + shift + ": chi-squared " + chiSquared);
      }
    });
  }
}
