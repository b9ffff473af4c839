package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AgeingLfuTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.agingLfu();
  }

  @Example
  void favouriteOfYesterday_leavesInTheEnd() {
    CacheSimulator plain = CacheSimulator.of(EvictionPolicy.lfu(), 2);
    CacheSimulator ageing = CacheSimulator.of(policy(), 2);
    for (CacheSimulator simulator : List.of(plain, ageing)) {
      for (int i = 0; i < 1000; i++) {
        simulator.request(0);
      }
      for (int i = 0; i < 1000; i++) {
        simulator.request(1 + i % 2);
      }
    }
    assertEquals(999, plain.stats().hits()); // 1 and 2 push each other out
    assertTrue(ageing.stats().hits() > 1700);
  }

  @Property(tries = 100)
  void agreesWithASearchForTheFewestUses(
      @ForAll @IntRange(min = 1, max = 30) int capacity, @ForAll long seed) {
    assertAgrees(policy(), capacity, seed, new LfuModel(capacity, true));
  }
}
