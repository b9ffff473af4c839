package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ClockTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.clock();
  }

  @Example
  void hitEntry_isPassedOverOnce() {
    assertEquals("mmhmhm", replay(policy(), 2, 1, 2, 1, 3, 1, 2)); // 3 takes the place of 2
    assertEquals("mmhmmm", replay(policy(), 2, 1, 2, 1, 3, 4, 1)); // and 4 that of 1
  }

  @Property(tries = 100)
  void agreesWithAQueueThatGivesASecondChance(
      @ForAll @IntRange(min = 1, max = 30) int capacity, @ForAll long seed) {
    Deque<Integer> queue = new ArrayDeque<>();
    Set<Integer> marked = new HashSet<>();
    assertAgrees(policy(), capacity, seed, key -> {
      if (queue.contains(key)) {
        marked.add(key);
        return true;
      }
      if (queue.size() == capacity) {
        while (marked.remove(queue.peekFirst())) {
          queue.addLast(queue.removeFirst());
        }
        queue.removeFirst();
      }
      queue.addLast(key);
      return false;
    });
  }
}
