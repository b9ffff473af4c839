package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up to {@code capacity} entries and, for a new one, drops the entry with the fewest uses.
 *
 * <p><b>Idea.</b> A list holds the entries in the order of eviction: the fewest uses first, and of as many uses the one
 * first that reached them first. Entries with one count are a run of the list, which knows its youngest entry: the place
 * to which a use moves an entry of the run before. Shah, Mitra and Matani, <i>An O(1) Algorithm for Implementing the LFU
 * Cache Eviction Scheme</i>, 2010, with one list in place of a list of lists. Counts live as long as their entry.
 *
 * <p><b>Ageing.</b> A cache made by {@link #createAgeing} halves all counts after every ten uses per entry, so that what
 * was popular once leaves in the end.
 *
 * <p><b>Cost.</b> O(1) for every operation, given a reasonable {@code hashCode}; ageing is O(n), a tenth of a step a use.
 * 32 bytes an entry and 24 a run beside a {@code HashMap}'s.
 * <b>Thread safety.</b> None: one thread at a time, because a hit writes too.
 *
 * <p><b>Instead.</b> Without ageing, yesterday's favourites stay for ever and newcomers push each other out: use
 * {@link LruCache} if what is asked for changes.
 *
 * @param <K> the type of the keys; {@code equals} and {@code hashCode} must not change while a key is cached
 * @param <V> the type of the values
 */
public final class LfuCache<K, V> {
  private static final long USES_PER_ENTRY = 10;

  private final Map<K, Node<K, V>> table = new HashMap<>();

  /** The list's two ends in one: {@code next} of it would be evicted next, {@code previous} of it last. */
  private final Link<K, V> ends = new Link<>();

  private final boolean ageing;
  private int capacity;
  private long usesSinceAgeing;
  private long hits;
  private long misses;
  private long evictions;

  private LfuCache(int capacity, boolean ageing) {
    this.capacity = capacity;
    this.ageing = ageing;
  }

  /**
   * Creates an empty cache whose counts only grow. Memory grows with the entries, not with the capacity.
   *
   * @param capacity the largest number of entries, at least 1
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the cache
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  public static <K, V> LfuCache<K, V> create(int capacity) {
    checkArgument(capacity >= 1, "capacity must be >= 1, was %s", capacity);
    return new LfuCache<>(capacity, false);
  }

  /**
   * Creates an empty cache that halves all counts after every ten uses per entry.
   *
   * @param capacity the largest number of entries, at least 1
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the cache
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  public static <K, V> LfuCache<K, V> createAgeing(int capacity) {
    checkArgument(capacity >= 1, "capacity must be >= 1, was %s", capacity);
    return new LfuCache<>(capacity, true);
  }

  /**
   * Looks a key up and, if it is there, counts a use.
   *
   * @param key the key
   * @return its value, or null if it is not cached
   * @throws NullPointerException if {@code key} is null
   */
  public @Nullable V get(K key) {
    Node<K, V> node = table.get(requireNonNull(key, "key"));
    if (node == null) {
      misses++;
      return null;
    }
    hits++;
    use(node);
    return node.value;
  }

  /**
   * Looks a key up and, if it is not there, loads and caches its value. The loader may use this cache; one that
   * asks for its own key is called again.
   *
   * @param key the key
   * @param loader computes the value of a key that is not cached; what it throws reaches the caller, nothing is cached
   * @return the cached or loaded value
   * @throws NullPointerException if an argument or the loaded value is null
   */
  public V get(K key, Function<? super K, ? extends V> loader) {
    requireNonNull(loader, "loader");
    V cached = get(key);
    if (cached != null) {
      return cached;
    }
    V loaded = requireNonNull(loader.apply(key), "loader returned null");
    put(key, loaded);
    return loaded;
  }

  /**
   * Caches a value. For a cached key this is a use; a new one counts 1, and a full cache drops one entry for it first.
   *
   * @param key the key
   * @param value its value
   * @return the value that it replaces, or null if the key was not cached
   * @throws NullPointerException if an argument is null
   */
  public @Nullable V put(K key, V value) {
    requireNonNull(value, "value");
    Node<K, V> node = table.get(requireNonNull(key, "key"));
    if (node != null) {
      V replaced = node.value;
      node.value = value;
      use(node);
      return replaced;
    }
    shrinkTo(capacity - 1);
    insert(key, value);
    return null;
  }

  /**
   * Drops one entry, and its count.
   *
   * @param key the key
   * @return the value that it had, or null if it was not cached
   * @throws NullPointerException if {@code key} is null
   */
  public @Nullable V remove(K key) {
    Node<K, V> node = table.remove(requireNonNull(key, "key"));
    if (node == null) {
      return null;
    }
    detach(node);
    return node.value;
  }

  /**
   * Tells whether a key is cached. This is no use of the entry: order and counts stay as they are.
   *
   * @param key the key
   * @return whether it is cached
   * @throws NullPointerException if {@code key} is null
   */
  public boolean containsKey(K key) {
    return table.containsKey(requireNonNull(key, "key"));
  }

  /** Drops all entries, which is no eviction, and keeps the counts of {@link #stats()}. */
  public void clear() {
    table.clear();
    ends.next = ends;
    ends.previous = ends;
  }

  /**
   * Sets another capacity. The entries that are too many are evicted, and all others stay.
   *
   * @param newCapacity the largest number of entries from now on, at least 1
   * @throws IllegalArgumentException if {@code newCapacity} is less than 1
   */
  public void resize(int newCapacity) {
    checkArgument(newCapacity >= 1, "newCapacity must be >= 1, was %s", newCapacity);
    capacity = newCapacity;
    shrinkTo(newCapacity);
  }

  /**
   * Lists the keys in the order in which they would be evicted.
   *
   * @return a copy, the key with the fewest uses first
   */
  public List<K> keys() {
    List<K> keys = new ArrayList<>(size());
    for (Link<K, V> link = ends.next; link instanceof Node<K, V> node; link = link.next) {
      keys.add(node.key);
    }
    return keys;
  }

  /**
   * Counts the entries.
   *
   * @return their number, in [0, {@link #capacity()}]
   */
  public int size() {
    return table.size();
  }

  /**
   * Gives the bound on {@link #size()}.
   *
   * @return the largest number of entries, at least 1
   */
  public int capacity() {
    return capacity;
  }

  /**
   * Reads the counts of look-ups by {@code get} and of evictions.
   *
   * @return the counts at this moment
   */
  public CacheStats stats() {
    return new CacheStats(hits, misses, evictions);
  }

  private void use(Node<K, V> node) {
    Run<K, V> run = node.run;
    Run<K, V> next = run.youngest.next instanceof Node<K, V> after ? after.run : null;
    if (next != null && next.uses == run.uses + 1) {
      detach(node);
      attach(node, next);
    } else if (run.size == 1) {
      run.uses++; // the entry is a run of its own, and stays where it is
    } else {
      detach(node);
      attach(node, new Run<>(run.uses + 1, run.youngest));
    }
    age();
  }

  private void insert(K key, V value) {
    Run<K, V> run = ends.next instanceof Node<K, V> first ? first.run : new Run<>(1, ends);
    if (run.uses != 1) {
      run = new Run<>(1, ends);
    }
    Node<K, V> node = new Node<>(key, value, run);
    table.put(key, node);
    attach(node, run);
    age();
  }

  private void shrinkTo(int size) {
    while (size() > size && ends.next instanceof Node<K, V> first) {
      table.remove(first.key);
      detach(first);
      evictions++;
    }
  }

  private void attach(Node<K, V> node, Run<K, V> run) {
    Link<K, V> place = run.youngest;
    node.previous = place;
    node.next = place.next;
    place.next.previous = node;
    place.next = node;
    node.run = run;
    run.youngest = node;
    run.size++;
  }

  private void detach(Node<K, V> node) {
    Run<K, V> run = node.run;
    if (run.youngest == node) {
      run.youngest = node.previous;
    }
    run.size--;
    node.previous.next = node.next;
    node.next.previous = node.previous;
  }

  /** Halves all counts, no lower than 1, when it is time; runs that meet become one, and the order stays. */
  private void age() {
    usesSinceAgeing++;
    if (!ageing || usesSinceAgeing < USES_PER_ENTRY * size()) {
      return;
    }
    usesSinceAgeing = 0;
    Run<K, V> halved = null;
    for (Link<K, V> link = ends.next; link instanceof Node<K, V> node; link = link.next) {
      long uses = Math.max(1, node.run.uses / 2);
      if (halved == null || halved.uses != uses) {
        halved = new Run<>(uses, node.previous);
      }
      halved.size++;
      halved.youngest = node;
      node.run = halved;
    }
  }

  /** A place in the list; the end marker is a bare one. */
  private static class Link<K, V> {
    Link<K, V> previous = this;
    Link<K, V> next = this;
  }

  private static final class Node<K, V> extends Link<K, V> {
    final K key;
    V value;
    Run<K, V> run;

    Node(K key, V value, Run<K, V> run) {
      this.key = key;
      this.value = value;
      this.run = run;
    }
  }

  /** The entries with as many uses. */
  private static final class Run<K, V> {
    long uses;
    int size;

    /** Its last entry in the list, behind which the next one goes; of a new run, the place where it begins. */
    Link<K, V> youngest;

    Run(long uses, Link<K, V> youngest) {
      this.uses = uses;
      this.youngest = youngest;
    }
  }
}
