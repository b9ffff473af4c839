package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LruCacheProperties {
  enum Operation {
    GET,
    PUT,
    REMOVE,
    LOAD
  }

  /** The JDK's own map in order of access, with its eldest entry removed after each insertion. */
  private static final class Model extends LinkedHashMap<Integer, Integer> {
    private static final long serialVersionUID = 1;
    private final int capacity;

    Model(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
      return size() > capacity;
    }
  }

  @Property(tries = 500)
  void agreesWithLinkedHashMapStepByStep(
      @ForAll @IntRange(min = 1, max = 40) int capacity,
      @ForAll @Size(max = 400) List<Operation> operations,
      @ForAll @Size(value = 400) List<@IntRange(max = 60) Integer> keys) {
    LruCache<Integer, Integer> cache = LruCache.create(capacity);
    Model model = new Model(capacity);
    int hits = 0;
    int misses = 0;
    for (int i = 0; i < operations.size(); i++) {
      Integer key = keys.get(i);
      boolean present = model.containsKey(key);
      switch (operations.get(i)) {
        case GET -> {
          assertEquals(model.get(key), cache.get(key));
          hits += present ? 1 : 0;
          misses += present ? 0 : 1;
        }
        case PUT -> assertEquals(model.put(key, i), cache.put(key, i));
        case REMOVE -> assertEquals(model.remove(key), cache.remove(key));
        case LOAD -> {
          int value = i;
          Integer known = model.get(key);
          assertEquals(known == null ? value : known, cache.get(key, k -> value));
          model.putIfAbsent(key, value);
          hits += present ? 1 : 0;
          misses += present ? 0 : 1;
        }
      }
      assertEquals(new ArrayList<>(model.keySet()), cache.keys());
      assertEquals(model.size(), cache.size());
    }
    assertEquals(hits, cache.stats().hits());
    assertEquals(misses, cache.stats().misses());
  }

  /** Mattson's inclusion property: whatever hits in a smaller LRU cache hits in a larger one. */
  @Property(tries = 200)
  void largerCacheNeverHitsLess(
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll @IntRange(min = 1, max = 20) int more,
      @ForAll @Size(max = 500) List<@IntRange(max = 50) Integer> requests) {
    LruCache<Integer, Integer> small = LruCache.create(capacity);
    LruCache<Integer, Integer> large = LruCache.create(capacity + more);
    for (Integer key : requests) {
      small.get(key, k -> k);
      large.get(key, k -> k);
      assertTrue(large.keys().containsAll(small.keys()));
    }
    assertTrue(large.stats().hits() >= small.stats().hits());
  }

  @Property(tries = 200)
  void insertionsAreEntriesAndEvictions(
      @ForAll @IntRange(min = 1, max = 30) int capacity,
      @ForAll @Size(max = 300) List<Integer> requests) {
    LruCache<Integer, Integer> cache = LruCache.create(capacity);
    for (Integer key : requests) {
      cache.get(key, k -> k);
      assertTrue(cache.size() <= capacity);
    }
    assertEquals(cache.stats().misses(), cache.size() + cache.stats().evictions());
    assertEquals(requests.size(), cache.stats().requests());
  }
}
