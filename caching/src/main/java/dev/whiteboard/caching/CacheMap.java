package dev.whiteboard.caching;

import static java.util.Objects.requireNonNull;

import com.google.common.primitives.Ints;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cache seen as a map. */
final class CacheMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
  private final BoundedCache<K, V> cache;
  private final SegmentedTable<K, V> table;

  CacheMap(BoundedCache<K, V> cache, SegmentedTable<K, V> table) {
    this.cache = cache;
    this.table = table;
  }

  @Override
  public int size() {
    return Ints.saturatedCast(cache.size());
  }

  @Override
  public boolean isEmpty() {
    return cache.size() == 0;
  }

  @Override
  @SuppressWarnings("unchecked") // a key of another type is not there
  public @Nullable V get(Object key) {
    return cache.getIfPresent((K) key);
  }

  @Override
  public boolean containsKey(Object key) {
    return table.contains(key);
  }

  @Override
  public @Nullable V put(K key, V value) {
    return cache.put(key, value);
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    return cache.putIfAbsent(key, value);
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable V remove(Object key) {
    return cache.invalidate((K) key);
  }

  @Override
  @SuppressWarnings("unchecked")
  public boolean remove(Object key, @Nullable Object value) {
    requireNonNull(key, "key");
    return value != null && change((K) key, value, null);
  }

  @Override
  public boolean replace(K key, V expected, V replacement) {
    requireNonNull(expected, "expected");
    return change(key, expected, requireNonNull(replacement, "replacement"));
  }

  @Override
  public @Nullable V replace(K key, V value) {
    requireNonNull(value, "value");
    return table.write(key, SegmentedTable.hash(key), value, Write.IF_PRESENT, null, null);
  }

  @Override
  public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
    requireNonNull(function, "function");
    V present = cache.getIfPresent(key);
    return present != null ? present : cache.loadIfAny(key, function);
  }

  @Override
  public @Nullable V computeIfPresent(
      K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
    requireNonNull(function, "function");
    return cache.compute(key, (k, value) -> value == null ? null : function.apply(k, value));
  }

  @Override
  public @Nullable V compute(
      K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
    return cache.compute(key, function);
  }

  @Override
  public @Nullable V merge(
      K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
    requireNonNull(value, "value");
    requireNonNull(function, "function");
    return cache.compute(
        key, (k, before) -> before == null ? value : function.apply(before, value));
  }

  @Override
  public void clear() {
    cache.invalidateAll();
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new Entries();
  }

  /** Compares by {@code equals} outside the lock, and changes that very object under it. */
  private boolean change(K key, Object expected, @Nullable V replacement) {
    int hash = SegmentedTable.hash(key);
    while (true) {
      V present = table.look(key, hash);
      if (present == null || !expected.equals(present)) {
        return false;
      }
      V before = table.write(key, hash, replacement, Write.IF_SAME, present, null);
      if (before == present) {
        return true;
      }
    }
  }

  private final class Entries extends AbstractSet<Entry<K, V>> {
    @Override
    public Iterator<Entry<K, V>> iterator() {
      return new EntryIterator();
    }

    @Override
    public int size() {
      return CacheMap.this.size();
    }

    @Override
    public void clear() {
      CacheMap.this.clear();
    }

    @Override
    public boolean contains(@Nullable Object object) {
      if (!(object instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
        return false;
      }
      V value = get(entry.getKey());
      return value != null && value.equals(entry.getValue());
    }

    @Override
    public boolean remove(@Nullable Object object) {
      return object instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && CacheMap.this.remove(entry.getKey(), entry.getValue());
    }
  }

  /** Goes from segment to segment, and shows each as it was when it came there. */
  private final class EntryIterator implements Iterator<Entry<K, V>> {
    private int segment;
    private Iterator<Entry<K, V>> entries = List.<Entry<K, V>>of().iterator();
    private @Nullable K last;

    @Override
    public boolean hasNext() {
      while (!entries.hasNext() && segment < table.segments()) {
        entries = table.entries(segment++).iterator();
      }
      return entries.hasNext();
    }

    @Override
    public Entry<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Entry<K, V> entry = entries.next();
      last = entry.getKey();
      return new WriteThroughEntry(entry);
    }

    @Override
    public void remove() {
      if (last == null) {
        throw new IllegalStateException("next() comes before remove()");
      }
      cache.invalidate(last);
      last = null;
    }
  }

  private final class WriteThroughEntry extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1;

    WriteThroughEntry(Entry<K, V> entry) {
      super(entry);
    }

    @Override
    public V setValue(V value) {
      put(getKey(), requireNonNull(value, "value"));
      return super.setValue(value);
    }
  }
}
