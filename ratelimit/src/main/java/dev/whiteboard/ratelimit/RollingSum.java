package dev.whiteboard.ratelimit;

import java.util.Arrays;

/**
 * The sum of what was added in the latest while: the present slice of time and a number of whole ones before it.
 *
 * <p><b>Cost.</b> O(1) amortised, 8 bytes a slice. <b>Thread safety.</b> None: the owner locks.
 */
final class RollingSum {
  private final long[] slices;
  private final long sliceNanos;

  /** The number of the slice that is being filled. It never goes back. */
  private long present;

  private long sum;

  /** A window of {@code slices} times {@code sliceNanos}, the present slice included. */
  RollingSum(int slices, long sliceNanos) {
    this.slices = new long[slices];
    this.sliceNanos = sliceNanos;
  }

  void add(long nowNanos, long amount) {
    moveTo(nowNanos);
    slices[(int) (present % slices.length)] += amount;
    sum += amount;
  }

  long sum(long nowNanos) {
    moveTo(nowNanos);
    return sum;
  }

  private void moveTo(long nowNanos) {
    long next = nowNanos / sliceNanos;
    if (next - present >= slices.length) {
      Arrays.fill(slices, 0);
      sum = 0;
      present = next;
    }
    while (present < next) {
      present++;
      int slot = (int) (present % slices.length);
      sum -= slices[slot];
      slices[slot] = 0;
    }
  }
}
