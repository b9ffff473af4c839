package dev.whiteboard.core.hash;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

/**
 * Hashes a key to 64 well-mixed bits, the same on every machine and in every run.
 *
 * <p><b>Idea.</b> XXH3, 64-bit variant, seed 0. Sixteen bytes at a time are XORed with a fixed secret, multiplied to 128
 * bits and folded back to 64; inputs of more than 240 bytes go through eight independent accumulators instead. Yann
 * Collet, <i>xxHash fast digest algorithm</i>, specification 0.2.0. The value of {@code hash(bytes)} is the published
 * XXH3-64 of those bytes; a {@code long} is hashed as its eight little-endian bytes and a {@code String} as its UTF-16
 * code units, two little-endian bytes each, so that no encoder runs and nothing is allocated.
 *
 * <p><b>Cost.</b> O(length); two multiplications for a {@code long}. No allocation.
 * <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> The hash is not keyed: who can choose the keys can make them collide. Where that matters use
 * Guava's {@code Hashing.sipHash24(k0, k1)}; to sign, use {@code Hashing.hmacSha256(key)}.
 */
public final class Xxh3 {
  private static final Xxh3Core<byte[]> BYTES = new Xxh3Core.OfBytes();
  private static final Xxh3Core<String> STRING = new Xxh3Core.OfString();

  private Xxh3() {}

  /**
   * Hashes one number.
   *
   * @param value any value
   * @return the XXH3-64 of the eight little-endian bytes of {@code value}; a bijection, so two numbers never collide
   */
  public static long hash(long value) {
    return Xxh3Core.rrmxmx(Long.rotateLeft(value, 32) ^ Xxh3Core.FLIP_4_TO_8, Long.BYTES);
  }

  /**
   * Hashes a pair of numbers, for instance a node's hash and the index of one of its virtual nodes.
   *
   * @param first any value
   * @param second any value
   * @return the XXH3-64 of the sixteen little-endian bytes of {@code first}, then {@code second}
   */
  public static long hash(long first, long second) {
    return Xxh3Core.mixUpTo16(first, second, 2 * Long.BYTES);
  }

  /**
   * Hashes a whole array.
   *
   * @param bytes the key; may be empty
   * @return its XXH3-64
   * @throws NullPointerException if {@code bytes} is null
   */
  public static long hash(byte[] bytes) {
    requireNonNull(bytes, "bytes");
    return BYTES.hash(bytes, 0, bytes.length);
  }

  /**
   * Hashes a part of an array.
   *
   * @param bytes the array that holds the key
   * @param offset index of the key's first byte, in [0, {@code bytes.length}]
   * @param length the key's length in bytes, in [0, {@code bytes.length - offset}]
   * @return the XXH3-64 of those bytes
   * @throws NullPointerException if {@code bytes} is null
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   */
  public static long hash(byte[] bytes, int offset, int length) {
    requireNonNull(bytes, "bytes");
    checkFromIndexSize(offset, length, bytes.length);
    return BYTES.hash(bytes, offset, length);
  }

  /**
   * Hashes a text by its UTF-16 code units.
   *
   * @param text the key; may be empty; unpaired surrogates are hashed as they stand
   * @return the XXH3-64 of {@code text.getBytes(UTF_16LE)}
   * @throws NullPointerException if {@code text} is null
   * @throws IllegalArgumentException if {@code text} has 2<sup>30</sup> characters or more
   */
  public static long hash(String text) {
    requireNonNull(text, "text");
    checkArgument(
        text.length() < 1 << 30,
        "text must have fewer than 2^30 characters, had %s",
        text.length());
    return STRING.hash(text, 0, text.length() << 1);
  }
}
