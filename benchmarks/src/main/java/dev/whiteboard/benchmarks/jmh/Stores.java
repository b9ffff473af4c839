package dev.whiteboard.benchmarks.jmh;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import dev.whiteboard.caching.Cache;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cache2k.Cache2kBuilder;
import org.jspecify.annotations.Nullable;

/** Caches by name, so that a benchmark's methods are written once; each JVM that JMH forks sees one of them. */
public final class Stores {
  private Stores() {}

  /** A cache of numbers. */
  public interface Store {
    @Nullable
    Integer get(Integer key);

    void put(Integer key, Integer value);

    /** What it is made of. */
    Object cache();
  }

  /** Creates a cache by the name that a benchmark's parameter has. */
  public static Store create(String name, int capacity) {
    return switch (name) {
      case "whiteboard" -> whiteboard(capacity);
      case "caffeine" -> caffeine(Caffeine.newBuilder().maximumSize(capacity));
      case "caffeineSameThread" ->
        caffeine(Caffeine.newBuilder().maximumSize(capacity).executor(Runnable::run));
      case "guava" -> guava(capacity);
      case "cache2k" -> cache2k(capacity);
      case "linkedHashMap" ->
        map(Collections.synchronizedMap(new LruCacheBenchmark.Bounded(capacity)));
      case "concurrentHashMap" -> map(new ConcurrentHashMap<>());
      default -> throw new IllegalArgumentException("unknown cache: " + name);
    };
  }

  private static Store whiteboard(int capacity) {
    Cache<Integer, Integer> cache =
        Cache.<Integer, Integer>builder().maximumSize(capacity).build();
    return new Store() {
      @Override
      public @Nullable Integer get(Integer key) {
        return cache.getIfPresent(key);
      }

      @Override
      public void put(Integer key, Integer value) {
        cache.put(key, value);
      }

      @Override
      public Object cache() {
        return cache;
      }
    };
  }

  private static Store caffeine(Caffeine<Object, Object> builder) {
    com.github.benmanes.caffeine.cache.Cache<Integer, Integer> cache = builder.build();
    return new Store() {
      @Override
      public @Nullable Integer get(Integer key) {
        return cache.getIfPresent(key);
      }

      @Override
      public void put(Integer key, Integer value) {
        cache.put(key, value);
      }

      @Override
      public Object cache() {
        cache.cleanUp();
        return cache;
      }
    };
  }

  private static Store guava(int capacity) {
    com.google.common.cache.Cache<Integer, Integer> cache =
        CacheBuilder.newBuilder().maximumSize(capacity).build();
    return new Store() {
      @Override
      public @Nullable Integer get(Integer key) {
        return cache.getIfPresent(key);
      }

      @Override
      public void put(Integer key, Integer value) {
        cache.put(key, value);
      }

      @Override
      public Object cache() {
        return cache;
      }
    };
  }

  private static Store cache2k(int capacity) {
    org.cache2k.Cache<Integer, Integer> cache = Cache2kBuilder.of(Integer.class, Integer.class)
        .entryCapacity(capacity)
        .eternal(true)
        .build();
    return new Store() {
      @Override
      public @Nullable Integer get(Integer key) {
        return cache.peek(key);
      }

      @Override
      public void put(Integer key, Integer value) {
        cache.put(key, value);
      }

      @Override
      public Object cache() {
        return cache;
      }
    };
  }

  private static Store map(Map<Integer, Integer> map) {
    return new Store() {
      @Override
      public @Nullable Integer get(Integer key) {
        return map.get(key);
      }

      @Override
      public void put(Integer key, Integer value) {
        map.put(key, value);
      }

      @Override
      public Object cache() {
        return map;
      }
    };
  }
}
