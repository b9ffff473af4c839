package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Replays requests against an eviction policy, keys only: the quick way to know a hit ratio.
 *
 * <p><b>Idea.</b> A request looks its key up and, on a miss, lets it in; what has to leave for it is decided by the class
 * that also runs in the cache.
 * <b>Cost.</b> O(1) a request; about 56 bytes an entry.
 * <b>Thread safety.</b> None: one thread at a time.
 */
public final class CacheSimulator {
  private static final int SMALLEST_TABLE = 16;
  private static final int LARGEST_TABLE = 1 << 30;
  private static final int MAX_SIZE = Integer.MAX_VALUE;

  private final Policy policy;
  private final long capacity;
  private @Nullable KeyNode[] table = new @Nullable KeyNode[SMALLEST_TABLE];
  private int size;
  private long weight;
  private long hits;
  private long misses;
  private long evictions;

  private CacheSimulator(EvictionPolicy policy, long capacity) {
    this.policy = policy.create(capacity);
    this.capacity = capacity;
  }

  /**
   * Creates an empty cache.
   *
   * @param policy which entry leaves for another
   * @param capacity the largest sum of weights, at least 0; with requests of weight 1 the number of entries
   * @return the simulator
   * @throws IllegalArgumentException if {@code capacity} is negative
   */
  public static CacheSimulator of(EvictionPolicy policy, long capacity) {
    requireNonNull(policy, "policy");
    checkArgument(capacity >= 0, "capacity must be >= 0, was %s", capacity);
    return new CacheSimulator(policy, capacity);
  }

  /**
   * Requests a key of weight 1.
   *
   * @param key the key
   * @return whether it was cached; it is now, unless the capacity is 0
   */
  public boolean request(long key) {
    return request(key, 1);
  }

  /**
   * Requests a key. Its weight is that of its last request; a key heavier than the cache is not kept.
   *
   * @param key the key
   * @param weight what it takes of the capacity, at least 0
   * @return whether it was cached
   * @throws IllegalArgumentException if {@code weight} is negative
   */
  public boolean request(long key, long weight) {
    checkArgument(weight >= 0, "weight must be >= 0, was %s", weight);
    KeyNode node = find(key);
    if (node == null) {
      misses++;
      insert(key, weight);
      return false;
    }
    hits++;
    policy.hit(node);
    if (node.weight != weight) {
      reweigh(node, weight);
    }
    return true;
  }

  /**
   * Reads the counts.
   *
   * @return hits, misses and evictions since the start
   */
  public CacheStats stats() {
    return new CacheStats(hits, misses, evictions);
  }

  private void insert(long key, long newWeight) {
    if (newWeight > capacity) {
      return;
    }
    KeyNode newcomer = new KeyNode(key, newWeight);
    while (weight > capacity - newWeight || size == MAX_SIZE) {
      evict(newcomer);
    }
    policy.admit(newcomer);
    weight += newWeight;
    addToTable(newcomer);
  }

  private void reweigh(KeyNode node, long newWeight) {
    if (newWeight > capacity) {
      policy.remove(node);
      forget(node);
      return;
    }
    while (weight - node.weight
        > capacity - newWeight) { // first, so that no sum exceeds the capacity
      if (evict(node) == node) {
        return;
      }
    }
    policy.reweigh(node, newWeight - node.weight);
    weight += newWeight - node.weight;
    node.weight = newWeight;
  }

  private KeyNode evict(KeyNode newcomer) {
    KeyNode victim = (KeyNode) policy.evict(newcomer);
    forget(victim);
    evictions++;
    return victim;
  }

  private void forget(KeyNode node) {
    removeFromTable(node);
    weight -= node.weight;
  }

  private @Nullable KeyNode find(long key) {
    KeyNode node = table[slot(KeyNode.hash(key))];
    while (node != null && node.key != key) {
      node = node.next;
    }
    return node;
  }

  private void addToTable(KeyNode node) {
    if (++size > table.length && table.length < LARGEST_TABLE) {
      @Nullable KeyNode[] old = table;
      table = new @Nullable KeyNode[old.length << 1];
      for (@Nullable KeyNode first : old) {
        for (@Nullable KeyNode moved = first; moved != null; ) {
          @Nullable KeyNode next = moved.next;
          chain(moved);
          moved = next;
        }
      }
    }
    chain(node);
  }

  private void chain(KeyNode node) {
    int slot = slot(node.hash);
    node.next = table[slot];
    table[slot] = node;
  }

  private void removeFromTable(KeyNode node) {
    size--;
    int slot = slot(node.hash);
    KeyNode before = table[slot];
    if (before == node) {
      table[slot] = node.next;
      return;
    }
    while (before != null && before.next != node) {
      before = before.next;
    }
    requireNonNull(before, "a cached node is in its chain").next = node.next;
  }

  private int slot(int hash) {
    return hash & (table.length - 1);
  }

  private static final class KeyNode extends Node {
    final long key;
    long weight;

    /** The next node in the same slot of the table. */
    @Nullable
    KeyNode next;

    KeyNode(long key, long weight) {
      this.key = key;
      this.weight = weight;
      this.hash = hash(key);
    }

    /** The finaliser of MurmurHash3: every bit of the key reaches every bit of the hash. */
    static int hash(long key) {
      long mixed = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
      mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
      return (int) (mixed ^ (mixed >>> 33));
    }

    @Override
    long weight() {
      return weight;
    }
  }
}
