package dev.whiteboard.caching;

/**
 * Tells what an entry takes of a {@link Cache}'s maximum weight, for instance its bytes.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface Weigher<K, V> {
  /**
   * Weighs an entry that is about to be cached; asked once for each value, outside all locks.
   *
   * @param key the key
   * @param value its value
   * @return its weight, at least 0
   */
  long weigh(K key, V value);
}
