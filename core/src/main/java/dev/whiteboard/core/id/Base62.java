package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

/**
 * Writes 64 bits in 11 letters and digits, so that the texts sort as the numbers do.
 *
 * <p><b>Idea.</b> Positional notation over {@code 0-9A-Za-z}, which is the order of ASCII, with leading zeros: comparing
 * two texts byte by byte compares the numbers. Needs no escape in a URL, a file name or JSON, but a database column that
 * ignores case mixes texts up.
 *
 * <p>Numbers are unsigned: -1 is 2^64 - 1. Each number has one text; everything else is refused. Positions in messages
 * count from 0.
 *
 * <p><b>Cost.</b> One step a character. Writing allocates the text and an array of the same length.
 * <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> {@link Crockford32} survives being read aloud and ignores case. {@link ShortCode} hides the number.
 */
public final class Base62 {
  /** Length of every text. */
  public static final int WIDTH = 11;

  static final String SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final Alphabet DIGITS = new Alphabet("base 62", SYMBOLS);

  /** The number 2^64 - 1. */
  private static final String LARGEST = "LygHa16AHYF";

  /** The number of texts of six digits: it splits a number into two that a signed division can handle. */
  private static final long SIX_DIGITS = 62L * 62 * 62 * 62 * 62 * 62;

  private Base62() {}

  /**
   * Writes a number.
   *
   * @param value any 64 bits, read as an unsigned number
   * @return 11 characters, from {@code 00000000000} to {@code LygHa16AHYF}
   */
  public static String encode(long value) {
    byte[] text = new byte[WIDTH];
    long high = Long.divideUnsigned(value, SIX_DIGITS);
    write(high, text, 0, WIDTH - 6);
    write(value - high * SIX_DIGITS, text, WIDTH - 6, WIDTH);
    return new String(text, ISO_8859_1);
  }

  /**
   * Reads a number.
   *
   * @param text 11 characters as {@link #encode} writes them
   * @return the number, unsigned
   * @throws NullPointerException if {@code text} is null
   * @throws IllegalArgumentException if the length is not 11, a character is not a letter or digit of ASCII, or the
   *     number exceeds 2^64 - 1
   */
  public static long decode(String text) {
    requireNonNull(text, "text");
    int length = text.length();
    checkArgument(length == WIDTH, "text must have %s characters, had %s", WIDTH, length);
    long value = 0;
    for (int i = 0; i < WIDTH; i++) {
      value = value * DIGITS.size() + DIGITS.value(text, i);
    }
    if (text.compareTo(LARGEST) > 0) {
      throw Alphabet.refusal("text must be at most " + LARGEST, text, firstDifference(text));
    }
    return value;
  }

  private static void write(long number, byte[] text, int from, int to) {
    long rest = number;
    for (int i = to - 1; i >= from; i--) {
      text[i] = DIGITS.symbol((int) (rest % 62));
      rest /= 62;
    }
  }

  private static int firstDifference(String text) {
    int i = 0;
    while (text.charAt(i) == LARGEST.charAt(i)) {
      i++;
    }
    return i;
  }
}
