package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;

class ClockProTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.clockPro();
  }

  /** LRU hits nothing in a loop longer than the cache; hot entries are not pushed out by it here. */
  @Example
  void loopLongerThanTheCache_hits() {
    CacheSimulator simulator = CacheSimulator.of(policy(), 100);
    for (int i = 0; i < 12_000; i++) {
      simulator.request(i % 120);
    }
    assertTrue(simulator.stats().hits() > 6000);
  }

  @Example
  void usedAgainDuringItsTest_becomesHot() {
    CacheSimulator simulator = CacheSimulator.of(policy(), 10);
    for (int key = 0; key < 10; key++) {
      simulator.request(key); // the first eight are hot, 8 and 9 cold
    }
    simulator.request(10); // 8 becomes a ghost
    simulator.request(8); // it was in its test: hot, and 0 cools down
    for (int key = 100; key < 110; key++) {
      simulator.request(key);
    }
    assertTrue(simulator.request(8));
    assertFalse(simulator.request(0));
  }
}
