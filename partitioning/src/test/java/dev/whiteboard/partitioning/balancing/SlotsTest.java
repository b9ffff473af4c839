package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void share_commonDivisor_isDividedOut() {
    assertArrayEquals(new int[] {3, 1, 2}, Slots.share(new int[] {6, 2, 4}, 100));
    assertArrayEquals(new int[] {1, 1}, Slots.share(new int[] {1 << 30, 1 << 30}, 2));
    assertArrayEquals(new int[] {1}, Slots.share(new int[] {Integer.MAX_VALUE}, 1));
    assertArrayEquals(new int[0], Slots.share(new int[0], 10));
  }

  @Test
  void share_justEnoughSlots_isExact() {
    assertArrayEquals(new int[] {3, 7}, Slots.share(new int[] {3, 7}, 10));
  }

  /** Of 9 slots 3 * 9 / 11 = 2 5/11 and 8 * 9 / 11 = 6 6/11 are due. */
  @Test
  void share_tooFewSlots_goToTheLargestRemainder() {
    assertArrayEquals(new int[] {2, 7}, Slots.share(new int[] {3, 8}, 9));
    assertArrayEquals(new int[] {7, 2}, Slots.share(new int[] {8, 3}, 9));
  }

  /** Of 10 slots 10/201 is due: it is 1. The 9 others are 4 1/2 each. */
  @Test
  void share_lessThanOneDue_isOneAndTheFirstWinsATie() {
    assertArrayEquals(new int[] {1, 5, 4}, Slots.share(new int[] {1, 100, 100}, 10));
    assertArrayEquals(new int[] {5, 4, 1}, Slots.share(new int[] {100, 100, 1}, 10));
  }

  /** Of 4 slots 40/44 and 44/44 are due. Once the first has 1, 33/34 are due to the second. */
  @Test
  void share_lightOnesTake_theNextIsLightToo() {
    assertArrayEquals(new int[] {1, 1, 2}, Slots.share(new int[] {10, 11, 23}, 4));
  }

  @Test
  void share_largestWeights_doNotOverflow() {
    int max = Integer.MAX_VALUE;
    assertArrayEquals(new int[] {32_768, 32_767, 1}, Slots.share(new int[] {max, max, 1}, 65_536));
    assertArrayEquals(new int[] {1, 65_535}, Slots.share(new int[] {1, max}, 65_536));
    int[] even = new int[65_536];
    Arrays.fill(even, max);
    even[0] = 1;
    int[] ones = new int[65_536];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, Slots.share(even, 65_536));
  }
}
