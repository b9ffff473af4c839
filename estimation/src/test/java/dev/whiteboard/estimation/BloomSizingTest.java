package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BloomSizingTest {
  /** sagi.io, Bloom filters for the perplexed: 9,585,059 bits and 7 functions for a million items at 1 %. */
  @Test
  void bits_millionItemsAtOnePercent_agrees() {
    assertEquals(9_585_059, BloomSizing.bits(1_000_000, 0.01));
    assertEquals(7, BloomSizing.hashFunctions(0.01));
  }

  /** Guava's BloomFilterTest has 3327428144502, which is rounded down, and 5. */
  @Test
  void bits_guavasExtremes_agreeButForRounding() {
    assertEquals(3_327_428_144_503L, BloomSizing.bits(Integer.MAX_VALUE, Double.MIN_VALUE));
    assertEquals(5, BloomSizing.hashFunctions(0.03));
  }

  /** 8 to 16 bits for each item. */
  @ParameterizedTest
  @CsvSource({
    "8, 5, 0.02167921705",
    "8, 6, 0.02157714146",
    "10, 7, 0.008193722066",
    "16, 11, 0.0004587107308"
  })
  void falsePositiveRate_summaryCache_agrees(int bitsPerItem, int hashes, double expected) {
    assertEquals(
        expected,
        BloomSizing.falsePositiveRate(1000, 1000L * bitsPerItem, hashes),
        1e-9 * expected);
  }

  /** Guava's BloomFilterTest counts 29,824 false positives among a million; the standard error is 171. */
  @Test
  void falsePositiveRate_guavasFilter_isWhatItCounts() {
    long bits = BloomSizing.bits(1_000_000, 0.03);
    double rate = BloomSizing.falsePositiveRate(1_000_000, bits, BloomSizing.hashFunctions(0.03));
    assertEquals(29_824, rate * 1e6, 4 * 171);
  }

  @Test
  void extremes_areStated() {
    assertEquals(1, BloomSizing.bits(0, 0.01));
    assertEquals(1, BloomSizing.bits(1000, 1));
    assertEquals(1, BloomSizing.hashFunctions(1));
    assertEquals(1074, BloomSizing.hashFunctions(Double.MIN_VALUE));
    assertEquals(Long.MAX_VALUE, BloomSizing.bits(Long.MAX_VALUE, 1e-9));
    assertEquals(0, BloomSizing.falsePositiveRate(0, 1, 1));
    assertEquals(1, BloomSizing.falsePositiveRate(Long.MAX_VALUE, 1, Integer.MAX_VALUE));
  }

  @Property
  void roundingTheHashFunctionsCostsLittle(
      @ForAll @LongRange(min = 1000, max = 1_000_000_000_000L) long items,
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 0.4) double rate) {
    long bits = BloomSizing.bits(items, rate);
    int hashes = BloomSizing.hashFunctions(rate);
    double real = BloomSizing.falsePositiveRate(items, bits, hashes);
    assertTrue(real > 0.99 * rate && real < 1.2 * rate);
    assertTrue(BloomSizing.falsePositiveRate(2 * items, bits, hashes) > real);
    assertTrue(BloomSizing.falsePositiveRate(items, 2 * bits, hashes) < real);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("items must be >= 0, was -1", () -> BloomSizing.bits(-1, 0.5));
    assertRefused("falsePositiveRate must be in (0, 1], was 0.0", () -> BloomSizing.bits(1, 0));
    assertRefused(
        "falsePositiveRate must be in (0, 1], was NaN",
        () -> BloomSizing.hashFunctions(Double.NaN));
    assertRefused("items must be >= 0, was -1", () -> BloomSizing.falsePositiveRate(-1, 1, 1));
    assertRefused("bits must be >= 1, was 0", () -> BloomSizing.falsePositiveRate(1, 0, 1));
    assertRefused(
        "hashFunctions must be >= 1, was 0", () -> BloomSizing.falsePositiveRate(1, 1, 0));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
