package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BeladyTest {
  @Example
  void beladysSequence_missesSevenAndSix() {
    long[] keys = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
    assertEquals(12 - 7, Belady.hits(keys, 3));
    assertEquals(12 - 6, Belady.hits(keys, 4));
  }

  /** In a loop over n + 1 keys, LRU with n entries never hits; the optimum misses once in n requests. */
  @Example
  void loopOneLongerThanTheCache_missesOnceInCapacity() {
    long[] keys = new long[101 * 100];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = i % 101;
    }
    assertEquals(keys.length - 101 - 100 + 1, Belady.hits(keys, 100));
  }

  @Example
  void extremes_areExact() {
    assertEquals(0, Belady.hits(new long[0], 5));
    assertEquals(0, Belady.hits(new long[] {7, 7, 7}, 0));
    assertEquals(2, Belady.hits(new long[] {7, 7, 7}, 1));
    assertEquals(2, Belady.hits(new long[] {7, 7, 7}, Integer.MAX_VALUE));
  }

  /** More than 64 * 64 * 64 requests, so that the set of times has four levels. */
  @Example
  void longSequence_hitsAsManyAsThereAreRepeats() {
    long[] keys = new long[300_000];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = i % 150_000;
    }
    assertEquals(150_000, Belady.hits(keys, 150_000));
    assertEquals(1000, Belady.hits(keys, 1000));
  }

  @Property(tries = 300)
  void agreesWithALookAhead(
      @ForAll @IntRange(min = 1, max = 12) int capacity,
      @ForAll @Size(max = 250) List<@IntRange(max = 30) Integer> requests) {
    long[] keys = requests.stream().mapToLong(Integer::longValue).toArray();
    Set<Long> cached = new HashSet<>();
    int hits = 0;
    for (int now = 0; now < keys.length; now++) {
      if (!cached.contains(keys[now])) {
        if (cached.size() == capacity) {
          cached.remove(furthest(cached, keys, now));
        }
        cached.add(keys[now]);
      } else {
        hits++;
      }
    }
    assertEquals(hits, Belady.hits(keys, capacity));
  }

  private static Long furthest(Set<Long> cached, long[] keys, int now) {
    Set<Long> left = new HashSet<>(cached);
    for (int later = now; later < keys.length && left.size() > 1; later++) {
      left.remove(keys[later]);
    }
    return left.iterator().next();
  }

  @Example
  void badInput_namesArgumentRuleAndValue() {
    assertEquals(
        "capacity must be >= 0, was -1",
        assertThrows(IllegalArgumentException.class, () -> Belady.hits(new long[1], -1))
            .getMessage());
    assertEquals(
        "keys",
        assertThrows(NullPointerException.class, () -> Belady.hits(null, 1)).getMessage());
  }
}
