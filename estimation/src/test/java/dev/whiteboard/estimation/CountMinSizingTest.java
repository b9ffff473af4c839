package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class CountMinSizingTest {
  /** e / 0.001 = 2718.3; ln 100 = 4.6. */
  @Test
  void size_thousandthAndOnePercent_isByHand() {
    assertEquals(2719, CountMinSizing.width(0.001));
    assertEquals(5, CountMinSizing.depth(0.01));
    assertEquals(Math.E / 2719, CountMinSizing.excess(2719), 1e-18);
    assertEquals(Math.exp(-5), CountMinSizing.failureProbability(5), 1e-18);
  }

  @Test
  void extremes_areStated() {
    assertEquals(3, CountMinSizing.width(1));
    assertEquals(1, CountMinSizing.depth(1));
    assertEquals(Long.MAX_VALUE, CountMinSizing.width(Double.MIN_VALUE));
    assertEquals(745, CountMinSizing.depth(Double.MIN_VALUE));
    assertEquals(0, CountMinSizing.failureProbability(Integer.MAX_VALUE));
  }

  @Property
  void sizeKeepsThePromiseAndOneLessDoesNot(
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 1) double excess,
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 0.36) double failureProbability) {
    long width = CountMinSizing.width(excess);
    assertTrue(CountMinSizing.excess(width) <= excess * (1 + 1e-15));
    assertTrue(CountMinSizing.excess(width - 1) > excess);
    int depth = CountMinSizing.depth(failureProbability);
    assertTrue(CountMinSizing.failureProbability(depth) <= failureProbability);
    assertTrue(CountMinSizing.failureProbability(depth - 1) > failureProbability);
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("excess must be in (0, 1], was 0.0", () -> CountMinSizing.width(0));
    assertRefused("excess must be in (0, 1], was NaN", () -> CountMinSizing.width(Double.NaN));
    assertRefused("failureProbability must be in (0, 1], was 1.5", () -> CountMinSizing.depth(1.5));
    assertRefused("width must be >= 1, was 0", () -> CountMinSizing.excess(0));
    assertRefused("depth must be >= 1, was 0", () -> CountMinSizing.failureProbability(0));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
