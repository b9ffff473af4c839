package dev.whiteboard.caching;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the values live that a {@link StoredCache} keeps near: a database table, a file, another service.
 *
 * <p>Several threads may call it at once. What it throws reaches who asked, or is tried again.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface BackingStore<K, V> {
  /**
   * Reads a value.
   *
   * @param key the key
   * @return its value, or null if there is none
   */
  @Nullable
  V load(K key);

  /**
   * Writes a batch, wholly or not at all. After a failure the same changes come again, alone or with others, so writing
   * them twice must do no harm.
   *
   * @param changes the new value of each key, empty to delete it; not empty, and in the order of the first change
   */
  void write(Map<K, Optional<V>> changes);
}
