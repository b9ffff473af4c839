package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrequencySketchProperties {
  private static final int NEVER_HALVED = 1_000_000;

  @Property(tries = 300)
  void neverCountsTooLittle(
      @ForAll @IntRange(max = 200) int entries,
      @ForAll @Size(max = 400) List<@IntRange(min = -40, max = 40) Integer> hashes) {
    FrequencySketch sketch = new FrequencySketch(entries, NEVER_HALVED);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int hash : hashes) {
      sketch.increment(hash);
      counts.merge(hash, 1, Integer::sum);
    }
    assertNeverLow(sketch, counts);
  }

  @Property(tries = 300)
  void shrinkingNeverCountsTooLittle(
      @ForAll @Size(max = 12) List<@IntRange(max = 300) Integer> sizes, @ForAll long seed) {
    Random random = new Random(seed);
    FrequencySketch sketch = new FrequencySketch(16, NEVER_HALVED);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int entries : sizes) {
      for (int i = 0; i < 60; i++) {
        int hash = random.nextInt(50) * 0x9e37_79b9;
        sketch.increment(hash);
        counts.merge(hash, 1, Integer::sum);
      }
      long before = sketch.entries();
      sketch.resize(entries);
      if (sketch.entries() > before) {
        counts.clear();
      }
      assertNeverLow(sketch, counts);
    }
  }

  /** Every counter of a halved sketch is half of what it was, however full the table is. */
  @Property(tries = 100)
  void halvingHalvesEveryEstimate(
      @ForAll @IntRange(min = 1, max = 20) int sampleFactor, @ForAll long seed) {
    Random random = new Random(seed);
    FrequencySketch sketch = new FrequencySketch(16, sampleFactor);
    for (int i = 0; i < 16 * sampleFactor - 1; i++) {
      sketch.increment(random.nextInt());
    }
    int last = random.nextInt();
    Map<Integer, Integer> before = new HashMap<>();
    FrequencySketch twin = new FrequencySketch(16, NEVER_HALVED);
    random.setSeed(seed);
    for (int i = 0; i < 16 * sampleFactor - 1; i++) {
      twin.increment(random.nextInt());
    }
    twin.increment(last);
    for (int i = 0; i < 200; i++) {
      before.put(i * 0x9e37_79b9, twin.frequency(i * 0x9e37_79b9));
    }
    sketch.increment(last);
    before.forEach((hash, count) -> assertEquals(count / 2, sketch.frequency(hash)));
  }

  private static void assertNeverLow(FrequencySketch sketch, Map<Integer, Integer> counts) {
    counts.forEach((hash, count) -> assertTrue(
        sketch.frequency(hash) >= Math.min(count, 15), "hash " + hash + " of " + counts));
  }
}
