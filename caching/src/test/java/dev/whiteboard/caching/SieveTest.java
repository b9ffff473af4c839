package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SieveTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.sieve();
  }

  @Example
  void hand_goesOnWhereItEvicted() {
    long[] keys = {1, 2, 3, 1, 4, 5, 6, 1};
    // The hand passes 1 and takes 2, then 3, then 4, which came in behind it.
    assertEquals("mmmhmmmh", replay(policy(), 3, keys));
    // CLOCK has put 1 between 3 and 4, and takes it after 3.
    assertEquals("mmmhmmmm", replay(EvictionPolicy.clock(), 3, keys));
  }

  @Property(tries = 100)
  void agreesWithAListAndAHand(
      @ForAll @IntRange(min = 1, max = 30) int capacity, @ForAll long seed) {
    List<Integer> list = new ArrayList<>(); // the eldest first
    Set<Integer> marked = new HashSet<>();
    int[] hand = {0};
    assertAgrees(policy(), capacity, seed, key -> {
      if (list.contains(key)) {
        marked.add(key);
        return true;
      }
      if (list.size() == capacity) {
        int at = hand[0] % capacity;
        while (marked.remove(list.get(at))) {
          at = (at + 1) % capacity;
        }
        list.remove(at);
        hand[0] = at == capacity - 1 ? 0 : at;
      }
      list.add(key);
      return false;
    });
  }
}
