package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FifoTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.fifo();
  }

  /** Belady, Nelson and Shedler, 1969: a larger FIFO cache can miss more. */
  @Example
  void beladysAnomaly_moreRoomMoreMisses() {
    long[] keys = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
    assertEquals("mmmmmmmhhmmh", replay(policy(), 3, keys)); // 9 misses
    assertEquals("mmmmhhmmmmmm", replay(policy(), 4, keys)); // 10 misses
  }

  @Property(tries = 100)
  void agreesWithAQueue(@ForAll @IntRange(min = 1, max = 30) int capacity, @ForAll long seed) {
    Deque<Integer> queue = new ArrayDeque<>();
    assertAgrees(policy(), capacity, seed, key -> {
      if (queue.contains(key)) {
        return true;
      }
      if (queue.size() == capacity) {
        queue.removeFirst();
      }
      queue.addLast(key);
      return false;
    });
  }
}
