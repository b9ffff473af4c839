package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.math.LongMath;
import com.google.common.primitives.Ints;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlotsProperties {
  @Property(tries = 500)
  void enoughSlotsAreExactlyInProportion(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 1_000) Integer> list,
      @ForAll @IntRange(min = 1, max = 1_000) int factor) {
    int[] weights = Ints.toArray(list);
    int[] slots = Slots.share(Arrays.stream(weights).map(w -> w * factor).toArray(), 20_000);
    for (int i = 0; i < weights.length; i++) {
      assertEquals((long) weights[i] * slots[0], (long) slots[i] * weights[0]);
    }
    assertTrue(slots[0] <= weights[0], "the factor was not divided out");
  }

  @Property(tries = 500)
  void tooFewSlotsAreAllSharedOut(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1) Integer> list,
      @ForAll @IntRange(min = 20, max = 300) int max) {
    int[] weights = Ints.toArray(list);
    int[] slots = Slots.share(weights, max);
    int sum = Arrays.stream(slots).sum();
    assertTrue(sum == max || isInProportion(weights, slots), "slots were left over: " + sum);
    assertTrue(sum <= max, "too many slots: " + sum);
  }

  private static boolean isInProportion(int[] weights, int[] slots) {
    boolean exact = true;
    for (int i = 0; i < weights.length; i++) {
      exact &= (long) weights[i] * slots[0] == (long) slots[i] * weights[0];
    }
    return exact;
  }

  /** Those with one slot may be due less; the others share the rest, and none is a whole slot off. */
  @Property(tries = 500)
  void rounding_isByLessThanASlot(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1) Integer> list,
      @ForAll @IntRange(min = 20, max = 300) int max) {
    int[] weights = Ints.toArray(list);
    int[] slots = Slots.share(weights, max);
    long weight = Arrays.stream(weights).asLongStream().sum();
    long left = Arrays.stream(slots).sum();
    int[] ascending = Arrays.stream(weights).sorted().toArray();
    for (int i = 0; ascending[i] * left < weight; i++) {
      weight -= ascending[i];
      left--;
    }
    for (int i = 0; i < weights.length; i++) {
      long floor = LongMath.divide(weights[i] * left, weight, RoundingMode.FLOOR);
      long ceiling = LongMath.divide(weights[i] * left, weight, RoundingMode.CEILING);
      assertTrue(slots[i] >= Math.max(1, floor), "too few slots: " + slots[i]);
      assertTrue(slots[i] <= Math.max(1, ceiling), "too many slots: " + slots[i]);
    }
  }

  @Property(tries = 500)
  void heavierHasNoFewerSlots(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 1_000) Integer> list,
      @ForAll @IntRange(min = 20, max = 300) int max) {
    int[] weights = Ints.toArray(list);
    int[] slots = Slots.share(weights, max);
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        assertTrue(weights[i] <= weights[j] || slots[i] >= slots[j], i + " has fewer than " + j);
      }
    }
  }
}
