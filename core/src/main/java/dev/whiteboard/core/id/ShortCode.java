package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.common.math.LongMath;
import com.google.common.primitives.Longs;
import dev.whiteboard.core.hash.Xxh3;
import java.nio.ByteBuffer;

/**
 * Turns a counter into short codes that look unrelated, and back: the path of a short link without a table of used
 * codes.
 *
 * <p><b>Idea.</b> A keyed permutation of the numbers below {@code n}, the number of codes; so codes cannot collide, and
 * decoding runs it backwards. The permutation is a Feistel network over the smallest {@code 2^k >= n}: six rounds, in
 * which one half of the bits is XORed with a hash of the other half and the round's key. A result of {@code n} or more is
 * permuted again until it falls below, which takes two passes on average at most, as {@code 2^k < 2n}. Black and
 * Rogaway, <i>Ciphers with Arbitrary Finite Domains</i>, 2002.
 *
 * <p><b>This is not encryption.</b> The rounds are fast, not proven: codes hide from the casual eye how many there are and
 * which comes next, but anyone may try codes at random, and who collects many with their numbers may find the rest. Where
 * a code is a secret, issue a random token, or sign it with an HMAC.
 *
 * <p>Every text of the right length and alphabet decodes to some number; compare it with the counter to know whether it
 * was issued.
 *
 * <p><b>Cost.</b> Six to twelve hashes of a {@code long} and one division a character. Writing allocates the text and
 * an array of the same length.
 * <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> {@link Base62} if the number may show.
 */
public final class ShortCode {
  /** Digits, capital and small letters: 62 symbols. */
  public static final String BASE62 = Base62.SYMBOLS;

  /** {@link #BASE62} without 0, 1, I, O and l, which people confuse: 57 symbols. */
  public static final String WITHOUT_LOOK_ALIKES =
      "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private static final int ROUNDS = 6;

  private final long[] roundKeys;
  private final Alphabet alphabet;
  private final int width;
  private final long size;

  /** The halves of a number in the network; the upper one is narrower by a bit if their sum is odd. */
  private final int lowBits;

  private final long lowMask;
  private final long highMask;

  private ShortCode(Builder builder, long size) {
    roundKeys = builder.roundKeys;
    alphabet = new Alphabet("in the alphabet", builder.alphabet);
    width = builder.width;
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    lowBits = (bits + 1) / 2;
    lowMask = (1L << lowBits) - 1;
    highMask = (1L << (bits - lowBits)) - 1;
  }

  /**
   * Starts to describe a permutation.
   *
   * @param key any bytes but none, best 16 or more random ones; they must stay the same as long as a code is in use
   * @return a builder for codes of 7 characters in {@link #BASE62}
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalArgumentException if {@code key} is empty
   */
  public static Builder builder(byte[] key) {
    requireNonNull(key, "key");
    checkArgument(key.length > 0, "key must have at least 1 byte, had 0");
    return new Builder(key);
  }

  /**
   * Starts to describe a permutation.
   *
   * @param key any number; stands for its eight big-endian bytes
   * @return a builder for codes of 7 characters in {@link #BASE62}
   */
  public static Builder builder(long key) {
    return new Builder(Longs.toByteArray(key));
  }

  /**
   * Returns how many codes there are.
   *
   * @return the alphabet's size to the power of the width, from 2 to 2^62
   */
  public long size() {
    return size;
  }

  /**
   * Writes the code of a number.
   *
   * @param number the counter's value, from 0 up to, but not including, {@link #size()}
   * @return its code; no other number has it
   * @throws IllegalArgumentException if {@code number} is out of range
   */
  public String encode(long number) {
    checkArgument(
        number >= 0 && number < size, "number must be in [0, %s], was %s", size - 1, number);
    long code = forward(number);
    while (code >= size) {
      code = forward(code);
    }
    return write(code);
  }

  /**
   * Reads a number back out of its code.
   *
   * @param text as many characters of the alphabet as the width says
   * @return the number, in [0, {@link #size()})
   * @throws NullPointerException if {@code text} is null
   * @throws IllegalArgumentException if {@code text} has another length or a character that is not in the alphabet;
   *     positions in the message count from 0
   */
  public long decode(String text) {
    requireNonNull(text, "text");
    checkArgument(
        text.length() == width, "text must have %s characters, had %s", width, text.length());
    long number = backward(read(text));
    while (number >= size) {
      number = backward(number);
    }
    return number;
  }

  private long forward(long number) {
    long high = number >>> lowBits;
    long low = number & lowMask;
    for (int round = 0; round < ROUNDS; round += 2) {
      high ^= Xxh3.hash(low ^ roundKeys[round]) & highMask;
      low ^= Xxh3.hash(high ^ roundKeys[round + 1]) & lowMask;
    }
    return high << lowBits | low;
  }

  private long backward(long code) {
    long high = code >>> lowBits;
    long low = code & lowMask;
    for (int round = ROUNDS - 2; round >= 0; round -= 2) {
      low ^= Xxh3.hash(high ^ roundKeys[round + 1]) & lowMask;
      high ^= Xxh3.hash(low ^ roundKeys[round]) & highMask;
    }
    return high << lowBits | low;
  }

  private String write(long code) {
    byte[] text = new byte[width];
    long rest = code;
    for (int i = width - 1; i >= 0; i--) {
      text[i] = alphabet.symbol((int) (rest % alphabet.size()));
      rest /= alphabet.size();
    }
    return new String(text, ISO_8859_1);
  }

  private long read(String text) {
    long code = 0;
    for (int i = 0; i < width; i++) {
      code = code * alphabet.size() + alphabet.value(text, i);
    }
    return code;
  }

  /** Describes a permutation; every setting but the key has a default. */
  public static final class Builder {
    private static final long MAX_SIZE = 1L << 62;
    private static final int MAX_WIDTH = 62;

    private final long[] roundKeys = new long[ROUNDS];
    private String alphabet = BASE62;
    private int width = 7;

    /** SHA-512 makes eight unrelated round keys of any key, long or short. */
    private Builder(byte[] key) {
      byte[] digest = Hashing.sha512().hashBytes(key).asBytes();
      ByteBuffer.wrap(digest).asLongBuffer().get(roundKeys);
    }

    /**
     * Sets the symbols. The order of the symbols is part of the key: it must stay the same as well.
     *
     * @param alphabet 2 to 94 different visible ASCII characters, for instance {@link #WITHOUT_LOOK_ALIKES}
     * @return this builder
     * @throws NullPointerException if {@code alphabet} is null
     * @throws IllegalArgumentException if a character is not a visible one of ASCII, occurs twice, or there are fewer than two
     */
    public Builder alphabet(String alphabet) {
      requireNonNull(alphabet, "alphabet");
      for (int i = 0; i < alphabet.length(); i++) {
        char c = alphabet.charAt(i);
        if (c <= ' ' || c > '~') {
          throw Alphabet.refusal("alphabet must be visible ASCII", alphabet, i);
        }
        if (alphabet.indexOf(c) < i) {
          throw Alphabet.refusal("alphabet must not repeat a character", alphabet, i);
        }
      }
      checkArgument(
          alphabet.length() >= 2,
          "alphabet must have at least 2 characters, had %s",
          alphabet.length());
      this.alphabet = alphabet;
      return this;
    }

    /**
     * Sets the length of every code.
     *
     * @param width how many characters, from 1 to 62; as many as keep the number of codes at 2^62 or below, which is 10
     *     of {@link #BASE62}
     * @return this builder
     * @throws IllegalArgumentException if {@code width} is out of range
     */
    public Builder width(int width) {
      checkArgument(
          width >= 1 && width <= MAX_WIDTH, "width must be in [1, %s], was %s", MAX_WIDTH, width);
      this.width = width;
      return this;
    }

    /**
     * Creates the permutation.
     *
     * @return a permutation that equals every other of the same key, alphabet and width
     * @throws IllegalArgumentException if there would be more than 2^62 codes
     */
    public ShortCode build() {
      long size = LongMath.saturatedPow(alphabet.length(), width);
      checkArgument(
          size <= MAX_SIZE,
          "width must give at most 2^62 codes, was %s with %s symbols",
          width,
          alphabet.length());
      return new ShortCode(this, size);
    }
  }
}
