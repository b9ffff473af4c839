package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

/**
 * Writes 64 bits in at most 13 characters that a person can read aloud and type back.
 *
 * <p><b>Idea.</b> Base 32 with the digits and the capital letters without I, L, O and U. The reader is lenient: either
 * case, I and L for 1, O for 0, and hyphens anywhere. A check symbol, the number modulo the prime 37, finds every single
 * wrong character and every swap of two neighbours. Douglas Crockford, <i>Base 32</i>, crockford.com/base32.html.
 *
 * <p>Numbers are unsigned: -1 is 2^64 - 1. Positions in messages count from 0.
 *
 * <p><b>Cost.</b> One step a character. Writing allocates the text and an array of the same length.
 * <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> {@link Base62} takes 11 characters and is read strictly, by machines. {@link Ulid} writes 128 bits
 * in these symbols.
 */
public final class Crockford32 {
  /** Length of a text of fixed width. */
  public static final int WIDTH = 13;

  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String LOOK_ALIKES = "I1L1O0";

  static final Alphabet DIGITS = Alphabet.ofEitherCase("Crockford's base 32", SYMBOLS, LOOK_ALIKES);
  private static final Alphabet CHECKS =
      Alphabet.ofEitherCase("Crockford's check symbol", SYMBOLS + "*~$=U", LOOK_ALIKES);

  private Crockford32() {}

  /**
   * Writes a number without leading zeros.
   *
   * @param value any 64 bits, read as an unsigned number
   * @return 1 to 13 characters
   */
  public static String encode(long value) {
    return digits(value, digitsOf(value));
  }

  /**
   * Writes a number with leading zeros, so that texts sort as their numbers do.
   *
   * @param value any 64 bits, read as an unsigned number
   * @return 13 characters, from {@code 0000000000000} to {@code FZZZZZZZZZZZZ}
   */
  public static String encodeFixed(long value) {
    return digits(value, WIDTH);
  }

  /**
   * Writes a number without leading zeros, then its check symbol.
   *
   * @param value any 64 bits, read as an unsigned number
   * @return 2 to 14 characters
   */
  public static String encodeChecked(long value) {
    return encode(value) + checkSymbol(value);
  }

  /**
   * Returns the symbol that guards a number against slips of the pen.
   *
   * @param value any 64 bits, read as an unsigned number
   * @return the number modulo 37, as a digit or one of {@code * ~ $ = U}
   */
  public static char checkSymbol(long value) {
    return (char) CHECKS.symbol((int) Long.remainderUnsigned(value, CHECKS.size()));
  }

  /**
   * Reads a number.
   *
   * @param text at least one digit, in either case; hyphens and leading zeros are skipped
   * @return the number, unsigned
   * @throws NullPointerException if {@code text} is null
   * @throws IllegalArgumentException if a character is not a digit, there is none, or the number exceeds 2^64 - 1
   */
  public static long decode(String text) {
    requireNonNull(text, "text");
    return decode(text, text.length());
  }

  /**
   * Reads a number that ends in its check symbol.
   *
   * @param text at least one digit and the check symbol, in either case; hyphens and leading zeros are skipped
   * @return the number, unsigned
   * @throws NullPointerException if {@code text} is null
   * @throws IllegalArgumentException as {@link #decode} does, and if the check symbol is missing or another one
   */
  public static long decodeChecked(String text) {
    requireNonNull(text, "text");
    int last = text.length() - 1;
    while (last >= 0 && isSkipped(text.charAt(last))) {
      last--;
    }
    checkArgument(last >= 0, "text must end in a check symbol, had none");
    int check = CHECKS.value(text, last);
    long value = decode(text, last);
    if (check != Long.remainderUnsigned(value, CHECKS.size())) {
      throw Alphabet.refusal("text must end in its check symbol " + checkSymbol(value), text, last);
    }
    return value;
  }

  /** Says whether a reader skips this character; {@link Ulid} reads by the same rule. */
  static boolean isSkipped(char c) {
    return c == '-';
  }

  private static long decode(String text, int end) {
    long value = 0;
    int digits = 0;
    for (int i = 0; i < end; i++) {
      if (isSkipped(text.charAt(i))) {
        continue;
      }
      int digit = DIGITS.value(text, i);
      if (value >>> (Long.SIZE - 5) != 0) {
        throw Alphabet.refusal("text must be at most FZZZZZZZZZZZZ", text, i);
      }
      value = value << 5 | digit;
      digits++;
    }
    checkArgument(digits > 0, "text must have at least one digit, had none");
    return value;
  }

  private static int digitsOf(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
    return Math.max(1, (bits + 4) / 5);
  }

  private static String digits(long value, int width) {
    byte[] text = new byte[width];
    long rest = value;
    for (int i = width - 1; i >= 0; i--) {
      text[i] = DIGITS.symbol((int) rest & 31);
      rest >>>= 5;
    }
    return new String(text, ISO_8859_1);
  }
}
