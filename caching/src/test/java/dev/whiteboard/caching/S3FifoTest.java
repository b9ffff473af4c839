package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class S3FifoTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.s3Fifo();
  }

  @Example
  void twoHits_enterTheMainQueue() {
    CacheSimulator simulator = CacheSimulator.of(policy(), 10);
    request(simulator, 1, 1, 1, 2, 2);
    for (int key = 100; key < 130; key++) {
      simulator.request(key);
    }
    assertTrue(simulator.request(1)); // hit twice: it went on to the main queue
    assertFalse(simulator.request(2)); // hit once: it left
  }

  @Example
  void ghost_entersTheMainQueueAtOnce() {
    CacheSimulator simulator = CacheSimulator.of(policy(), 10);
    for (int key = 1; key <= 11; key++) {
      simulator.request(key); // 11 pushes 1 out
    }
    request(simulator, 1);
    for (int key = 100; key < 130; key++) {
      simulator.request(key);
    }
    assertTrue(simulator.request(1));
  }

  @Property(tries = 150)
  void agreesWithThreeLists(@ForAll @IntRange(min = 1, max = 60) int capacity, @ForAll long seed) {
    List<Integer> small = new ArrayList<>();
    List<Integer> main = new ArrayList<>();
    List<Integer> ghosts = new ArrayList<>();
    Map<Integer, Integer> hits = new HashMap<>();
    int mainSize = capacity - capacity / 10;
    assertAgrees(policy(), capacity, seed, key -> {
      if (small.contains(key) || main.contains(key)) {
        hits.merge(key, 1, (count, one) -> Math.min(3, count + one));
        return true;
      }
      boolean returns = ghosts.remove((Integer) key);
      while (small.size() + main.size() == capacity) {
        if (main.size() > mainSize || small.isEmpty()) {
          int eldest = main.remove(0);
          if (hits.get(eldest) > 0) {
            hits.merge(eldest, -1, Integer::sum);
            main.add(eldest);
          }
          continue;
        }
        int eldest = small.remove(0);
        if (hits.get(eldest) >= 2) {
          hits.put(eldest, 0);
          main.add(eldest);
        } else {
          ghosts.add(eldest);
          if (ghosts.size() > mainSize) {
            ghosts.remove(0);
          }
        }
      }
      hits.put(key, 0);
      (returns ? main : small).add(key);
      return false;
    });
  }

  private static void request(CacheSimulator simulator, long... keys) {
    for (long key : keys) {
      simulator.request(key);
    }
  }
}
