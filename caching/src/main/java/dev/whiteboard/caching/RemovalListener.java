package dev.whiteboard.caching;

/**
 * Hears of every value that leaves a {@link Cache}, once.
 *
 * <p>It is called after the removal, by the thread whose call removed the value, which holds no lock: it may use the cache.
 * Two removals by different threads may be heard of in either order. What it throws is logged and goes no further.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface RemovalListener<K, V> {
  /**
   * Hears of a removal.
   *
   * @param key the key
   * @param value the value that it had
   * @param cause why it left
   */
  void onRemoval(K key, V value, RemovalCause cause);
}
