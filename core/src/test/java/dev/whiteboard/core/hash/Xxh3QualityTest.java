package dev.whiteboard.core.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Collections2;
import com.google.common.primitives.Chars;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether hashes look random. Keys and seeds are fixed: a test fails because the code changed, never by chance. */
class Xxh3QualityTest {
  private static final int KEYS = 256;

  /**
   * A share of 256 fair coins has a standard deviation of 1/32. All tests together look at 200,000 shares; that one of
   * them strays by 8 deviations has a probability below 1e-8.
   */
  private static final double BAND = 8 / 32.0;

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 20, 32, 64, 200, 300})
  void everyBitOfAnArrayReachesEveryOutputBit(int length) {
    assertEquals(0, worstFlip(arrays(length), Xxh3::hash), BAND);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 20, 32, 64, 200, 300})
  void everyBitOfATextReachesEveryOutputBit(int length) {
    assertEquals(0, worstFlip(texts(length), bytes -> Xxh3.hash(text(bytes))), BAND);
  }

  @Test
  void everyBitOfANumberReachesEveryOutputBit() {
    assertEquals(0, worstFlip(arrays(8), bytes -> Xxh3.hash(number(bytes))), BAND);
  }

  @Test
  void worstFlip_hashesThatDoNotMix_isOneHalf() {
    assertEquals(0.5, worstFlip(texts(8), bytes -> text(bytes).hashCode()));
    assertEquals(0.5, worstFlip(arrays(8), bytes -> number(bytes) * 0x9E3779B97F4A7C15L));
  }

  static Stream<Arguments> keysThatPeopleMake() {
    int count = 100_000;
    return Stream.of(
        Arguments.of("numbers", LongStream.range(0, count).map(Xxh3::hash).toArray()),
        Arguments.of("decimal texts", hashes(count, i -> Integer.toString(i))),
        Arguments.of("common prefix", hashes(count, i -> "https://example.com/users/" + i)),
        Arguments.of("long common prefix", hashes(count, i -> "/album".repeat(30) + i + ".jpg")),
        Arguments.of("binary texts", hashes(count, i -> Integer.toString(i, 2))),
        Arguments.of("addresses", hashes(count, i -> "10.0." + (i >> 8) + "." + (i & 255))),
        Arguments.of("anagrams", anagrams(Xxh3::hash)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keysThatPeopleMake")
  void keysThatPeopleMakeFillBucketsAsRandomNumbersDo(String kind, long[] hashes) {
    assertTrue(looksRandom(lowBits(hashes), 1024), kind + " by low bits");
    assertTrue(looksRandom(highBits(hashes), 1024), kind + " by high bits");
    assertTrue(looksRandom(scaled(hashes), 1000), kind + " by a product's high bits");
  }

  @Test
  void looksRandom_hashesThatDoNotMix_isFalse() {
    long[] products =
        LongStream.range(0, 100_000).map(i -> i * 0x9E3779B97F4A7C15L).toArray();
    assertEquals(false, looksRandom(lowBits(products), 1024));
    assertEquals(false, looksRandom(highBits(products), 1024));
    assertEquals(false, looksRandom(scaled(products), 1000));
    assertEquals(false, looksRandom(lowBits(anagrams(String::hashCode)), 1024));
  }

  /** Two of 40,320 random numbers of 64 bits agree with a probability of 5e-11. */
  @Test
  void noTwoAnagramsCollide() {
    assertEquals(40_320, Arrays.stream(anagrams(Xxh3::hash)).distinct().count());
    assertEquals(
        1, Arrays.stream(anagrams(text -> text.chars().sum())).distinct().count());
  }

  /** How far the share of keys whose hash flips strays from 1/2, for the worst pair of an input and an output bit. */
  private static double worstFlip(byte[][] keys, ToLongFunction<byte[]> hash) {
    int bits = Byte.SIZE * keys[0].length;
    long[] before = Arrays.stream(keys).mapToLong(hash).toArray();
    double worst = 0;
    // In a long key every 31st bit: no block of XXH3 is a multiple of 31.
    for (int bit = 0; bit < bits; bit += bits > 512 ? 31 : 1) {
      int[] flips = new int[Long.SIZE];
      for (int key = 0; key < keys.length; key++) {
        byte[] flipped = keys[key].clone();
        flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
        long difference = before[key] ^ hash.applyAsLong(flipped);
        for (int out = 0; out < Long.SIZE; out++) {
          flips[out] += (int) (difference >>> out) & 1;
        }
      }
      for (int count : flips) {
        worst = Math.max(worst, Math.abs(count / (double) keys.length - 0.5));
      }
    }
    return worst;
  }

  private static byte[][] arrays(int length) {
    byte[][] keys = new byte[KEYS][length];
    Random random = new Random(length);
    Arrays.stream(keys).forEach(random::nextBytes);
    return keys;
  }

  /** Lower-case letters as UTF-16; one flipped bit does not make a surrogate of any. */
  private static byte[][] texts(int length) {
    Random random = new Random(length);
    return Stream.generate(() -> random.ints(length, 'a', 'z' + 1))
        .limit(KEYS)
        .map(letters -> letters.mapToObj(Character::toString).collect(Collectors.joining()))
        .map(text -> text.getBytes(StandardCharsets.UTF_16LE))
        .toArray(byte[][]::new);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_16LE);
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static long[] hashes(int count, IntFunction<String> key) {
    return IntStream.range(0, count).mapToObj(key).mapToLong(Xxh3::hash).toArray();
  }

  private static long[] anagrams(ToLongFunction<String> hash) {
    return Collections2.permutations(Chars.asList("triangle".toCharArray())).stream()
        .mapToLong(letters -> hash.applyAsLong(new String(Chars.toArray(letters))))
        .toArray();
  }

  private static IntStream lowBits(long[] hashes) {
    return LongStream.of(hashes).mapToInt(hash -> (int) hash & 1023);
  }

  private static IntStream highBits(long[] hashes) {
    return LongStream.of(hashes).mapToInt(hash -> (int) (hash >>> 54));
  }

  /** Half of a hash, shifted so that it has no sign, times the number of buckets; not a power of two, which would only shift. */
  private static IntStream scaled(long[] hashes) {
    return LongStream.of(hashes).mapToInt(hash -> (int) Math.multiplyHigh(hash >>> 1, 2L * 1000));
  }

  /**
   * Chi-squared of about 1,000 buckets has a mean of about 1,000 and a standard deviation of 45. It leaves 740 to 1,300 less
   * than once in 10^7 times; what is too even is not random either.
   */
  private static boolean looksRandom(IntStream buckets, int count) {
    int[] counts = new int[count];
    buckets.forEach(bucket -> counts[bucket]++);
    double expected = IntStream.of(counts).sum() / (double) count;
    double chiSquared = IntStream.of(counts)
        .mapToDouble(n -> (n - expected) * (n - expected) / expected)
        .sum();
    return chiSquared > 740 && chiSquared < 1300;
  }
}
