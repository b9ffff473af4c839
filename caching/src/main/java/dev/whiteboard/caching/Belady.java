package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the hits of the best possible eviction, which knows the future: no policy can do better.
 *
 * <p><b>Idea.</b> Evict the entry whose next use is furthest away. Belady, <i>A Study of Replacement Algorithms for a
 * Virtual-Storage Computer</i>, IBM Systems Journal 5(2), 1966; Mattson, Gecsei, Slutz and Traiger, 1970, prove it optimal
 * among those that let every missed key in. An entry is known by the time of its next use alone: request {@code i} hits
 * exactly if an entry waits for time {@code i}. So the cache is a set of times, of which the latest one is evicted.
 * <b>Cost.</b> O(n log n); 4 bytes a request and about 80 a distinct key.
 * <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> {@link CacheSimulator} runs the policies that do not know the future.
 */
public final class Belady {
  private static final int NEVER = Integer.MAX_VALUE;

  private Belady() {}

  /**
   * Counts the hits of an optimal cache that starts empty.
   *
   * @param keys the requested keys, in the order of the requests
   * @param capacity the largest number of entries, at least 0
   * @return the number of hits, in [0, {@code keys.length}]
   * @throws IllegalArgumentException if {@code capacity} is negative
   * @throws NullPointerException if {@code keys} is null
   */
  public static long hits(long[] keys, int capacity) {
    requireNonNull(keys, "keys");
    checkArgument(capacity >= 0, "capacity must be >= 0, was %s", capacity);
    if (capacity == 0) {
      return 0;
    }
    int[] nextUses = nextUses(keys);
    Times awaited = new Times(keys.length);
    long hits = 0;
    int size = 0;
    int neverUsed = 0;
    for (int now = 0; now < nextUses.length; now++) {
      if (awaited.remove(now)) {
        hits++;
      } else if (size < capacity) {
        size++;
      } else if (neverUsed > 0) {
        neverUsed--;
      } else {
        awaited.remove(awaited.latest());
      }
      if (nextUses[now] == NEVER) {
        neverUsed++;
      } else {
        awaited.add(nextUses[now]);
      }
    }
    return hits;
  }

  private static int[] nextUses(long[] keys) {
    int[] nextUses = new int[keys.length];
    Map<Long, Integer> next = new HashMap<>();
    for (int i = keys.length - 1; i >= 0; i--) {
      Integer later = next.put(keys[i], i);
      nextUses[i] = later == null ? NEVER : later;
    }
    return nextUses;
  }

  /** A set of times as a tree of bits, 64 to a node: a bit says that something is below it. */
  private static final class Times {
    private final long[][] levels;

    Times(int length) {
      int depth = 1;
      while (depth < 6 && ((length - 1) >> (6 * depth)) > 0) {
        depth++;
      }
      levels = new long[depth][];
      for (int level = 0; level < depth; level++) {
        levels[level] = new long[(Math.max(0, length - 1) >> (6 * level + 6)) + 1];
      }
    }

    void add(int time) {
      int at = time;
      for (long[] level : levels) {
        level[at >> 6] |= 1L << at;
        at >>= 6;
      }
    }

    boolean remove(int time) {
      if ((levels[0][time >> 6] & (1L << time)) == 0) {
        return false;
      }
      int at = time;
      for (long[] level : levels) {
        level[at >> 6] &= ~(1L << at);
        if (level[at >> 6] != 0) {
          break;
        }
        at >>= 6;
      }
      return true;
    }

    /** The latest time; only of a set that is not empty. */
    int latest() {
      int at = 0;
      for (int level = levels.length - 1; level >= 0; level--) {
        at = (at << 6) + 63 - Long.numberOfLeadingZeros(levels[level][at]);
      }
      return at;
    }
  }
}
