package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LfuTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.lfu();
  }

  @Example
  void tie_theOneThatReachedItsCountFirstLeaves() {
    // 2 reaches two uses before 1 does, and so leaves for 3.
    assertEquals("mmhhmmh", replay(policy(), 2, 1, 2, 2, 1, 3, 2, 1));
  }

  @Example
  void countsLiveAsLongAsTheEntry() {
    // 1 leaves with one use; when it comes back it counts 1 again, and 3 pushes it out once more.
    assertEquals("mmhmmm", replay(policy(), 2, 1, 2, 2, 3, 1, 3));
  }

  @Example
  void countStopsAtItsLimit_andTheEntryStays() {
    CacheSimulator simulator = CacheSimulator.of(policy(), 2);
    for (int i = 0; i < 70_000; i++) {
      simulator.request(1);
    }
    for (int key = 2; key < 100; key++) {
      simulator.request(key);
    }
    assertTrue(simulator.request(1));
  }

  @Property(tries = 100)
  void agreesWithASearchForTheFewestUses(
      @ForAll @IntRange(min = 1, max = 30) int capacity, @ForAll long seed) {
    assertAgrees(policy(), capacity, seed, new LfuModel(capacity, false));
  }
}
