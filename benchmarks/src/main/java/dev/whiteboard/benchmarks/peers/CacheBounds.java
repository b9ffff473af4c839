package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Searches for counter-examples to those {@link CacheLaws} that are about what is kept, and how much of it. */
final class CacheBounds {
  private static final long SEED = 1;
  private static final int MAXIMUM = 100;
  private static final int STEPS = 500;

  private static final int LIGHT = 10;
  private static final int MAXIMUM_WEIGHT = 1000;

  private CacheBounds() {}

  static Optional<String> lost(Kind kind) {
    AnyCache cache = kind.build(MAXIMUM);
    fill(cache, 0, MAXIMUM / 2);
    cache.put(7, "new");
    cache.remove(8);
    cache.settle();
    for (int key = 0; key < MAXIMUM / 2; key++) {
      Object value = cache.get(key);
      Object expected = key == 7 ? "new" : key == 8 ? null : "value " + key;
      if (expected == null ? value != null : !expected.equals(value)) {
        return Optional.of("key %s has %s, not %s".formatted(key, value, expected));
      }
    }
    return Optional.empty();
  }

  static Optional<String> early(Kind kind) {
    AnyCache cache = kind.build(MAXIMUM);
    fill(cache, 0, MAXIMUM);
    cache.settle();
    return cache.size() == MAXIMUM
        ? Optional.empty()
        : Optional.of("%s of %s are left".formatted(cache.size(), MAXIMUM));
  }

  static Optional<String> tooMany(Kind kind) {
    for (int maximum : new int[] {2, 10, MAXIMUM}) {
      AnyCache cache = kind.build(maximum);
      for (int key = 0; key < 10 * maximum; key++) {
        cache.put(key, key);
        long size = cache.size();
        if (size > maximum) {
          return Optional.of("%s entries, maximum %s".formatted(size, maximum));
        }
      }
    }
    return Optional.empty();
  }

  static Optional<String> notOne(Kind kind) {
    AnyCache cache = kind.build(1);
    for (int key = 0; key < 10; key++) {
      cache.put(key, "value " + key);
      cache.settle();
      List<Object> keys = cache.keys();
      if (keys.size() != 1) {
        return Optional.of("after %s puts it has the keys %s".formatted(key + 1, keys));
      }
      if (!("value " + keys.get(0)).equals(cache.get(keys.get(0)))) {
        return Optional.of("key %s has the value of another".formatted(keys.get(0)));
      }
    }
    return Optional.empty();
  }

  static Optional<String> notNone(Kind kind) {
    AnyCache cache;
    try {
      cache = kind.build(0);
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
    fill(cache, 0, LIGHT);
    cache.settle();
    return cache.size() == 0
        ? Optional.empty()
        : Optional.of("after %s puts it has %s entries".formatted(LIGHT, cache.size()));
  }

  static Optional<String> manyForOne(Kind kind) {
    AnyCache cache = kind.build(MAXIMUM);
    long full = 0;
    for (int key = 0; key < 10 * MAXIMUM; key++) {
      cache.put(key, key);
      cache.settle();
      long size = cache.size();
      if (size < full) {
        return Optional.of("one put into %s entries leaves %s".formatted(full, size));
      }
      full = size;
    }
    return Optional.empty();
  }

  /** The upper half of the keys is the newer one, and is used once more. */
  static Optional<String> badlyShrunk(Kind kind) {
    AnyCache cache = kind.build(10);
    fill(cache, 0, 10);
    for (int key = 5; key < 10; key++) {
      Object unused = cache.get(key);
    }
    cache.resize(5);
    List<Object> keys = cache.keys();
    if (cache.size() != 5 || keys.size() != 5) {
      return Optional.of("from 10 to 5: %s entries are left".formatted(cache.size()));
    }
    if (kind.order() != AnyCache.Order.OWN && !keys.containsAll(List.of(5, 6, 7, 8, 9))) {
      return Optional.of("from 10 to 5: of 0 to 9, it keeps %s".formatted(keys));
    }
    fill(cache, 10, 20);
    cache.settle();
    return cache.size() == 5
        ? Optional.empty()
        : Optional.of("%s entries, maximum 5".formatted(cache.size()));
  }

  static Optional<String> tooHeavy(Kind kind) {
    Random random = new Random(SEED);
    AnyCache cache = kind.build(CacheWish.of(MAXIMUM).weighed((key, value) -> (Integer) value));
    Map<Object, Integer> written = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      int key = random.nextInt(30);
      int weight = random.nextInt(40);
      written.put(key, weight);
      cache.put(key, weight);
      int sum =
          cache.keys().stream().mapToInt(kept -> written.getOrDefault(kept, 0)).sum();
      if (sum > MAXIMUM) {
        return Optional.of("a weight of %s, maximum %s".formatted(sum, MAXIMUM));
      }
    }
    return Optional.empty();
  }

  static Optional<String> displacing(Kind kind) {
    AnyCache cache =
        kind.build(CacheWish.of(MAXIMUM_WEIGHT).weighed((key, value) -> (Integer) value));
    for (int key = 0; key < 5; key++) {
      cache.put(key, LIGHT);
    }
    for (int heavy : new int[] {5, 4}) {
      cache.put(heavy, MAXIMUM_WEIGHT + 1);
      cache.settle();
      if (cache.get(heavy) != null) {
        return Optional.of("key %s has the value %s".formatted(heavy, cache.get(heavy)));
      }
      List<Object> keys = cache.keys();
      if (!keys.containsAll(List.of(0, 1, 2, 3))) {
        return Optional.of("of the light keys 0 to 3, %s are left".formatted(keys));
      }
    }
    return Optional.empty();
  }

  private static void fill(AnyCache cache, int from, int to) {
    for (int key = from; key < to; key++) {
      cache.put(key, "value " + key);
    }
  }
}
