package dev.whiteboard.partitioning;

/**
 * Adds up lengths of arcs of the circle of 2<sup>64</sup> hashes, without rounding until the share is asked for.
 *
 * <p>The halves of a length are summed apart, so that the whole circle, which no {@code long} holds, is a sum like any
 * other.
 */
final class Arcs {
  private static final double CIRCLE_OVER_2_32 = 0x1p32;

  private long upper;
  private long lower;

  /** Adds the hashes from {@code first} to {@code last}, both included. */
  void add(long first, long last) {
    long length = last - first;
    upper += length >>> 32;
    lower += (length & 0xFFFFFFFFL) + 1;
  }

  double share() {
    return (upper + lower / CIRCLE_OVER_2_32) / CIRCLE_OVER_2_32;
  }
}
