package dev.whiteboard.partitioning.balancing;

import java.util.Arrays;

/**
 * Draws two different numbers below n from one random {@code long}: the first in proportion to its weight, the second
 * in proportion among the rest.
 *
 * <p>Number i owns as many slots in a row as {@link Slots} gives it. The first draw is the owner of one of all slots,
 * the second of one of the slots that are left, counted past those of the first. Each uses 32 bits, so the chance of a
 * number is off by less than 2<sup>-32</sup> (and by what {@code Slots} rounds).
 */
final class Pairs {
  private final int slots;

  /** The owner of each slot, at most 65,535; empty if each number has one slot, and so slot i is number i. */
  private final char[] owners;

  /** For each number its first slot; the last entry is the number of slots. */
  private final int[] firsts;

  Pairs(int[] weights) {
    int[] shares = Slots.share(weights, Slots.MAX);
    firsts = new int[shares.length + 1];
    for (int i = 0; i < shares.length; i++) {
      firsts[i + 1] = firsts[i] + shares[i];
    }
    slots = firsts[shares.length];
    owners = new char[slots == shares.length ? 0 : slots];
    for (int i = 0; i < shares.length && owners.length > 0; i++) {
      Arrays.fill(owners, firsts[i], firsts[i + 1], (char) i);
    }
  }

  /** Draws from the upper half of the random number. */
  int first(long random) {
    int slot = below(slots, random >>> 32);
    return owners.length == 0 ? slot : owners[slot];
  }

  /** Draws from the lower half; there must be two numbers at least. */
  int second(long random, int first) {
    long low = random & 0xFFFF_FFFFL;
    if (owners.length == 0) {
      int slot = below(slots - 1, low);
      return slot < first ? slot : slot + 1;
    }
    int taken = firsts[first + 1] - firsts[first];
    int slot = below(slots - taken, low);
    return owners[slot < firsts[first] ? slot : slot + taken];
  }

  private static int below(int bound, long bits32) {
    return (int) ((bits32 * bound) >>> 32);
  }
}
