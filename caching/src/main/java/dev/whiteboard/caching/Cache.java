package dev.whiteboard.caching;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map for many threads that drops what is least likely to be asked for again.
 *
 * <pre>{@code
 * Cache<String, Image> images = Cache.<String, Image>builder()
 *     .maximumWeight(512 << 20, (key, image) -> image.bytes())
 *     .expireAfterWrite(Duration.ofMinutes(10))
 *     .build();
 * Image image = images.get(key, store::read); // one load a key, however many callers
 * }</pre>
 *
 * <p><b>Idea.</b> A hit is a look-up without a lock and one store of a bit, because the policies that a cache is meant to
 * run ({@link EvictionPolicy#adaptive()} and the others of the CLOCK kind) decide when they need room, not when they
 * are hit. Entries are spread over segments by their hash; a newcomer takes the place of the entry that its own segment's
 * policy wants least, so that two threads that insert rarely meet.
 *
 * <p>The bound is exact: {@link #size()} (or {@link #weight()}) is never above {@link #maximum()}, and no
 * background thread is needed.
 *
 * <p><b>Who calls what.</b> Loaders, weighers and listeners run on the thread that called the cache, outside all locks; they
 * may use the cache. A call that throws leaves the cache as it was.
 *
 * <p><b>Cost.</b> O(1) for every operation, given a reasonable {@code hashCode}. An entry takes 40 bytes, 5 to 9 of
 * table and what its policy keeps (10 for the adaptive one), 48 more if it is weighed or expires; nothing is allocated on a hit.
 * <b>Thread safety.</b> Safe; every operation on one key takes effect at one moment.
 *
 * <p><b>Instead.</b> {@link LruCache} is one screen of code for one thread. Take Caffeine for what is not here: asynchronous
 * loading, weak and soft references, statistics and expiry tied to frameworks, and ten years of use in production.
 *
 * @param <K> the type of the keys; {@code equals} and {@code hashCode} must not change while a key is cached
 * @param <V> the type of the values
 */
public interface Cache<K, V> {
  /**
   * Starts to describe a cache.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return a builder
   */
  static <K, V> CacheBuilder<K, V> builder() {
    return new CacheBuilder<>();
  }

  /**
   * Looks a key up.
   *
   * @param key the key
   * @return its value, or null if it is not cached or has expired
   * @throws NullPointerException if {@code key} is null
   */
  @Nullable
  V getIfPresent(K key);

  /**
   * Looks a key up and, if it is not there, loads and caches its value. However many threads ask for a key that is not
   * there, one of them loads it and the others wait; if the loader throws, they get the same exception, and nothing is
   * cached. A value that was loaded while its key was written or invalidated is returned, but not cached.
   *
   * @param key the key
   * @param loader computes the value of a key that is not cached; it may load other keys
   * @return the cached or loaded value
   * @throws NullPointerException if an argument or the loaded value is null
   * @throws IllegalStateException if the loader asks, by itself or through other threads' loaders, for a key that waits for
   *     it
   */
  V get(K key, Function<? super K, ? extends V> loader);

  /**
   * Looks up many keys, and loads those that are not there with one call. Keys that other threads are loading are waited
   * for instead.
   *
   * @param keys the keys
   * @param loader computes the values of keys that are not cached; more keys than asked for are ignored, missing ones stay
   *     absent
   * @return what was found, in the order of {@code keys}
   * @throws NullPointerException if an argument, a key, the loaded map or a value in it is null
   * @throws IllegalStateException as {@link #get}
   */
  Map<K, V> getAll(
      Iterable<? extends K> keys, Function<? super Set<K>, ? extends Map<K, V>> loader);

  /**
   * Caches a value. An entry heavier than {@link #maximum()} is not kept: what the key had before leaves all the same.
   *
   * @param key the key
   * @param value its value
   * @return the value that it replaces, or null if the key was not cached
   * @throws NullPointerException if an argument is null
   */
  @Nullable
  V put(K key, V value);

  /**
   * Caches a value unless the key has one.
   *
   * @param key the key
   * @param value its value
   * @return the value that the key has, or null if it had none
   * @throws NullPointerException if an argument is null
   */
  @Nullable
  V putIfAbsent(K key, V value);

  /**
   * Computes a key's new value from its old one. If another thread writes the key meanwhile, the function is called again.
   *
   * @param key the key
   * @param function the new value from the key and the cached one (null if there is none); null to remove it
   * @return the new value, or null if there is none
   * @throws NullPointerException if {@code key} or {@code function} is null
   */
  @Nullable
  V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function);

  /**
   * Drops an entry. What is being loaded for the key will not be cached.
   *
   * @param key the key
   * @return the value that it had, or null if it was not cached
   * @throws NullPointerException if {@code key} is null
   */
  @Nullable
  V invalidate(K key);

  /** Drops all entries, one after the other. What is being loaded will not be cached. */
  void invalidateAll();

  /** Drops the entries that have expired. Without this call they leave when their segment is next written to. */
  void purge();

  /**
   * Counts the entries, including those that have expired and were not dropped yet.
   *
   * @return their number at some moment during the call; never above {@link #maximum()} if entries are not weighed
   */
  long size();

  /**
   * Adds up the entries' weights.
   *
   * @return the sum at some moment during the call, never above {@link #maximum()}; without a weigher it is the size
   */
  long weight();

  /**
   * Gives the bound.
   *
   * @return the largest weight, or number of entries
   */
  long maximum();

  /**
   * Changes the bound. A smaller one evicts before it holds.
   *
   * @param maximum the largest weight, or number of entries, at least 0
   * @throws IllegalArgumentException if {@code maximum} is negative
   */
  void resize(long maximum);

  /**
   * Reads the counts.
   *
   * @return evictions and, if the builder was told to count look-ups, hits and misses
   */
  CacheStats stats();

  /**
   * Shows the cache as a map. Reading it counts as hits and misses; its iterators show each segment as it was when they came
   * to it.
   *
   * @return a view: what is written to one shows in the other
   */
  ConcurrentMap<K, V> asMap();
}
