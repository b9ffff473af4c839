package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A square of the grid that the geohashes of one length draw on the map.
 *
 * <p>A geohash of {@code length} characters is {@code 5 * length} bits. The even ones, counted from the left, are the
 * column, the odd ones the row: the two numbers are interleaved, which is Morton's Z-order.
 *
 * @param column from the west; the columns go round the Earth, so any number names one in [0, {@code columns(length)})
 * @param row from the south, in [0, {@code rows(length)})
 * @param length of the text, in [1, 12]
 */
record GeoSquare(int column, int row, int length) {
  /** Ascending, so that the order of the texts is that of the bits. */
  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";

  private static final int BITS_PER_CHARACTER = 5;

  GeoSquare {
    column &= columns(length) - 1;
  }

  static int columns(int length) {
    return 1 << ((BITS_PER_CHARACTER * length + 1) / 2);
  }

  static int rows(int length) {
    return 1 << (BITS_PER_CHARACTER * length / 2);
  }

  static GeoSquare at(double latitude, double longitude, int length) {
    return new GeoSquare(
        halve(longitude, 180, columns(length)), halve(latitude, 90, rows(length)), length);
  }

  /**
   * Finds which of {@code parts} equal parts of [-bound, bound] holds the value. Every middle is a multiple of 2^-28 and
   * so exact; to scale and round instead puts -1e-20 into the part that begins at 0.
   */
  private static int halve(double value, double bound, int parts) {
    double low = -bound;
    double high = bound;
    int part = 0;
    for (int left = parts; left > 1; left >>= 1) {
      double middle = (low + high) / 2;
      if (value >= middle) {
        part = part << 1 | 1;
        low = middle;
      } else {
        part <<= 1;
        high = middle;
      }
    }
    return part;
  }

  static GeoSquare parse(String hash) {
    int length = hash.length();
    checkArgument(
        length >= 1 && length <= Geohash.MAX_LENGTH,
        "hash must have 1 to %s characters, had %s",
        Geohash.MAX_LENGTH,
        length);
    int column = 0;
    int row = 0;
    for (int i = 0; i < length * BITS_PER_CHARACTER; i++) {
      int digit = digit(hash, i / BITS_PER_CHARACTER);
      int bit = digit >>> (BITS_PER_CHARACTER - 1 - i % BITS_PER_CHARACTER) & 1;
      if (i % 2 == 0) {
        column = column << 1 | bit;
      } else {
        row = row << 1 | bit;
      }
    }
    return new GeoSquare(column, row, length);
  }

  private static int digit(String hash, int position) {
    int digit = ALPHABET.indexOf(hash.charAt(position));
    checkArgument(
        digit >= 0,
        "hash must consist of 0-9 and b-z without i, l, o, had '%s' at %s",
        hash.charAt(position),
        position);
    return digit;
  }

  String text() {
    long bits = 0;
    for (int after = BITS_PER_CHARACTER * length - 1, i = 0; after >= 0; after--, i++) {
      bits = bits << 1 | ((i % 2 == 0 ? column : row) >>> (after / 2) & 1);
    }
    char[] text = new char[length];
    for (int i = length - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) bits & 31);
      bits >>>= BITS_PER_CHARACTER;
    }
    return new String(text);
  }

  Geohash.Cell cell() {
    double height = 180.0 / rows(length);
    double width = 360.0 / columns(length);
    return new Geohash.Cell(
        row * height - 90,
        column * width - 180,
        (row + 1) * height - 90,
        (column + 1) * width - 180);
  }
}
