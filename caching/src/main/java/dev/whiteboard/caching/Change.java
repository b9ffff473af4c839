package dev.whiteboard.caching;

import static java.util.Objects.requireNonNull;

import dev.whiteboard.caching.Loads.Load;
import org.jspecify.annotations.Nullable;

/** One write: it may take several attempts, if room has to be made in other segments. */
final class Change<K, V> {
  private final SegmentedTable<K, V> table;
  private final K key;
  private final int hash;
  private final @Nullable CacheNode<K, V> newcomer;
  private final Write when;
  private final @Nullable V expected;
  private final @Nullable Load<V> load;
  private final long now;
  private final Removals<K, V> gone;

  /** What has been paid to {@link Room} and not been used. */
  private long paid;

  @Nullable
  V before;

  Change(
      SegmentedTable<K, V> table,
      K key,
      int hash,
      @Nullable CacheNode<K, V> newcomer,
      Write when,
      @Nullable V expected,
      @Nullable Load<V> load,
      long now) {
    this.table = table;
    gone = table.removals();
    this.key = key;
    this.hash = hash;
    this.newcomer = newcomer;
    this.when = when;
    this.expected = expected;
    this.load = load;
    this.now = now;
  }

  /** Tries to make the change; false if the segment is empty and there still is no room. */
  boolean isDone() {
    Segment<K, V> segment = table.segment(hash);
    segment.lock();
    try {
      table.purge(segment, now, gone);
      CacheNode<K, V> node = findLive(segment);
      before = node == null ? null : node.value;
      if (!isAllowed()) {
        return true;
      }
      if (newcomer == null || newcomer.weight() > table.room().limit()) {
        remove(segment, node);
        return true;
      }
      return insert(segment, node, newcomer);
    } finally {
      segment.unlock();
    }
  }

  private @Nullable CacheNode<K, V> findLive(Segment<K, V> segment) {
    CacheNode<K, V> node = segment.find(key, hash);
    if (node != null && node.isExpired(now)) {
      table.drop(segment, node, RemovalCause.EXPIRED, gone);
      return null;
    }
    return node;
  }

  /** Asked under the lock, so that a load either sees what is written here or learns that it is out of date. */
  private boolean isAllowed() {
    if (!when.allows(before, expected)) {
      return false;
    }
    if (load != null) {
      return !load.isStale();
    }
    table.loads().invalidate(key);
    return true;
  }

  /** Takes the old value out; a new one that is too heavy for the whole cache leaves at once. */
  private void remove(Segment<K, V> segment, @Nullable CacheNode<K, V> node) {
    if (node != null) {
      if (when != Write.IF_SAME) {
        before = node.kill();
      } else if (!node.replace(requireNonNull(expected), null)) {
        before = node.value;
        return;
      }
      segment.remove(node);
      table.room().give(node.weight());
      gone.add(
          key,
          requireNonNull(before),
          newcomer == null ? RemovalCause.EXPLICIT : RemovalCause.REPLACED);
    }
    if (newcomer != null) {
      gone.add(key, requireNonNull(newcomer.value), RemovalCause.SIZE);
    }
  }

  private boolean insert(
      Segment<K, V> segment, @Nullable CacheNode<K, V> present, CacheNode<K, V> newcomer) {
    CacheNode<K, V> node = present;
    long owed = newcomer.weight() - (node == null ? 0 : node.weight());
    while (paid < owed) {
      if (table.room().tryTake(owed - paid)) {
        paid = owed;
      } else if (segment.size() == 0) {
        return false;
      } else {
        CacheNode<K, V> victim = segment.evict(newcomer, gone);
        paid += victim.weight();
        if (victim == node) {
          node = null;
          owed = newcomer.weight();
        }
      }
    }
    paid -= owed;
    if (node == null) {
      segment.add(newcomer);
    } else {
      rewrite(segment, node, newcomer);
    }
    return true;
  }

  private void rewrite(Segment<K, V> segment, CacheNode<K, V> node, CacheNode<K, V> newcomer) {
    V value = requireNonNull(newcomer.value);
    if (node instanceof TimedNode<K, V> timed && newcomer instanceof TimedNode<K, V> rewritten) {
      segment.reweigh(timed, rewritten.weight);
      Expiry<K, V> expiry = table.expiry();
      before = expiry == null ? timed.exchange(value) : expiry.rewrite(timed, value, rewritten);
      segment.schedule(timed);
    } else if (when != Write.IF_SAME) {
      before = node.exchange(value);
    } else if (!node.replace(requireNonNull(expected), value)) {
      before = node.value;
      return;
    }
    segment.hitLocked(node);
    if (before != null && before != value) {
      gone.add(key, before, RemovalCause.REPLACED);
    }
  }

  /** Makes room in the other segments; holds nothing while it waits for its turn, or two could wait for each other. */
  void collect() {
    CacheNode<K, V> entry = requireNonNull(newcomer);
    table.room().give(paid);
    paid = 0;
    if (table.room().collect(entry.weight(), entry, gone)) {
      paid = entry.weight();
    }
  }

  void end() {
    table.room().give(paid);
    gone.tell();
  }
}
