package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LruCacheTest {
  private final LruCache<String, Integer> cache = LruCache.create(3);

  @Test
  void put_newKey_isFound() {
    assertNull(cache.put("a", 1));
    assertEquals(1, cache.get("a"));
    assertEquals(1, cache.size());
  }

  @Test
  void put_sameKey_replacesAndReturnsTheOldValue() {
    cache.put("a", 1);
    assertEquals(1, cache.put("a", 2));
    assertEquals(2, cache.get("a"));
    assertEquals(1, cache.size());
  }

  @Nested
  class WhenFull {
    @BeforeEach
    void fill() {
      cache.put("a", 1);
      cache.put("b", 2);
      cache.put("c", 3);
    }

    @Test
    void put_newKey_dropsTheEldest() {
      cache.put("d", 4);
      assertEquals(List.of("b", "c", "d"), cache.keys());
      assertNull(cache.get("a"));
    }

    @Test
    void put_newKey_dropsOneEntryAlthoughAllAreEquallyUsed() {
      cache.put("d", 4);
      assertEquals(3, cache.size());
      assertEquals(1, cache.stats().evictions());
    }

    @Test
    void get_makesYoungest() {
      cache.get("a");
      cache.put("d", 4);
      assertEquals(List.of("c", "a", "d"), cache.keys());
    }

    @Test
    void put_sameKey_makesYoungestAndDropsNothing() {
      cache.put("a", 9);
      assertEquals(List.of("b", "c", "a"), cache.keys());
      assertEquals(0, cache.stats().evictions());
    }

    @Test
    void containsKey_isNoUse() {
      assertTrue(cache.containsKey("a"));
      assertFalse(cache.containsKey("x"));
      cache.put("d", 4);
      assertFalse(cache.containsKey("a"));
      assertEquals(new CacheStats(0, 0, 1), cache.stats());
    }

    @Test
    void remove_makesRoom() {
      assertEquals(2, cache.remove("b"));
      assertNull(cache.remove("b"));
      cache.put("d", 4);
      assertEquals(List.of("a", "c", "d"), cache.keys());
      assertEquals(0, cache.stats().evictions());
    }

    /** The case in which a published implementation drops everything and keeps its old capacity. */
    @Test
    void resize_smaller_dropsTheEldestAndKeepsTheRest() {
      cache.get("a");
      cache.resize(2);
      assertEquals(List.of("c", "a"), cache.keys());
      assertEquals(2, cache.capacity());
      cache.put("d", 4);
      assertEquals(List.of("a", "d"), cache.keys());
      assertEquals(2, cache.stats().evictions());
    }

    @Test
    void resize_larger_makesRoom() {
      cache.resize(4);
      cache.put("d", 4);
      assertEquals(List.of("a", "b", "c", "d"), cache.keys());
      assertEquals(0, cache.stats().evictions());
    }

    @Test
    void clear_dropsAllAndStaysUsable() {
      cache.clear();
      assertEquals(0, cache.size());
      assertEquals(List.of(), cache.keys());
      cache.put("d", 4);
      assertEquals(List.of("d"), cache.keys());
    }
  }

  /** The case in which a published implementation throws: its list is empty after the eviction. */
  @Test
  void put_capacityOne_keepsTheLatest() {
    LruCache<String, Integer> one = LruCache.create(1);
    one.put("a", 1);
    one.put("b", 2);
    one.put("c", 3);
    assertEquals(List.of("c"), one.keys());
    assertEquals(2, one.stats().evictions());
  }

  @Test
  void create_hugeCapacity_takesNoMemoryForIt() {
    LruCache<Integer, Integer> huge = LruCache.create(Integer.MAX_VALUE);
    for (int i = 0; i < 1000; i++) {
      huge.put(i, i);
    }
    assertEquals(1000, huge.size());
    assertEquals(Integer.MAX_VALUE, huge.capacity());
  }

  @Test
  void get_collidingHashes_staysExact() {
    record SameHash(int id) {
      @Override
      public int hashCode() {
        return 42;
      }
    }
    LruCache<SameHash, Integer> cache = LruCache.create(100);
    for (int i = 0; i < 150; i++) {
      cache.put(new SameHash(i), i);
    }
    assertNull(cache.get(new SameHash(49)));
    assertEquals(50, cache.get(new SameHash(50)));
    assertEquals(75, cache.remove(new SameHash(75)));
    assertEquals(99, cache.size());
  }

  @Test
  void getWithLoader_loadsOnceAndCaches() {
    assertEquals(5, cache.get("a", key -> 5));
    assertEquals(5, cache.get("a", key -> 6));
    assertEquals(new CacheStats(1, 1, 0), cache.stats());
  }

  @Test
  void getWithLoader_thatUsesTheCache_works() {
    assertEquals(3, cache.get("a", key -> cache.get("b", other -> 2) + 1));
    assertEquals(List.of("b", "a"), cache.keys());
  }

  @Test
  void getWithLoader_thatFails_cachesNothing() {
    IllegalStateException failure = new IllegalStateException("store is down");
    assertEquals(
        failure,
        assertThrows(
            IllegalStateException.class,
            () -> cache.get("a", key -> {
              throw failure;
            })));
    assertEquals(
        "loader returned null",
        assertThrows(NullPointerException.class, () -> cache.get("a", key -> null))
            .getMessage());
    assertEquals(0, cache.size());
  }

  @Test
  void stats_countLookUps() {
    assertEquals(0, cache.stats().hitRatio());
    cache.put("a", 1);
    cache.get("a");
    cache.get("a");
    cache.get("a");
    cache.get("x");
    assertEquals(new CacheStats(3, 1, 0), cache.stats());
    assertEquals(0.75, cache.stats().hitRatio());
    assertEquals(4, cache.stats().requests());
  }

  @Test
  void badInput_namesArgumentRuleAndValueAndChangesNothing() {
    assertEquals(
        "capacity must be >= 1, was 0",
        assertThrows(IllegalArgumentException.class, () -> LruCache.create(0)).getMessage());
    assertEquals(
        "capacity must be >= 1, was -2147483648",
        assertThrows(IllegalArgumentException.class, () -> LruCache.create(Integer.MIN_VALUE))
            .getMessage());
    assertEquals(
        "newCapacity must be >= 1, was 0",
        assertThrows(IllegalArgumentException.class, () -> cache.resize(0)).getMessage());
    assertEquals(3, cache.capacity());
    cache.put("a", 1);
    assertNamesNull("key", () -> cache.get(null));
    assertNamesNull("key", () -> cache.put(null, 1));
    assertNamesNull("value", () -> cache.put("a", null));
    assertNamesNull("key", () -> cache.remove(null));
    assertNamesNull("key", () -> cache.containsKey(null));
    assertNamesNull("loader", () -> cache.get("b", null));
    assertEquals(List.of("a"), cache.keys());
    assertEquals(new CacheStats(0, 0, 0), cache.stats());
  }

  @Test
  void put_keyWhoseEqualsFails_leavesTheCacheAsItWas() {
    record Broken(int id) {
      @Override
      public boolean equals(Object other) {
        throw new IllegalStateException("equals failed");
      }

      @Override
      public int hashCode() {
        return 7;
      }
    }
    LruCache<Object, Integer> cache = LruCache.create(2);
    Broken key = new Broken(1);
    cache.put(key, 1);
    assertThrows(IllegalStateException.class, () -> cache.put(new Broken(2), 2));
    assertEquals(1, cache.get(key));
    assertEquals(1, cache.size());
  }

  private static void assertNamesNull(String argument, Runnable call) {
    assertEquals(argument, assertThrows(NullPointerException.class, call::run).getMessage());
  }
}
