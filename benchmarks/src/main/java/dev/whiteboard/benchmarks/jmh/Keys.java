package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.benchmarks.traces.ZipfSampler;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Inputs that are prepared before a measurement: seeded, and far more than a cache line of them. */
final class Keys {
  /** How many inputs a benchmark cycles through; a power of two, so that the index wraps by a mask. */
  static final int COUNT = 1 << 16;

  static final int MASK = COUNT - 1;

  private Keys() {}

  static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(42);
  }

  static long[] hashes() {
    return random().longs(COUNT).toArray();
  }

  static Integer[] zipf(int items, double skew) {
    ZipfSampler sampler = new ZipfSampler(items, skew, random());
    Integer[] keys = new Integer[COUNT];
    for (int i = 0; i < COUNT; i++) {
      keys[i] = sampler.next();
    }
    return keys;
  }
}
