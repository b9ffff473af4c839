package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.caching.LruCache;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The leaves of a B+tree and a cache of those that were used last; the nodes above the leaves are taken to be in memory.
 *
 * <p>A full leaf splits into halves. The exception is the one that databases make for appends: a key after all others opens a
 * leaf of its own, and the last leaf stays full.
 */
final class LeafTree {
  private final int capacity;
  private final TreeMap<Long, Leaf> leaves = new TreeMap<>();
  private final LruCache<Leaf, Leaf> cache;
  private int misses;

  LeafTree(int capacity, int cachedLeaves) {
    this.capacity = capacity;
    cache = LruCache.create(cachedLeaves);
    add(new Leaf(capacity), Long.MIN_VALUE);
  }

  /** Adds a key that is not there yet. */
  void insert(long key) {
    Leaf leaf = leaves.floorEntry(key).getValue();
    if (cache.get(leaf) == null) {
      misses++;
      cache.put(leaf, leaf);
    }
    if (leaf.size < capacity) {
      leaf.insert(key);
    } else if (leaf == leaves.lastEntry().getValue() && key > leaf.keys[capacity - 1]) {
      Leaf last = new Leaf(capacity);
      last.insert(key);
      add(last, key);
    } else {
      leaf.insert(key);
      Leaf upper = leaf.upperHalf();
      add(upper, upper.keys[0]);
    }
  }

  private void add(Leaf leaf, long lowest) {
    leaves.put(lowest, leaf);
    cache.put(leaf, leaf);
  }

  /** How often a key's leaf was not in the cache. */
  int misses() {
    return misses;
  }

  /** How many keys each leaf has. */
  double[] sizes() {
    return leaves.values().stream().mapToDouble(leaf -> leaf.size).toArray();
  }

  /** The share of the leaves' room that keys take. */
  double fill() {
    return Arrays.stream(sizes()).average().orElseThrow() / capacity;
  }

  /**
   * The mean fill after {@code keys} keys in random order (Yao 1978): a leaf of i keys gets the next one with probability
   * i / keys, so the expected numbers of leaves of each size follow from those before.
   */
  static double expectedFill(int keys, int capacity) {
    double[] leavesOfSize = new double[capacity + 2];
    leavesOfSize[1] = 1;
    for (int n = 1; n < keys; n++) {
      for (int size = capacity; size >= 1; size--) {
        double grows = leavesOfSize[size] * size / n;
        leavesOfSize[size] -= grows;
        leavesOfSize[size + 1] += grows;
      }
      double full = leavesOfSize[capacity + 1];
      leavesOfSize[capacity + 1] = 0;
      leavesOfSize[(capacity + 1) / 2] += full;
      leavesOfSize[(capacity + 2) / 2] += full;
    }
    return keys / Arrays.stream(leavesOfSize).sum() / capacity;
  }

  private static final class Leaf {
    private final long[] keys;
    private int size;

    /** One more than fits, so that a leaf can be too full for the moment before it splits. */
    Leaf(int capacity) {
      keys = new long[capacity + 1];
    }

    void insert(long key) {
      int at = -Arrays.binarySearch(keys, 0, size, key) - 1;
      System.arraycopy(keys, at, keys, at + 1, size - at);
      keys[at] = key;
      size++;
    }

    Leaf upperHalf() {
      Leaf upper = new Leaf(keys.length - 1);
      upper.size = size - size / 2;
      size /= 2;
      System.arraycopy(keys, size, upper.keys, 0, upper.size);
      return upper;
    }
  }
}
