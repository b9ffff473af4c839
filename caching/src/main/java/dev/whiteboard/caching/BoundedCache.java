package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.whiteboard.caching.Loads.Load;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cache: loads, computes and counts; its entries are in a {@link SegmentedTable}. */
final class BoundedCache<K, V> implements Cache<K, V> {
  private static final Logger LOGGER = LoggerFactory.getLogger(Cache.class);
  private static final String NULL = "loader returned null";

  private final Loads<K, V> loads = new Loads<>();
  private final SegmentedTable<K, V> table;
  private final @Nullable Expiry<K, V> expiry;
  private final @Nullable LongAdder hits;
  private final @Nullable LongAdder misses;

  BoundedCache(CacheBuilder<K, V> builder) {
    table = new SegmentedTable<>(builder, loads);
    expiry = table.expiry();
    hits = builder.recordsStats ? new LongAdder() : null;
    misses = builder.recordsStats ? new LongAdder() : null;
  }

  @Override
  public @Nullable V getIfPresent(K key) {
    V value = table.look(key, SegmentedTable.hash(key));
    count(value == null ? misses : hits);
    return value;
  }

  @Override
  public V get(K key, Function<? super K, ? extends V> loader) {
    requireNonNull(loader, "loader");
    V cached = getIfPresent(key);
    if (cached == null) {
      return load(key, loader);
    }
    if (expiry != null && expiry.executor() != null) {
      refreshIfDue(expiry, expiry.executor(), key, cached, loader);
    }
    return cached;
  }

  private void refreshIfDue(
      Expiry<K, V> expiry,
      Executor executor,
      K key,
      V cached,
      Function<? super K, ? extends V> loader) {
    int hash = SegmentedTable.hash(key);
    if (table.find(key, hash) instanceof TimedNode<K, V> node && node.takeRefresh(expiry.now())) {
      try {
        executor.execute(() -> refresh(expiry, node, cached, loader));
      } catch (RejectedExecutionException e) {
        expiry.postpone(node, expiry.now());
      }
    }
  }

  /** Puts a new value in the place of the one that was found, unless that has been replaced or removed meanwhile. */
  private void refresh(
      Expiry<K, V> expiry,
      TimedNode<K, V> node,
      V cached,
      Function<? super K, ? extends V> loader) {
    Load<V> load = new Load<>();
    try {
      V value = requireNonNull(timed(load, node.key, loader), NULL);
      table.write(node.key, node.hash, value, Write.IF_SAME, cached, load);
    } catch (RuntimeException e) {
      LOGGER.warn("refreshing key {} failed; its old value stays", node.key, e);
      expiry.postpone(node, expiry.now());
    }
  }

  private @Nullable V timed(
      Load<V> load, K key, Function<? super K, ? extends @Nullable V> loader) {
    long start = expiry == null ? 0 : expiry.now();
    V value = loader.apply(key);
    load.nanos = expiry == null ? 0 : expiry.now() - start;
    return value;
  }

  @Override
  public Map<K, V> getAll(
      Iterable<? extends K> keys, Function<? super Set<K>, ? extends Map<K, V>> loader) {
    requireNonNull(keys, "keys");
    requireNonNull(loader, "loader");
    Map<K, V> found = new HashMap<>();
    Set<K> missing = new LinkedHashSet<>();
    for (K key : keys) {
      V value = getIfPresent(key);
      if (value == null) {
        missing.add(key);
      } else {
        found.put(key, value);
      }
    }
    if (!missing.isEmpty()) {
      found.putAll(loads.getAll(missing, mine -> loadAll(mine, loader)));
    }
    Map<K, V> ordered = new LinkedHashMap<>();
    for (K key : keys) {
      V value = found.get(key);
      if (value != null) {
        ordered.put(key, value);
      }
    }
    return ordered;
  }

  @Override
  public @Nullable V put(K key, V value) {
    requireNonNull(value, "value");
    int hash = SegmentedTable.hash(key);
    V before = table.isPlain() ? table.replaceQuickly(key, hash, value) : null;
    return before != null ? before : table.write(key, hash, value, Write.ALWAYS, null, null);
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    requireNonNull(value, "value");
    int hash = SegmentedTable.hash(key);
    V present = table.look(key, hash);
    return present != null ? present : table.write(key, hash, value, Write.IF_ABSENT, null, null);
  }

  @Override
  public @Nullable V compute(
      K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
    requireNonNull(function, "function");
    int hash = SegmentedTable.hash(key);
    while (true) {
      V before = table.look(key, hash);
      V after = function.apply(key, before);
      if (before == null && after == null) {
        return null;
      }
      Write when = before == null ? Write.IF_ABSENT : Write.IF_SAME;
      if (table.write(key, hash, after, when, before, null) == before) {
        return after;
      }
    }
  }

  @Override
  public @Nullable V invalidate(K key) {
    return table.write(key, SegmentedTable.hash(key), null, Write.ALWAYS, null, null);
  }

  @Override
  public void invalidateAll() {
    loads.invalidateAll();
    table.clear();
  }

  @Override
  public void purge() {
    table.purge();
  }

  @Override
  public long size() {
    return table.size();
  }

  @Override
  public long weight() {
    return table.room().used();
  }

  @Override
  public long maximum() {
    return table.room().maximum();
  }

  @Override
  public void resize(long maximum) {
    checkArgument(maximum >= 0, "maximum must be >= 0, was %s", maximum);
    table.resize(maximum);
  }

  @Override
  public CacheStats stats() {
    return new CacheStats(
        hits == null ? 0 : hits.sum(), misses == null ? 0 : misses.sum(), table.evictions());
  }

  @Override
  public ConcurrentMap<K, V> asMap() {
    return new CacheMap<>(this, table);
  }

  private V load(K key, Function<? super K, ? extends V> loader) {
    while (true) {
      V value = loadIfAny(key, k -> requireNonNull(loader.apply(k), NULL));
      if (value != null) {
        return value;
      }
    }
  }

  /** Loads a key, or waits for another thread's load; null if the loader that was called returned null. */
  @Nullable
  V loadIfAny(K key, Function<? super K, ? extends @Nullable V> loader) {
    return loads.get(key, load -> loadOnce(key, loader, load));
  }

  private @Nullable V loadOnce(
      K key, Function<? super K, ? extends @Nullable V> loader, Load<V> load) {
    V cached = table.look(
        key, SegmentedTable.hash(key)); // another load may have ended since this thread looked
    if (cached != null) {
      return cached;
    }
    V loaded = timed(load, key, loader);
    return loaded == null ? null : load(key, loaded, load);
  }

  private V load(K key, V loaded, Load<V> load) {
    table.write(key, SegmentedTable.hash(key), loaded, Write.IF_ABSENT, null, load);
    return loaded;
  }

  private Map<K, V> loadAll(
      Map<K, Load<V>> wanted, Function<? super Set<K>, ? extends Map<K, V>> loader) {
    Map<K, V> found = new HashMap<>();
    Set<K> missing = new LinkedHashSet<>();
    for (K key : wanted.keySet()) {
      V cached = table.look(key, SegmentedTable.hash(key));
      if (cached == null) {
        missing.add(key);
      } else {
        found.put(key, cached);
      }
    }
    if (missing.isEmpty()) {
      return found;
    }
    Map<K, V> loaded = requireNonNull(loader.apply(missing), NULL);
    wanted.forEach((key, load) -> {
      if (missing.contains(key) && loaded.containsKey(key)) {
        found.put(key, load(key, requireNonNull(loaded.get(key), NULL), load));
      }
    });
    return found;
  }

  private static void count(@Nullable LongAdder counter) {
    if (counter != null) {
      counter.increment();
    }
  }
}
