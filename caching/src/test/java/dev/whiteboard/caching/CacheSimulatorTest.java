package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CacheSimulatorTest {
  private final CacheSimulator simulator = CacheSimulator.of(EvictionPolicy.fifo(), 10);

  @Test
  void request_newKey_missesAndIsCached() {
    assertFalse(simulator.request(1));
    assertTrue(simulator.request(1));
    assertEquals(new CacheStats(1, 1, 0), simulator.stats());
  }

  @Test
  void request_heavyKey_evictsUntilThereIsRoom() {
    simulator.request(1, 4);
    simulator.request(2, 4);
    simulator.request(3, 9);
    assertEquals(2, simulator.stats().evictions());
    assertTrue(simulator.request(3, 9));
  }

  @Test
  void request_keyHeavierThanTheCache_isNotKeptAndEvictsNothing() {
    simulator.request(1, 10);
    assertFalse(simulator.request(2, 11));
    assertFalse(simulator.request(2, Long.MAX_VALUE));
    assertTrue(simulator.request(1, 10));
    assertEquals(0, simulator.stats().evictions());
  }

  @Test
  void request_cachedKeyThatGrows_evictsOthers() {
    simulator.request(1, 5);
    simulator.request(2, 5);
    assertTrue(simulator.request(2, 6));
    assertEquals(1, simulator.stats().evictions());
    assertFalse(simulator.request(1, 4));
    assertTrue(simulator.request(2, 6));
  }

  @Test
  void request_cachedKeyThatOutgrowsTheCache_isForgotten() {
    simulator.request(1, 5);
    assertTrue(simulator.request(1, 11));
    assertFalse(simulator.request(1, 5));
    assertEquals(0, simulator.stats().evictions());
  }

  @Test
  void request_cachedKeyThatShrinks_makesRoom() {
    simulator.request(1, 9);
    simulator.request(1, 1);
    simulator.request(2, 9);
    assertTrue(simulator.request(1, 1));
  }

  @Test
  void request_keysWithTheSameLowBits_areToldApart() {
    CacheSimulator large = CacheSimulator.of(EvictionPolicy.lru(), 1 << 20);
    for (long key = 0; key < 5000; key++) {
      assertFalse(large.request(key << 40));
      assertFalse(large.request(~(key << 40)));
    }
    for (long key = 0; key < 5000; key++) {
      assertTrue(large.request(key << 40));
      assertTrue(large.request(~(key << 40)));
    }
    assertEquals(new CacheStats(10_000, 10_000, 0), large.stats());
  }

  @Test
  void badInput_namesArgumentRuleAndValueAndChangesNothing() {
    assertEquals(
        "capacity must be >= 0, was -1",
        assertThrows(
                IllegalArgumentException.class, () -> CacheSimulator.of(EvictionPolicy.fifo(), -1))
            .getMessage());
    assertEquals(
        "policy",
        assertThrows(NullPointerException.class, () -> CacheSimulator.of(null, 1))
            .getMessage());
    assertEquals(
        "weight must be >= 0, was -1",
        assertThrows(IllegalArgumentException.class, () -> simulator.request(1, -1))
            .getMessage());
    assertEquals(new CacheStats(0, 0, 0), simulator.stats());
  }
}
