package dev.whiteboard.benchmarks.peers;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A sound cache, of which a mutant changes an operation. */
class ChangedCache implements AnyCache {
  final AnyCache cache;

  ChangedCache(AnyCache cache) {
    this.cache = cache;
  }

  @Override
  public @Nullable Object get(Object key) {
    return cache.get(key);
  }

  @Override
  public void put(Object key, Object value) {
    cache.put(key, value);
  }

  @Override
  public void remove(Object key) {
    cache.remove(key);
  }

  @Override
  public long size() {
    return cache.size();
  }

  @Override
  public List<Object> keys() {
    return cache.keys();
  }

  @Override
  public @Nullable Object load(Object key, Function<Object, Object> loader) {
    return cache.load(key, loader);
  }

  @Override
  public void resize(long maximum) {
    cache.resize(maximum);
  }

  @Override
  public Counts counts() {
    return cache.counts();
  }

  @Override
  public void settle() {
    cache.settle();
  }
}
