package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Striped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cache in front of a store, which it reads from and writes to.
 *
 * <p><b>Idea.</b> <i>Write-through</i> writes to the store before the call returns: nothing is lost, and every write costs
 * one of the store's. <i>Write-behind</i> notes the change, returns, and writes later, in batches: a key that changes ten
 * times between two batches is written once, and what was not written when the process dies is lost. Until it is written a
 * change is found here even if the cache has evicted it, so that a key never seems to go back.
 *
 * <p>When batches are written is the caller's choice: call {@link #flush} from a scheduler. Who changes more than may
 * wait writes a batch himself. A batch that fails stays, and is written with the next.
 *
 * <p><b>Cost.</b> That of the cache; a change behind costs a lock shared by all threads, and some 100 bytes while it
 * waits. <b>Thread safety.</b> Safe: changes of one key reach cache and store in the same order.
 *
 * <p><b>Instead.</b> If the store has other writers, use {@link Cache} with a short time to live, and
 * {@link Cache#invalidate} what you change (cache-aside).
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class StoredCache<K, V> implements AutoCloseable {
  private static final int STRIPES = 64;

  private final Cache<K, V> cache;
  private final BackingStore<K, V> store;

  /** The largest batch, 0 to write through. */
  private final int batch;

  private final int mostWaiting;
  private final Striped<Lock> keys = Striped.lock(STRIPES);

  /** One batch at a time, so that a key's changes reach the store in order. */
  private final Lock flushing = new ReentrantLock();

  /** Guarded by itself: the changes that the store does not have, the longest waiting first. */
  private final Map<K, Waiting<V>> waiting = new LinkedHashMap<>();

  private volatile boolean closed;

  /** A value that waits, empty to delete it; two of them are never equal, so that a later one is known from an earlier. */
  private static final class Waiting<V> {
    final Optional<V> value;

    Waiting(Optional<V> value) {
      this.value = value;
    }
  }

  private StoredCache(Cache<K, V> cache, BackingStore<K, V> store, int batch, int mostWaiting) {
    this.cache = requireNonNull(cache, "cache");
    this.store = requireNonNull(store, "store");
    this.batch = batch;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Makes a cache that writes each change at once.
   *
   * @param cache the cache; only through this object from now on
   * @param store the store
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the cache in front of the store
   * @throws NullPointerException if an argument is null
   */
  public static <K, V> StoredCache<K, V> writeThrough(Cache<K, V> cache, BackingStore<K, V> store) {
    return new StoredCache<>(cache, store, 0, 0);
  }

  /**
   * Makes a cache that writes changes later, in batches.
   *
   * @param cache the cache; only through this object from now on
   * @param store the store
   * @param batch the largest number of keys in a batch, at least 1
   * @param mostWaiting how many keys may wait until who changes another one writes a batch first, at least {@code batch}
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the cache in front of the store
   * @throws NullPointerException if {@code cache} or {@code store} is null
   * @throws IllegalArgumentException if a number is out of range
   */
  public static <K, V> StoredCache<K, V> writeBehind(
      Cache<K, V> cache, BackingStore<K, V> store, int batch, int mostWaiting) {
    checkArgument(batch >= 1, "batch must be >= 1, was %s", batch);
    checkArgument(
        mostWaiting >= batch, "mostWaiting must be >= batch (%s), was %s", batch, mostWaiting);
    return new StoredCache<>(cache, store, batch, mostWaiting);
  }

  /**
   * Looks a key up, in the cache, among the changes that wait, and in the store.
   *
   * @param key the key
   * @return its value, or null if the store has none
   * @throws NullPointerException if {@code key} is null
   */
  public @Nullable V get(K key) {
    return cache.asMap().computeIfAbsent(key, this::load);
  }

  /**
   * Changes a key's value.
   *
   * @param key the key
   * @param value its value
   * @throws NullPointerException if an argument is null
   * @throws IllegalStateException if this is closed
   * @throws RuntimeException as the store throws it; then the store may have the change or not, and the cache forgets the key
   */
  public void put(K key, V value) {
    change(requireNonNull(key, "key"), Optional.of(requireNonNull(value, "value")));
  }

  /**
   * Deletes a key's value.
   *
   * @param key the key
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalStateException if this is closed
   * @throws RuntimeException as {@link #put}
   */
  public void remove(K key) {
    change(requireNonNull(key, "key"), Optional.empty());
  }

  /**
   * Writes all changes that wait now, batch by batch.
   *
   * @return how many keys were written
   * @throws RuntimeException as the store throws it; that batch and those behind it wait on
   */
  public int flush() {
    int written = 0;
    for (int left = waiting(); left > 0; left -= batch) {
      written += writeBatch();
    }
    return written;
  }

  /**
   * Counts the changes that the store does not have.
   *
   * @return the number of keys; 0 if each change is written at once
   */
  public int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /**
   * Refuses further changes and writes those that wait.
   *
   * @throws RuntimeException as the store throws it; the changes wait on, and closing may be tried again
   */
  @Override
  public void close() {
    closed = true;
    while (flush() > 0) {
      // Changes that began before it was closed may still arrive.
    }
  }

  private void change(K key, Optional<V> value) {
    if (batch > 0 && waiting() >= mostWaiting) {
      writeBatch();
    }
    Lock lock = keys.get(key);
    lock.lock();
    try {
      checkState(!closed, "the cache is closed");
      if (batch == 0) {
        writeThrough(key, value);
      } else {
        synchronized (waiting) {
          waiting.put(key, new Waiting<>(value));
        }
      }
      show(key, value);
    } finally {
      lock.unlock();
    }
  }

  private void writeThrough(K key, Optional<V> value) {
    try {
      store.write(Map.of(key, value));
    } catch (Throwable e) {
      cache.invalidate(key);
      throw e;
    }
  }

  private void show(K key, Optional<V> value) {
    if (value.isPresent()) {
      cache.put(key, value.get());
    } else {
      cache.invalidate(key);
    }
  }

  private @Nullable V load(K key) {
    Waiting<V> change;
    synchronized (waiting) {
      change = waiting.get(key);
    }
    return change != null ? change.value.orElse(null) : store.load(key);
  }

  /** A change waits until the store has it; if the key has been changed again by then, that change waits on. */
  private int writeBatch() {
    flushing.lock();
    try {
      Map<K, Waiting<V>> changes = nextBatch();
      if (!changes.isEmpty()) {
        Map<K, Optional<V>> values = new LinkedHashMap<>();
        changes.forEach((key, change) -> values.put(key, change.value));
        store.write(values);
        synchronized (waiting) {
          changes.forEach(waiting::remove);
        }
      }
      return changes.size();
    } finally {
      flushing.unlock();
    }
  }

  private Map<K, Waiting<V>> nextBatch() {
    Map<K, Waiting<V>> changes = new LinkedHashMap<>();
    synchronized (waiting) {
      for (Map.Entry<K, Waiting<V>> change : waiting.entrySet()) {
        if (changes.size() == batch) {
          break;
        }
        changes.put(change.getKey(), change.getValue());
      }
    }
    return changes;
  }
}
