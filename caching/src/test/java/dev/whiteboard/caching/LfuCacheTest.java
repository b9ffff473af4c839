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

class LfuCacheTest {
  private final LfuCache<String, Integer> cache = LfuCache.create(3);

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
    void put_newKey_ofAsManyUsesDropsTheFirst() {
      cache.put("d", 4);
      assertEquals(List.of("b", "c", "d"), cache.keys());
      assertNull(cache.get("a"));
    }

    @Test
    void put_newKey_dropsOneEntryAlthoughAllHaveTheFewestUses() {
      cache.put("d", 4);
      assertEquals(3, cache.size());
      assertEquals(1, cache.stats().evictions());
    }

    @Test
    void put_newKey_dropsTheFewestUses() {
      cache.get("a");
      cache.get("b");
      cache.put("d", 4);
      assertEquals(List.of("d", "a", "b"), cache.keys());
    }

    @Test
    void put_newKey_ofAsManyUsesDropsTheOneThatReachedThemFirst() {
      cache.get("b");
      cache.get("a");
      cache.get("c");
      cache.put("d", 4);
      assertEquals(List.of("d", "a", "c"), cache.keys());
    }

    @Test
    void put_keyThatWasDropped_countsFromOneAgain() {
      cache.get("a");
      cache.get("b");
      cache.get("c");
      cache.put("d", 4);
      cache.put("e", 5);
      assertEquals(List.of("e", "b", "c"), cache.keys());
      cache.put("a", 1);
      assertEquals(List.of("a", "b", "c"), cache.keys());
    }

    @Test
    void resize_smaller_dropsTheFewestUsesAndKeepsTheRest() {
      cache.get("a");
      cache.resize(2);
      assertEquals(List.of("c", "a"), cache.keys());
      assertEquals(2, cache.capacity());
      cache.put("d", 4);
      assertEquals(List.of("d", "a"), cache.keys());
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
    void put_sameKey_isAUseAndDropsNothing() {
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

    @Test
    void clear_dropsAllAndStaysUsable() {
      cache.clear();
      assertEquals(0, cache.size());
      assertEquals(List.of(), cache.keys());
      cache.put("d", 4);
      assertEquals(List.of("d"), cache.keys());
    }
  }

  @Test
  void createAgeing_favouriteOfYesterday_leavesInTheEnd() {
    LfuCache<String, Integer> plain = LfuCache.create(2);
    LfuCache<String, Integer> ageing = LfuCache.createAgeing(2);
    for (LfuCache<String, Integer> cache : List.of(plain, ageing)) {
      for (int i = 0; i < 100; i++) {
        cache.get("yesterday", key -> 0);
      }
      for (int i = 0; i < 100; i++) {
        cache.get("today " + i % 2, key -> 1);
      }
    }
    assertTrue(plain.containsKey("yesterday"));
    assertFalse(ageing.containsKey("yesterday"));
  }

  @Test
  void put_capacityOne_keepsTheLatest() {
    LfuCache<String, Integer> one = LfuCache.create(1);
    one.put("a", 1);
    one.put("b", 2);
    one.put("c", 3);
    assertEquals(List.of("c"), one.keys());
    assertEquals(2, one.stats().evictions());
  }

  @Test
  void create_hugeCapacity_takesNoMemoryForIt() {
    LfuCache<Integer, Integer> huge = LfuCache.create(Integer.MAX_VALUE);
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
    LfuCache<SameHash, Integer> cache = LfuCache.create(100);
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
        assertThrows(IllegalArgumentException.class, () -> LfuCache.create(0)).getMessage());
    assertEquals(
        "capacity must be >= 1, was -1",
        assertThrows(IllegalArgumentException.class, () -> LfuCache.createAgeing(-1))
            .getMessage());
    assertEquals(
        "newCapacity must be >= 1, was 0",
        assertThrows(IllegalArgumentException.class, () -> cache.resize(0)).getMessage());
    assertEquals(3, cache.capacity());
    assertEquals(
        "capacity must be >= 1, was -2147483648",
        assertThrows(IllegalArgumentException.class, () -> LfuCache.create(Integer.MIN_VALUE))
            .getMessage());
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
    LfuCache<Object, Integer> cache = LfuCache.create(2);
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
