package dev.whiteboard.caching;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call removes, so that the listener hears of it when no lock is held. Without a listener it keeps nothing. */
final class Removals<K, V> {
  private static final Logger LOGGER = LoggerFactory.getLogger(Cache.class);

  private record Removal<K, V>(K key, V value, RemovalCause cause) {}

  private final @Nullable RemovalListener<? super K, ? super V> listener;
  private @Nullable List<Removal<K, V>> removals;

  Removals(@Nullable RemovalListener<? super K, ? super V> listener) {
    this.listener = listener;
  }

  void add(K key, V value, RemovalCause cause) {
    if (listener != null) {
      if (removals == null) {
        removals = new ArrayList<>();
      }
      removals.add(new Removal<>(key, value, cause));
    }
  }

  void tell() {
    if (listener == null || removals == null) {
      return;
    }
    for (Removal<K, V> removal : removals) {
      try {
        listener.onRemoval(removal.key, removal.value, removal.cause);
      } catch (RuntimeException e) {
        LOGGER.warn("the removal listener failed for key {}", removal.key, e);
      }
    }
  }
}
