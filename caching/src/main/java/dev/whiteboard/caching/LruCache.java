package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up to {@code capacity} entries and, for a new one, drops the entry that has gone unused for longest.
 *
 * <p><b>Idea.</b> A hash table finds an entry in one step, and a doubly linked list through the same entries keeps them
 * in order of use: a hit moves its entry to the young end, an eviction takes the old end. Denning, <i>The Working Set
 * Model for Program Behavior</i>, CACM 11(5), 1968, is the reason why recency predicts use. Invariants: the list holds
 * exactly the entries of the table, and never more than {@code capacity}.
 *
 * <p><b>Cost.</b> O(1) for every operation, given a reasonable {@code hashCode}; 40 bytes an entry and 5 to 11 of table,
 * with compressed references and without key and value. A full cache reuses the evicted entry's node, so that neither a
 * hit nor a miss allocates.
 * <b>Thread safety.</b> None: one thread at a time, because a hit writes too.
 *
 * <p><b>Instead.</b> A scan longer than the capacity empties an LRU cache of everything useful. {@link Cache}
 * is for several threads, and resists scans.
 *
 * @param <K> the type of the keys; {@code equals} and {@code hashCode} must not change while a key is cached
 * @param <V> the type of the values
 */
public final class LruCache<K, V> {
  private static final int SMALLEST_TABLE = 16;
  private static final int LARGEST_TABLE = 1 << 30;

  private int capacity;

  /** One chain of nodes per slot; the length is a power of two, at least 4/3 of the size up to the largest table. */
  private @Nullable Node<K, V>[] table = newTable(SMALLEST_TABLE);

  /** The list's two ends in one: {@code younger} of it is the eldest entry, {@code older} of it the youngest. */
  private final Link<K, V> ends = new Link<>();

  private int size;
  private long hits;
  private long misses;
  private long evictions;

  private LruCache(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Creates an empty cache. Memory grows with the entries, not with the capacity.
   *
   * @param capacity the largest number of entries, at least 1
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the cache
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  public static <K, V> LruCache<K, V> create(int capacity) {
    checkArgument(capacity >= 1, "capacity must be >= 1, was %s", capacity);
    return new LruCache<>(capacity);
  }

  /**
   * Looks a key up and, if it is there, makes it the youngest.
   *
   * @param key the key
   * @return its value, or null if it is not cached
   * @throws NullPointerException if {@code key} is null
   */
  public @Nullable V get(K key) {
    Node<K, V> node = find(key, hash(key));
    if (node == null) {
      misses++;
      return null;
    }
    hits++;
    makeYoungest(node);
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
   * Caches a value as the youngest entry; a full cache drops its eldest entry first.
   *
   * @param key the key
   * @param value its value
   * @return the value that it replaces, or null if the key was not cached
   * @throws NullPointerException if an argument is null
   */
  public @Nullable V put(K key, V value) {
    requireNonNull(value, "value");
    int hash = hash(key);
    Node<K, V> node = find(key, hash);
    if (node != null) {
      V replaced = node.value;
      node.value = value;
      makeYoungest(node);
      return replaced;
    }
    node = size < capacity ? new Node<>(key, hash, value) : evictEldest().reuse(key, hash, value);
    insert(node);
    return null;
  }

  /**
   * Drops one entry.
   *
   * @param key the key
   * @return the value that it had, or null if it was not cached
   * @throws NullPointerException if {@code key} is null
   */
  public @Nullable V remove(K key) {
    Node<K, V> node = find(key, hash(key));
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
    return find(key, hash(key)) != null;
  }

  /** Drops all entries, which is no eviction, and keeps the counts. */
  public void clear() {
    table = newTable(SMALLEST_TABLE);
    ends.younger = ends;
    ends.older = ends;
    size = 0;
  }

  /**
   * Sets another capacity. The eldest entries that are too many are evicted, and all others stay.
   *
   * @param newCapacity the largest number of entries from now on, at least 1
   * @throws IllegalArgumentException if {@code newCapacity} is less than 1
   */
  public void resize(int newCapacity) {
    checkArgument(newCapacity >= 1, "newCapacity must be >= 1, was %s", newCapacity);
    capacity = newCapacity;
    while (size > capacity) {
      evictEldest();
    }
  }

  /**
   * Lists the keys in the order in which they would be evicted.
   *
   * @return a copy, the eldest key first
   */
  public List<K> keys() {
    List<K> keys = new ArrayList<>(size);
    for (Link<K, V> link = ends.younger; link instanceof Node<K, V> node; link = link.younger) {
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
    return size;
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

  private @Nullable Node<K, V> find(K key, int hash) {
    for (Node<K, V> node = table[slot(hash)]; node != null; node = node.next) {
      if (node.hash == hash && (node.key == key || node.key.equals(key))) {
        return node;
      }
    }
    return null;
  }

  private void insert(Node<K, V> node) {
    if (size >= table.length - (table.length >>> 2) && table.length < LARGEST_TABLE) {
      grow();
    }
    addToChain(node);
    linkYoungest(node);
    size++;
  }

  private Node<K, V> evictEldest() {
    Node<K, V> eldest = (Node<K, V>) ends.younger; // there is one: size >= capacity >= 1
    detach(eldest);
    evictions++;
    return eldest;
  }

  private void detach(Node<K, V> node) {
    int slot = slot(node.hash);
    Node<K, V> before = table[slot];
    if (before == node) {
      table[slot] = node.next;
    } else {
      while (before != null && before.next != node) {
        before = before.next;
      }
      requireNonNull(before, "a cached node is in its chain").next = node.next;
    }
    unlink(node);
    size--;
  }

  private void grow() {
    table = newTable(table.length << 1);
    for (Link<K, V> link = ends.younger; link instanceof Node<K, V> node; link = link.younger) {
      addToChain(node);
    }
  }

  private void addToChain(Node<K, V> node) {
    int slot = slot(node.hash);
    node.next = table[slot];
    table[slot] = node;
  }

  private void makeYoungest(Node<K, V> node) {
    if (node.younger != ends) {
      unlink(node);
      linkYoungest(node);
    }
  }

  private void linkYoungest(Node<K, V> node) {
    node.older = ends.older;
    node.younger = ends;
    ends.older.younger = node;
    ends.older = node;
  }

  private void unlink(Node<K, V> node) {
    node.older.younger = node.younger;
    node.younger.older = node.older;
  }

  private int slot(int hash) {
    return hash & (table.length - 1);
  }

  /** Multiplying by 2^32/phi spreads the key's low bits to the top; the shift brings them back down (Knuth, 6.4). */
  private static int hash(Object key) {
    int product = requireNonNull(key, "key").hashCode() * 0x9E3779B9;
    return product ^ (product >>> 16);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> @Nullable Node<K, V>[] newTable(int length) {
    return new Node[length];
  }

  /** A place in the list; the end marker is a bare one. */
  private static class Link<K, V> {
    Link<K, V> older = this;
    Link<K, V> younger = this;
  }

  private static final class Node<K, V> extends Link<K, V> {
    K key;
    int hash;
    V value;

    /** The next node in the same slot of the table. */
    @Nullable
    Node<K, V> next;

    Node(K key, int hash, V value) {
      this.key = key;
      this.hash = hash;
      this.value = value;
    }

    Node<K, V> reuse(K key, int hash, V value) {
      this.key = key;
      this.hash = hash;
      this.value = value;
      return this;
    }
  }
}
