package dev.whiteboard.partitioning.balancing;

import com.google.common.math.IntMath;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Turns weights into numbers of slots of a table: the same proportions, in a table that is as small as it can be. */
final class Slots {
  /** The most slots of a table: 256 KiB of references. */
  static final int MAX = 1 << 16;

  private Slots() {}

  /**
   * Divides the weights by their greatest common divisor. If their sum is still more than {@code max}, shares out
   * {@code max} slots by largest remainder, with one for whoever is due less than one.
   *
   * @param weights at most {@code max} weights, each at least 1
   * @return for each weight its slots, at least 1
   */
  static int[] share(int[] weights, int max) {
    int divisor = Arrays.stream(weights).reduce(0, IntMath::gcd);
    int[] slots = Arrays.stream(weights).map(weight -> weight / divisor).toArray();
    return Arrays.stream(slots).asLongStream().sum() <= max ? slots : apportion(slots, max);
  }

  private static int[] apportion(int[] weights, int max) {
    int[] slots = new int[weights.length];
    int[] ascending = sorted(weights.length, Comparator.comparingInt(i -> weights[i]));
    long weightLeft = Arrays.stream(weights).asLongStream().sum();
    long slotsLeft = max;
    int light = 0;
    // A light one takes more than its due, and so leaves less to the others: the next may now be
    // light too.
    for (; weights[ascending[light]] * slotsLeft < weightLeft; light++) {
      slots[ascending[light]] = 1;
      weightLeft -= weights[ascending[light]];
      slotsLeft--;
    }
    long[] remainders = new long[weights.length];
    long unassigned = slotsLeft;
    for (int i : Arrays.copyOfRange(ascending, light, ascending.length)) {
      slots[i] = (int) (weights[i] * slotsLeft / weightLeft);
      remainders[i] = weights[i] * slotsLeft % weightLeft;
      unassigned -= slots[i];
    }
    int[] byRemainder = sorted(weights.length, Comparator.comparingLong(i -> -remainders[i]));
    for (int i = 0; i < unassigned; i++) {
      slots[byRemainder[i]]++;
    }
    return slots;
  }

  /** Indices in the given order; equals keep theirs. */
  private static int[] sorted(int length, Comparator<Integer> order) {
    return IntStream.range(0, length).boxed().sorted(order).mapToInt(i -> i).toArray();
  }
}
