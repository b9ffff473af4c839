package dev.whiteboard.benchmarks.peers;

import java.math.BigInteger;
import java.util.UUID;

/** An id of 64 or 128 bits. One of 64 has its sign in the upper half. */
record Id(long high, long low) implements Comparable<Id> {
  static Id of(long id) {
    return new Id(id >> (Long.SIZE - 1), id);
  }

  static Id of(UUID id) {
    return new Id(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** An id of 64 bits that is read as an unsigned number. */
  static Id unsigned(long id) {
    return new Id(0, id);
  }

  UUID toUuid() {
    return new UUID(high, low);
  }

  /** How much larger this is. */
  BigInteger minus(Id other) {
    return number().subtract(other.number());
  }

  private BigInteger number() {
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(lower);
  }

  /** The order of the numbers, and of the texts until the first bit of 128 is set. */
  @Override
  public int compareTo(Id other) {
    return high != other.high
        ? Long.compare(high, other.high)
        : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    boolean isLong = high == 0 || (high == -1 && low < 0);
    return isLong ? number().toString() : toUuid().toString();
  }
}
