package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LruTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.lru();
  }

  @Example
  void beladysSequence_hasNoAnomaly() {
    long[] keys = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
    assertEquals("mmmmmmmhhmmm", replay(policy(), 3, keys)); // 10 misses
    assertEquals("mmmmhhmhhmmm", replay(policy(), 4, keys)); // 8 misses
  }

  @Property(tries = 100)
  void agreesWithAListInTheOrderOfUse(
      @ForAll @IntRange(min = 1, max = 30) int capacity, @ForAll long seed) {
    List<Integer> list = new ArrayList<>();
    assertAgrees(policy(), capacity, seed, key -> {
      boolean hit = list.remove((Integer) key);
      if (list.size() == capacity) {
        list.remove(0);
      }
      list.add(key);
      return hit;
    });
  }
}
