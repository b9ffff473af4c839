package dev.whiteboard.caching;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a {@link Cache}: a link of its table's chain and of the policy's queue in one object of 40 bytes.
 *
 * <p>Readers walk chains without a lock, so {@code next} and {@code value} are published with release and read with
 * acquire or stronger. An entry that has left the cache has no value, and never gets one again.
 */
class CacheNode<K, V> extends Node {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(CacheNode.class, "value", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final K key;
  volatile @Nullable V value;

  /** The next entry in the same slot of the table. */
  volatile @Nullable CacheNode<K, V> next;

  CacheNode(K key, int hash, V value) {
    this.key = key;
    this.hash = hash;
    VALUE.set(this, value); // published with the node
  }

  /** Puts a value, or none for good, in another's place, unless that one has gone. */
  boolean replace(V expected, @Nullable V replacement) {
    return VALUE.compareAndSet(this, expected, replacement);
  }

  /** Puts a value in another's place; the caller holds the segment's lock, so that the entry stays. */
  @SuppressWarnings("unchecked")
  V exchange(V replacement) {
    return (V) VALUE.getAndSet(this, replacement);
  }

  /** Takes the value out for good; the caller holds the segment's lock. */
  @SuppressWarnings("unchecked")
  V kill() {
    return (V) VALUE.getAndSet(this, null);
  }

  /** Whether the value may not be returned any more. */
  boolean isExpired(long nowNanos) {
    return false;
  }
}
