package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairsTest {
  private static final long HALF = 0x8000_0000L;
  private static final long QUARTER = 0x4000_0000L;
  private static final long LAST = 0xFFFF_FFFFL;

  private static String draw(Pairs pairs, long upper, long lower) {
    long random = upper << 32 | lower;
    int first = pairs.first(random);
    return first + " " + pairs.second(random, first);
  }

  @Test
  void equalWeights_upperHalfIsTheFirstAndLowerHalfOneOfTheRest() {
    Pairs pairs = new Pairs(new int[] {7, 7, 7, 7});
    assertEquals("0 1", draw(pairs, 0, 0));
    assertEquals("0 3", draw(pairs, QUARTER - 1, LAST));
    assertEquals("1 0", draw(pairs, QUARTER, 0));
    assertEquals("2 0", draw(pairs, HALF, 0));
    assertEquals("2 1", draw(pairs, HALF, HALF));
    assertEquals("2 3", draw(pairs, HALF, LAST));
    assertEquals("3 2", draw(pairs, LAST, LAST));
  }

  /** Slots are 0 1 1 1. Without those of 1, only 0 is left; without that of 0, only 1. */
  @Test
  void weights_ownSlotsInARow() {
    Pairs pairs = new Pairs(new int[] {2, 6});
    assertEquals("0 1", draw(pairs, 0, 0));
    assertEquals("0 1", draw(pairs, QUARTER - 1, LAST));
    assertEquals("1 0", draw(pairs, QUARTER, 0));
    assertEquals("1 0", draw(pairs, LAST, LAST));
  }

  /** Slots are 0 1 1 2. Without those of 1 they are 0 2. */
  @Test
  void weights_secondIsDrawnFromTheSlotsThatAreLeft() {
    Pairs pairs = new Pairs(new int[] {1, 2, 1});
    assertEquals("1 0", draw(pairs, HALF, HALF - 1));
    assertEquals("1 2", draw(pairs, HALF, HALF));
    assertEquals("0 1", draw(pairs, 0, HALF));
    assertEquals("0 2", draw(pairs, 0, LAST));
    assertEquals("2 0", draw(pairs, LAST, 0));
    assertEquals("2 1", draw(pairs, LAST, LAST));
  }

  @Test
  void mostNumbers_areDrawnToTheLast() {
    int[] weights = new int[65_536];
    Arrays.fill(weights, 3);
    assertEquals("65535 65534", draw(new Pairs(weights), LAST, LAST));
    weights[0] = Integer.MAX_VALUE;
    assertEquals("65535 65534", draw(new Pairs(weights), LAST, LAST));
    assertEquals("0 1", draw(new Pairs(weights), 0, 0));
  }
}
