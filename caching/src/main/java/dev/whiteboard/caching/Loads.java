package dev.whiteboard.caching;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread load a key while the others that ask for it wait for the result.
 *
 * <p>A loader may load other keys. A chain of loads that waits for itself, over one thread or several, would wait for
 * ever: whoever would close the circle gets an exception instead. Loads hold no lock.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Loads<K, V> {
  /** A load that runs, or has just ended. */
  static final class Load<V> {
    private final Thread owner = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable V value;
    private @Nullable Throwable failure;

    /** Set when the key is written or invalidated meanwhile: what is loaded may be older, and is not cached. */
    private volatile boolean stale;

    /** How long the loader took, for the thread that ran it. */
    long nanos;

    boolean isStale() {
      return stale;
    }
  }

  /** Loads a value, or null if there is none. */
  @FunctionalInterface
  interface Loader<V> {
    @Nullable
    V load(Load<V> load);
  }

  private final ConcurrentMap<K, Load<V>> running = new ConcurrentHashMap<>();
  private final ConcurrentMap<Thread, Load<V>> waiting = new ConcurrentHashMap<>();

  /** Loads a key, or waits for the thread that does so already; null if that one found nothing. */
  @Nullable
  V get(K key, Loader<V> loader) {
    Load<V> mine = new Load<>();
    Load<V> other = running.putIfAbsent(key, mine);
    return other == null ? run(key, mine, loader) : await(key, other);
  }

  /**
   * Loads many keys with one call of the loader, which is given those that no other thread is loading; for the others it
   * waits afterwards, so that two such calls cannot wait for each other. Keys without a value are left out.
   */
  Map<K, V> getAll(Set<K> keys, Function<Map<K, Load<V>>, Map<K, V>> loader) {
    Map<K, Load<V>> mine = new LinkedHashMap<>();
    Map<K, Load<V>> others = new LinkedHashMap<>();
    for (K key : keys) {
      Load<V> load = new Load<>();
      Load<V> other = running.putIfAbsent(key, load);
      (other == null ? mine : others).put(key, other == null ? load : other);
    }
    Map<K, V> all = new HashMap<>(mine.isEmpty() ? Map.of() : runAll(mine, loader));
    others.forEach((key, load) -> {
      V value = await(key, load);
      if (value != null) {
        all.put(key, value);
      }
    });
    return all;
  }

  private Map<K, V> runAll(Map<K, Load<V>> mine, Function<Map<K, Load<V>>, Map<K, V>> loader) {
    try {
      Map<K, V> loaded = loader.apply(mine);
      mine.forEach((key, load) -> load.value = loaded.get(key));
      return loaded;
    } catch (Throwable failure) {
      mine.values().forEach(load -> load.failure = failure);
      throw failure;
    } finally {
      mine.forEach((key, load) -> {
        running.remove(key, load);
        load.done.countDown();
      });
    }
  }

  /**
   * Says that what is being loaded for a key, if anything, is out of date: those who wait for it still get it, whoever asks
   * from now on does not.
   */
  void invalidate(Object key) {
    if (!running.isEmpty()) {
      Load<V> load = running.remove(key);
      if (load != null) {
        load.stale = true;
      }
    }
  }

  /** Says so of all keys. */
  void invalidateAll() {
    running.keySet().forEach(this::invalidate);
  }

  /** Whatever happens, the load ends and the others learn of it. */
  private @Nullable V run(K key, Load<V> mine, Loader<V> loader) {
    try {
      V value = loader.load(mine);
      mine.value = value;
      return value;
    } catch (Throwable failure) {
      mine.failure = failure;
      throw failure;
    } finally {
      running.remove(key, mine);
      mine.done.countDown();
    }
  }

  /** Waits for another thread's load. An interrupt is kept for later. */
  private @Nullable V await(K key, Load<V> other) {
    Thread me = Thread.currentThread();
    waiting.put(me, other);
    try {
      checkNoCircle(key, me, other);
      Uninterruptibles.awaitUninterruptibly(other.done);
    } finally {
      waiting.remove(me);
    }
    if (other.failure != null) {
      Throwables.throwIfUnchecked(other.failure);
      throw new IllegalStateException("loading failed: " + key, other.failure);
    }
    return other.value;
  }

  /** Each thread that waits says so first and looks then: of several that close a circle, the last one sees it. */
  private void checkNoCircle(K key, Thread me, Load<V> first) {
    Load<V> load = first;
    while (load != null) {
      if (load.owner == me) {
        throw new IllegalStateException("loading this key waits for itself: " + key);
      }
      Load<V> next = waiting.get(load.owner);
      load = next == null || next.done.getCount() == 0 ? null : next;
    }
  }
}
