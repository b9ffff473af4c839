package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FrequencySketchTest {
  private static final int A = 0x1234_5678;
  private static final int B = 0x9abc_def0;

  private final FrequencySketch sketch = new FrequencySketch(8, 1_000);

  @Test
  void frequency_neverCounted_isZero() {
    sketch.increment(A);
    assertEquals(0, sketch.frequency(B));
  }

  @Test
  void increment_thrice_isThree() {
    sketch.increment(A);
    sketch.increment(A);
    sketch.increment(A);
    sketch.increment(B);
    assertEquals(3, sketch.frequency(A));
    assertEquals(1, sketch.frequency(B));
  }

  @Test
  void increment_moreThanFifteenTimes_staysFifteenAndSpillsIntoNoOther() {
    for (int i = 0; i < 100; i++) {
      sketch.increment(A);
    }
    assertEquals(15, sketch.frequency(A));
    assertEquals(0, sketch.frequency(B));
  }

  @Test
  void increment_sampleFull_halvesEveryCounter() {
    FrequencySketch small = new FrequencySketch(8, 2);
    for (int i = 0; i < 11; i++) {
      small.increment(A);
    }
    for (int i = 0; i < 4; i++) {
      small.increment(B);
    }
    assertEquals(11, small.frequency(A));
    small.increment(B);
    assertEquals(5, small.frequency(A));
    assertEquals(2, small.frequency(B));
  }

  @Test
  void increment_afterHalving_halfASampleIsLeft() {
    FrequencySketch small = new FrequencySketch(8, 2);
    for (int i = 0; i < 16 + 7; i++) {
      small.increment(A);
    }
    assertEquals(14, small.frequency(A));
    small.increment(A);
    assertEquals(7, small.frequency(A));
  }

  @Test
  void resize_smaller_keepsTheCount() {
    FrequencySketch large = new FrequencySketch(77_777, 1_000);
    large.increment(A);
    large.increment(A);
    for (long entries : new long[] {77_777, 1_000, 24, 16, 8, 0}) {
      large.resize(entries);
      assertEquals(2, large.frequency(A), "entries " + entries);
      assertEquals(0, large.frequency(B), "entries " + entries);
    }
  }

  /** Sixty-four keys fill the table; copied twice as wide, they would answer for keys never seen. */
  @Test
  void resize_larger_startsAnew() {
    for (int key = 0; key < 64; key++) {
      sketch.increment(key * 0x9e37_79b9);
    }
    sketch.resize(16);
    for (int key = 0; key < 200; key++) {
      assertEquals(0, sketch.frequency(key * 0x9e37_79b9), "key " + key);
    }
  }

  @Test
  void resize_larger_sampleStartsAnew() {
    FrequencySketch small = new FrequencySketch(8, 2);
    for (int i = 0; i < 15; i++) {
      small.increment(A);
    }
    small.resize(16);
    for (int i = 0; i < 14; i++) {
      small.increment(B);
    }
    for (int i = 0; i < 17; i++) {
      small.increment(A);
    }
    assertEquals(14, small.frequency(B));
    small.increment(A);
    assertEquals(7, small.frequency(B));
  }

  @Test
  void entries_anySize_eightBytesEach() {
    assertEquals(99_992, new FrequencySketch(99_999, 10).entries());
    assertEquals(8, new FrequencySketch(0, 10).entries());
  }

  /** A thousand keys, eight counts each, in a sketch for a thousand: three of four estimates are exact. */
  @Test
  void frequency_asManyKeysAsEntries_isMostlyExact() {
    FrequencySketch full = new FrequencySketch(1_000, 1_000);
    for (int i = 0; i < 8_000; i++) {
      full.increment((i % 1_000) * 0x9e37_79b9);
    }
    int exact = 0;
    for (int i = 0; i < 1_000; i++) {
      exact += full.frequency(i * 0x9e37_79b9) == 8 ? 1 : 0;
    }
    assertTrue(exact > 750, exact + " exact");
  }
}
