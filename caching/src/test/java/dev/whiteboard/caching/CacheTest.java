package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CacheTest {
  private final List<String> removed = new ArrayList<>();

  private CacheBuilder<String, Integer> fifo(long maximum) {
    return Cache.<String, Integer>builder()
        .maximumSize(maximum)
        .policy(EvictionPolicy.fifo())
        .removalListener((key, value, cause) -> removed.add(key + "=" + value + " " + cause));
  }

  /** Segments cut the keys into parts; each part's policy has to decide as well as one for all would. */
  @Test
  void segments_hitAsOftenAsOneSegment() {
    double one = hitRatio(1);
    assertEquals(one, hitRatio(8), 0.01);
    assertTrue(one > 0.4, () -> "hit ratio " + one);
  }

  private static double hitRatio(int segments) {
    Cache<Long, Long> cache = Cache.<Long, Long>builder()
        .maximumSize(8_000)
        .segments(segments)
        .recordStats()
        .build();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 400_000; i++) {
      // Half of the requests are skewed; the other half is a loop that is longer than the cache.
      long key = i % 2 == 0 ? (long) Math.exp(random.nextDouble() * 11) : -(i % 24_000);
      cache.get(key, k -> k);
    }
    return cache.stats().hitRatio();
  }

  @Test
  void getIfPresent_putBefore_isItsValue() {
    Cache<String, Integer> cache = fifo(2).build();
    assertNull(cache.getIfPresent("a"));
    assertNull(cache.put("a", 1));
    assertEquals(1, cache.getIfPresent("a"));
    assertEquals(1, cache.size());
  }

  @Test
  void put_keyIsThere_replacesAndTells() {
    Cache<String, Integer> cache = fifo(2).build();
    cache.put("a", 1);
    assertEquals(1, cache.put("a", 2));
    assertEquals(2, cache.getIfPresent("a"));
    assertEquals(List.of("a=1 REPLACED"), removed);
  }

  @Test
  void put_full_evictsWhatThePolicySays() {
    Cache<String, Integer> cache = fifo(2).build();
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("c", 3);
    assertEquals(Map.of("b", 2, "c", 3), cache.asMap());
    assertEquals(List.of("a=1 SIZE"), removed);
    assertEquals(1, cache.stats().evictions());
  }

  @Test
  void put_maximumZero_keepsNothingAndTells() {
    Cache<String, Integer> cache = fifo(0).build();
    cache.put("a", 1);
    assertNull(cache.getIfPresent("a"));
    assertEquals(0, cache.size());
    assertEquals(List.of("a=1 SIZE"), removed);
    assertEquals(7, cache.get("a", key -> 7));
  }

  @Test
  void put_maximumIsHuge_staysSmall() {
    Cache<String, Integer> cache = fifo(Long.MAX_VALUE).build();
    for (int i = 0; i < 1000; i++) {
      cache.put("k" + i, i);
    }
    assertEquals(1000, cache.size());
    assertEquals(List.of(), removed);
  }

  @Test
  void put_moreSegmentsThanRoom_evictsFromTheOthers() {
    Cache<String, Integer> cache = fifo(1).segments(64).build();
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, i);
      assertEquals(1, cache.size());
      assertEquals(i, cache.getIfPresent("k" + i));
    }
  }

  @Test
  void putIfAbsent_keyIsThere_leavesIt() {
    Cache<String, Integer> cache = fifo(2).build();
    assertNull(cache.putIfAbsent("a", 1));
    assertEquals(1, cache.putIfAbsent("a", 2));
    assertEquals(1, cache.getIfPresent("a"));
  }

  @Test
  void compute_addsChangesRemoves() {
    Cache<String, Integer> cache = fifo(2).build();
    assertEquals(1, cache.compute("a", (key, value) -> value == null ? 1 : -1));
    assertEquals(2, cache.compute("a", (key, value) -> value == null ? -1 : value + 1));
    assertNull(cache.compute("a", (key, value) -> null));
    assertNull(cache.compute("a", (key, value) -> null));
    assertEquals(0, cache.size());
    assertEquals(List.of("a=1 REPLACED", "a=2 EXPLICIT"), removed);
  }

  @Test
  void invalidate_removesAndTells() {
    Cache<String, Integer> cache = fifo(2).build();
    cache.put("a", 1);
    assertEquals(1, cache.invalidate("a"));
    assertNull(cache.invalidate("a"));
    assertEquals(List.of("a=1 EXPLICIT"), removed);
  }

  @Test
  void invalidateAll_leavesNothing() {
    Cache<String, Integer> cache = fifo(100).segments(4).build();
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, i);
    }
    cache.invalidateAll();
    assertEquals(0, cache.size());
    assertEquals(100, removed.size());
  }

  @Test
  void resize_smaller_evictsFirst() {
    Cache<String, Integer> cache = fifo(10).build();
    for (int i = 0; i < 10; i++) {
      cache.put("k" + i, i);
    }
    cache.resize(4);
    assertEquals(4, cache.size());
    assertEquals(Set.of("k6", "k7", "k8", "k9"), new HashSet<>(cache.asMap().keySet()));
    assertEquals(4, cache.maximum());
    cache.resize(5);
    cache.put("new", 1);
    assertEquals(5, cache.size());
  }

  @Test
  void stats_areCountedIfAskedFor() {
    Cache<String, Integer> cache = fifo(1).recordStats().build();
    cache.getIfPresent("a");
    cache.get("a", key -> 1);
    cache.getIfPresent("a");
    cache.put("b", 2);
    assertEquals(new CacheStats(1, 2, 1), cache.stats());
  }

  @Nested
  class Weighed {
    private final Cache<String, Integer> cache = Cache.<String, Integer>builder()
        .maximumWeight(10, (key, value) -> value)
        .policy(EvictionPolicy.fifo())
        .removalListener((key, value, cause) -> removed.add(key + "=" + value + " " + cause))
        .build();

    @Test
    void put_heavy_evictsAsManyAsItTakes() {
      cache.put("a", 4);
      cache.put("b", 4);
      cache.put("c", 6);
      assertEquals(Map.of("b", 4, "c", 6), cache.asMap());
      assertEquals(10, cache.weight());
      cache.put("d", 10);
      assertEquals(Map.of("d", 10), cache.asMap());
      assertEquals(1, cache.size());
    }

    @Test
    void put_heavierThanTheCache_leavesNothingOfTheKey() {
      cache.put("a", 4);
      cache.put("b", 1);
      assertEquals(4, cache.put("a", 11));
      assertEquals(Map.of("b", 1), cache.asMap());
      assertEquals(List.of("a=4 REPLACED", "a=11 SIZE"), removed);
      assertEquals(1, cache.weight());
    }

    @Test
    void put_anotherWeight_isCounted() {
      cache.put("a", 4);
      cache.put("b", 4);
      cache.put("b", 6);
      assertEquals(10, cache.weight());
      cache.put("b", 1);
      assertEquals(5, cache.weight());
      cache.put("b", 9);
      assertEquals(Map.of("b", 9), cache.asMap());
      assertEquals(9, cache.weight());
    }

    @Test
    void put_weighsNothing_staysFree() {
      cache.put("a", 10);
      cache.put("b", 0);
      assertEquals(2, cache.size());
      assertEquals(10, cache.weight());
    }

    @Test
    void put_weigherFails_changesNothing() {
      AtomicBoolean fails = new AtomicBoolean();
      Cache<String, Integer> cache = Cache.<String, Integer>builder()
          .maximumWeight(10, (key, value) -> {
            if (fails.get()) {
              throw new IllegalStateException("scales are broken");
            }
            return value;
          })
          .build();
      cache.put("a", 4);
      fails.set(true);
      assertThrows(IllegalStateException.class, () -> cache.put("a", 5));
      assertEquals(4, cache.getIfPresent("a"));
      assertEquals(4, cache.weight());
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> this.cache.put("a", -1));
      assertEquals("weigher must return >= 0, was -1", e.getMessage());
    }
  }

  @Test
  void listener_fails_cacheGoesOn() {
    Cache<String, Integer> cache = Cache.<String, Integer>builder()
        .maximumSize(1)
        .removalListener((key, value, cause) -> {
          throw new IllegalStateException("not at home");
        })
        .build();
    cache.put("a", 1);
    cache.put("b", 2);
    assertEquals(Map.of("b", 2), cache.asMap());
  }

  @Test
  void key_equalsFails_cacheGoesOn() {
    record Bad(int hash, boolean fails) {
      @Override
      public int hashCode() {
        return hash;
      }

      @Override
      public boolean equals(Object other) {
        if (fails) {
          throw new IllegalStateException("no comparison");
        }
        return other instanceof Bad bad && bad.hash == hash;
      }
    }
    Cache<Bad, String> cache = Cache.<Bad, String>builder().maximumSize(2).build();
    cache.put(new Bad(1, false), "one");
    assertThrows(IllegalStateException.class, () -> cache.put(new Bad(1, true), "two"));
    assertThrows(IllegalStateException.class, () -> cache.invalidate(new Bad(1, true)));
    assertEquals("one", cache.getIfPresent(new Bad(1, false)));
    cache.put(new Bad(2, false), "two");
    cache.put(new Bad(3, false), "three");
    assertEquals(2, cache.size());
  }

  @Test
  void keys_withOneHashCode_areKeptApart() {
    // "Aa" and "BB" have one hash code, and so have all words made of them.
    List<String> words = List.of("");
    for (int i = 0; i < 8; i++) {
      List<String> longer = new ArrayList<>();
      words.forEach(word -> {
        longer.add(word + "Aa");
        longer.add(word + "BB");
      });
      words = longer;
    }
    Cache<String, Integer> cache = fifo(1000).build();
    for (String word : words) {
      cache.put(word, words.indexOf(word));
    }
    for (String word : words) {
      assertEquals(words.indexOf(word), cache.getIfPresent(word));
    }
  }

  @Test
  void builder_badInput_isRefused() {
    CacheBuilder<String, Integer> builder = Cache.builder();
    assertMessage("maximum must be >= 0, was -1", () -> builder.maximumSize(-1));
    assertMessage("segments must be a power of two in [1, 1024], was 3", () -> builder.segments(3));
    IllegalStateException e = assertThrows(IllegalStateException.class, builder::build);
    assertEquals("a maximum must be set: maximumSize or maximumWeight", e.getMessage());
    builder.maximumSize(5);
    e = assertThrows(IllegalStateException.class, () -> builder.maximumSize(6));
    assertEquals("a maximum is set already: 5", e.getMessage());
    Cache<String, Integer> cache = builder.build();
    assertMessage("maximum must be >= 0, was -2", () -> cache.resize(-2));
  }

  @Test
  void nulls_areRefused() {
    Cache<String, Integer> cache = fifo(1).build();
    assertRefused("key", () -> cache.getIfPresent(nothing()));
    assertRefused("key", () -> cache.put(nothing(), 1));
    assertRefused("value", () -> cache.put("a", nothing()));
    assertRefused("key", () -> cache.invalidate(nothing()));
    assertRefused("loader", () -> cache.get("a", nothing()));
    assertRefused("loader returned null", () -> cache.get("a", key -> nothing()));
    assertTrue(cache.asMap().isEmpty());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(NullPointerException.class, call::run).getMessage());
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
