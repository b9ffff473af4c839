package dev.whiteboard.benchmarks.designs.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a body that a client asks for (RFC 9110, section 14), for instance {@code bytes=0-99} or {@code bytes=-100}.
 *
 * @param first its first byte
 * @param length how many bytes; 0 if the range lies outside of the body
 */
record ByteRange(int first, int length) {
  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /**
   * Reads a field.
   *
   * @param size the length of the body
   * @return the range; empty if the field asks for several or makes no sense, and so is to be ignored
   */
  static Optional<ByteRange> parse(String field, int size) {
    Matcher matcher = ONE_RANGE.matcher(field);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean suffix = matcher.group(1).isEmpty();
    boolean open = matcher.group(2).isEmpty();
    long from = number(matcher.group(1));
    long to = number(matcher.group(2));
    if ((suffix && open) || (!suffix && !open && to < from)) {
      return Optional.empty();
    }
    long first = suffix ? Math.max(0, size - to) : from;
    long last = suffix || open ? size - 1L : Math.min(to, size - 1L);
    return Optional.of(
        first > last ? new ByteRange(0, 0) : new ByteRange((int) first, (int) (last - first + 1)));
  }

  /** A number of digits; one that no body reaches if it is too long, 0 if there is none. */
  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /** The field that says which part a body is. */
  String contentRange(int size) {
    return length == 0
        ? "bytes */" + size
        : "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
