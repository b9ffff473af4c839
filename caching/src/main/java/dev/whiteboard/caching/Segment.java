package dev.whiteboard.caching;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link Cache}: a hash table that is read without a lock, and the eviction policy over its entries.
 *
 * <p>Writers hold the lock. A reader walks a chain by acquiring reads; a node that is taken out of its chain keeps its
 * {@code next}, so that readers who stand on it walk on. Only growing moves nodes from chain to chain; a reader who finds
 * nothing while that goes on looks again.
 */
final class Segment<K, V> {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(CacheNode[].class);
  private static final int SMALLEST_TABLE = 16;
  private static final int LARGEST_TABLE = 1 << 30;

  /** Tries for the lock before the thread is parked: who holds it is done in less than a parked thread takes to wake. */
  private static final int SPINS = 128;

  private final ReentrantLock lock = new ReentrantLock();
  private final Policy policy;
  private final @Nullable TimerWheel<K, V> wheel;
  private volatile @Nullable CacheNode<K, V>[] table = newTable(SMALLEST_TABLE);
  private volatile boolean growing;
  private int size;
  private long evictions;

  Segment(Policy policy, boolean timed) {
    this.policy = policy;
    wheel = timed ? new TimerWheel<>() : null;
  }

  void lock() {
    for (int i = 0; i < SPINS; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Finds a key's entry; its value may go at any time. No lock is needed. */
  @Nullable
  CacheNode<K, V> find(Object key, int hash) {
    while (true) {
      @Nullable CacheNode<K, V>[] seen = table;
      CacheNode<K, V> node = first(seen, slot(hash, seen.length));
      while (node != null) {
        if (node.hash == hash
            && key.equals(
                node.key)) { // a test for identity would be one more guess for the processor
          return node;
        }
        node = node.next;
      }
      if (!growing && table == seen) {
        return null;
      }
      Thread.onSpinWait();
    }
  }

  /** As {@link Policy#largestMark}. */
  int largestMark() {
    return policy.largestMark();
  }

  /** Counts a hit of an entry that the caller has found, if the policy needs the lock for it. */
  void hit(CacheNode<K, V> node) {
    lock();
    try {
      if (node.value != null) {
        policy.hit(node);
      }
    } finally {
      unlock();
    }
  }

  // What follows is for the thread that holds the lock.

  int size() {
    return size;
  }

  long evictions() {
    return evictions;
  }

  /** Lets an entry in whose key is not here and whose weight has been paid for. */
  void add(CacheNode<K, V> newcomer) {
    policy.admit(newcomer);
    if (++size > table.length / 8 * 7 && table.length < LARGEST_TABLE) {
      grow();
    }
    chain(table, newcomer);
    schedule(newcomer);
  }

  /** Finds the entry's new deadline in time. */
  void schedule(CacheNode<K, V> node) {
    if (wheel != null && node instanceof TimedNode<K, V> timed) {
      wheel.cancel(timed);
      wheel.schedule(timed);
    }
  }

  /** Finds the entries that have expired by now. They are still here, to be removed. */
  void advance(long nowNanos, Consumer<TimedNode<K, V>> expired) {
    if (wheel != null) {
      wheel.advance(nowNanos, expired);
    }
  }

  /** Counts a hit while the lock is held. */
  void hitLocked(CacheNode<K, V> node) {
    policy.hit(node);
  }

  /** Takes out the entry that the policy wants least, and returns it. There is at least one. */
  @SuppressWarnings("unchecked")
  CacheNode<K, V> evict(Node newcomer, Removals<K, V> gone) {
    CacheNode<K, V> victim = (CacheNode<K, V>) policy.evict(newcomer);
    evictions++;
    gone.add(victim.key, victim.kill(), RemovalCause.SIZE);
    leave(victim);
    return victim;
  }

  /** Takes out an entry whose value the caller has taken out. */
  void remove(CacheNode<K, V> node) {
    policy.remove(node);
    leave(node);
  }

  void reweigh(TimedNode<K, V> node, long weight) {
    policy.reweigh(node, weight - node.weight);
    node.weight = weight;
  }

  void resize(long maximum) {
    policy.resize(maximum);
  }

  /** The entries at this moment. */
  List<CacheNode<K, V>> nodes() {
    List<CacheNode<K, V>> nodes = new ArrayList<>(size);
    for (CacheNode<K, V> first : table) {
      for (CacheNode<K, V> node = first; node != null; node = node.next) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  private void grow() {
    @Nullable CacheNode<K, V>[] old = table;
    @Nullable CacheNode<K, V>[] grown = newTable(old.length << 1);
    growing = true;
    for (CacheNode<K, V> first : old) {
      CacheNode<K, V> node = first;
      while (node != null) {
        CacheNode<K, V> next = node.next;
        node.next = null;
        chain(grown, node);
        node = next;
      }
    }
    table = grown;
    growing = false;
  }

  private void leave(CacheNode<K, V> node) {
    unchain(node);
    if (wheel != null && node instanceof TimedNode<K, V> timed) {
      wheel.cancel(timed);
    }
  }

  private void unchain(CacheNode<K, V> node) {
    size--;
    @Nullable CacheNode<K, V>[] chains = table;
    int slot = slot(node.hash, chains.length);
    CacheNode<K, V> before = chains[slot];
    if (before == node) {
      SLOT.setRelease(chains, slot, node.next);
      return;
    }
    while (before != null && before.next != node) {
      before = before.next;
    }
    requireNonNull(before, "an entry is in its chain").next = node.next;
  }

  /** Behind the others of its slot: what stays in a cache for long is asked for most, and is found first. */
  private static <K, V> void chain(@Nullable CacheNode<K, V>[] chains, CacheNode<K, V> node) {
    int slot = slot(node.hash, chains.length);
    CacheNode<K, V> last = chains[slot];
    if (last == null) {
      SLOT.setRelease(chains, slot, node);
      return;
    }
    while (last.next != null) {
      last = last.next;
    }
    last.next = node;
  }

  /** The high bits of the hash; the low ones chose the segment. */
  private static int slot(int hash, int length) {
    return hash >>> (Integer.numberOfLeadingZeros(length) + 1);
  }

  @SuppressWarnings("unchecked")
  private static <K, V> @Nullable CacheNode<K, V> first(
      @Nullable CacheNode<K, V>[] chains, int slot) {
    return (CacheNode<K, V>) SLOT.getAcquire(chains, slot);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> @Nullable CacheNode<K, V>[] newTable(int length) {
    return new CacheNode[length];
  }
}
