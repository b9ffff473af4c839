package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Searches for counter-examples to those {@link CacheLaws} that are about which entry leaves. */
final class CacheOrders {
  private static final long SEED = 2;
  private static final int MAXIMUM = 8;
  private static final int KEYS = 16;
  private static final int STEPS = 1000;

  private CacheOrders() {}

  static Optional<String> unordered(Kind kind) {
    return switch (kind.order()) {
      case LRU -> different(kind, new LinkedHashMap<>(KEYS, 0.75f, true));
      case LFU -> notLfu(kind);
      case FIFO -> different(kind, new LinkedHashMap<>());
      case OWN -> throw new NotApplicable("which entry leaves is its own choice");
    };
  }

  /** The model drops its first key. What is cached is not written again: in some caches that is a use, in some none. */
  private static Optional<String> different(Kind kind, Map<Object, Object> model) {
    Random random = new Random(SEED);
    AnyCache cache = kind.build(MAXIMUM);
    for (int i = 0; i < STEPS; i++) {
      int key = random.nextInt(KEYS);
      int what = random.nextInt(10);
      if (what == 0) {
        cache.remove(key);
        model.remove(key);
      } else if (what < 5 || model.containsKey(key)) {
        Object unused = cache.get(key);
        unused = model.get(key);
      } else {
        put(cache, model, key);
      }
      cache.settle();
      Set<Object> keys = new HashSet<>(cache.keys());
      if (!keys.equals(model.keySet())) {
        return Optional.of("step %s: it keeps %s, not %s".formatted(i, keys, model.keySet()));
      }
    }
    return Optional.empty();
  }

  private static void put(AnyCache cache, Map<Object, Object> model, int key) {
    cache.put(key, "value");
    if (model.size() == MAXIMUM) {
      model.remove(model.keySet().iterator().next());
    }
    model.put(key, "value");
  }

  /** Of as many uses, any may leave. */
  private static Optional<String> notLfu(Kind kind) {
    Random random = new Random(SEED);
    AnyCache cache = kind.build(MAXIMUM);
    Map<Object, Integer> uses = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      int key = random.nextInt(KEYS);
      if (uses.computeIfPresent(key, (same, count) -> count + 1) != null) {
        Object unused = cache.get(key);
        continue;
      }
      cache.put(key, "value");
      Optional<String> wrong = left(uses, cache.keys());
      if (wrong.isPresent()) {
        return wrong;
      }
      uses.put(key, 1);
    }
    return Optional.empty();
  }

  /** Takes those out of the counts that have left, unless one stayed that was used less. */
  private static Optional<String> left(Map<Object, Integer> uses, List<Object> kept) {
    int fewest = uses.isEmpty() ? 0 : Collections.min(uses.values());
    for (Object key : List.copyOf(uses.keySet())) {
      if (!kept.contains(key)) {
        Integer count = uses.remove(key);
        if (count != null && count > fewest) {
          return Optional.of("a key of %s uses leaves, one of %s stays".formatted(count, fewest));
        }
      }
    }
    return Optional.empty();
  }
}
