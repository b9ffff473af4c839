package dev.whiteboard.benchmarks.traces;

import com.google.common.collect.ImmutableMap;
import dev.whiteboard.caching.LruCache;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;

/**
 * The caches that a trace can be replayed against, by the name they have on the command line.
 *
 * <p>What is simulated is what ships: each runs the library's own class. A request is a look-up and, on a miss, an
 * insertion; it answers whether it hit.
 */
public final class CachePolicy {
  private static final ImmutableMap<String, IntFunction<LongPredicate>> POLICIES =
      ImmutableMap.of("lru", CachePolicy::lru);

  private CachePolicy() {}

  /** All policies, in the order in which they are shown: name to a factory that takes the capacity in entries. */
  public static ImmutableMap<String, IntFunction<LongPredicate>> all() {
    return POLICIES;
  }

  private static LongPredicate lru(int capacity) {
    LruCache<Long, Boolean> cache = LruCache.create(capacity);
    return key -> {
      Long boxed = key;
      if (cache.get(boxed) != null) {
        return true;
      }
      cache.put(boxed, Boolean.TRUE);
      return false;
    };
  }
}
