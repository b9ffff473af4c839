package dev.whiteboard.core.id;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * An id of 128 bits whose text of 26 characters sorts by time.
 *
 * <p><b>Idea.</b> 48 bits of Unix milliseconds and 80 free bits, in the symbols of {@link Crockford32}. Alizain Feerasta,
 * <i>Universally Unique Lexicographically Sortable Identifier</i>, github.com/ulid/spec. A UUID of version 7 puts its
 * time into the same bits, so the library has one generator for both, and one id has both forms:
 *
 * <pre>{@code
 * UuidV7 ids = UuidV7.create();
 * Ulid id = Ulid.of(ids.next());     // 6 of the free bits say "version 7", 18 count, 56 are random
 * UUID inTheDatabase = id.toUuid();
 * }</pre>
 *
 * <p><b>Cost.</b> One step a character. Writing allocates the text and an array of the same length.
 * <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> Use the UUID where a column or a protocol has a type for it: 16 bytes beat 26 characters.
 *
 * @param mostSignificantBits the time and the first 16 of the free bits
 * @param leastSignificantBits the last 64 of the free bits
 */
public record Ulid(long mostSignificantBits, long leastSignificantBits)
    implements Comparable<Ulid> {
  /** Length of every text. */
  public static final int WIDTH = 26;

  /**
   * Reads the 128 bits of a UUID.
   *
   * @param uuid a UUID; its time means something if it is of version 7
   * @return the same bits
   * @throws NullPointerException if {@code uuid} is null
   */
  public static Ulid of(UUID uuid) {
    requireNonNull(uuid, "uuid");
    return new Ulid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /**
   * Reads a text, as leniently as {@link Crockford32#decode}: either case, I and L for 1, O for 0, hyphens anywhere.
   *
   * @param text 26 digits, at most {@code 7ZZZZZZZZZZZZZZZZZZZZZZZZZ}
   * @return the id
   * @throws NullPointerException if {@code text} is null
   * @throws IllegalArgumentException if a character is not a digit, there are not 26, or the number exceeds 2^128 - 1;
   *     positions in the message count from 0
   */
  public static Ulid parse(String text) {
    requireNonNull(text, "text");
    long most = 0;
    long least = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Crockford32.isSkipped(text.charAt(i))) {
        continue;
      }
      int digit = digitAt(text, i, digits++);
      most = most << 5 | least >>> (Long.SIZE - 5);
      least = least << 5 | digit;
    }
    checkArgument(digits == WIDTH, "text must have %s digits, had %s", WIDTH, digits);
    return new Ulid(most, least);
  }

  /**
   * Returns these bits as a UUID. {@link UUID#compareTo} compares signed numbers and may disagree with
   * {@link #compareTo}; {@link UuidV7#ORDER} agrees.
   *
   * @return a UUID; it is of a version that RFC 9562 knows only if this id was made from one
   */
  public UUID toUuid() {
    return new UUID(mostSignificantBits, leastSignificantBits);
  }

  /**
   * Returns the time in the first 48 bits.
   *
   * @return an instant in whole milliseconds, from 1970 to the year 10889
   */
  public Instant time() {
    return Instant.ofEpochMilli(mostSignificantBits >>> 16);
  }

  /**
   * Returns the next larger id of the same millisecond, which is the specification's rule for a second id in one
   * millisecond. A neighbour is easy to guess; {@link UuidV7} draws a new tail instead.
   *
   * @return this number plus one
   * @throws IllegalStateException if all 80 free bits are set
   */
  public Ulid increment() {
    long least = leastSignificantBits + 1;
    boolean carry = least == 0;
    checkState(
        !carry || (mostSignificantBits & 0xFFFF) != 0xFFFF,
        "the 80 bits after the time must not be all ones, was %s",
        this);
    return new Ulid(mostSignificantBits + (carry ? 1 : 0), least);
  }

  /** Compares the 128 bits as unsigned numbers, which is the order of the texts. */
  @Override
  public int compareTo(Ulid other) {
    int most = Long.compareUnsigned(mostSignificantBits, other.mostSignificantBits);
    return most != 0
        ? most
        : Long.compareUnsigned(leastSignificantBits, other.leastSignificantBits);
  }

  /**
   * Writes the id.
   *
   * @return 26 capital letters and digits, from all {@code 0} to {@code 7ZZZZZZZZZZZZZZZZZZZZZZZZZ}
   */
  @Override
  public String toString() {
    byte[] text = new byte[WIDTH];
    long most = mostSignificantBits;
    long least = leastSignificantBits;
    for (int i = WIDTH - 1; i >= 0; i--) {
      text[i] = Crockford32.DIGITS.symbol((int) least & 31);
      least = least >>> 5 | most << (Long.SIZE - 5);
      most >>>= 5;
    }
    return new String(text, ISO_8859_1);
  }

  private static int digitAt(String text, int position, int before) {
    int digit = Crockford32.DIGITS.value(text, position);
    if (before == WIDTH) {
      throw Alphabet.refusal("text must have 26 digits", text, position);
    }
    // 26 digits of 5 bits are two bits more than an id has.
    if (before == 0 && digit > 7) {
      throw Alphabet.refusal("text must be at most 7ZZZZZZZZZZZZZZZZZZZZZZZZZ", text, position);
    }
    return digit;
  }
}
