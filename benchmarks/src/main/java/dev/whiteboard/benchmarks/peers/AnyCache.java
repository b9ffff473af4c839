package dev.whiteboard.benchmarks.peers;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cache as the laws see it. What a library lacks is {@link NotApplicable}. */
interface AnyCache {
  /** Looks a key up: a use of its entry. */
  @Nullable
  Object get(Object key);

  void put(Object key, Object value);

  void remove(Object key);

  long size();

  /** A copy of the keys, which is no use of any. */
  List<Object> keys();

  /** Looks a key up and, if it is not there, loads and caches it. */
  default @Nullable Object load(Object key, Function<Object, Object> loader) {
    throw new NotApplicable("it does not load");
  }

  default void resize(long maximum) {
    throw new NotApplicable("its maximum is fixed");
  }

  default Counts counts() {
    throw new NotApplicable("it does not count look-ups");
  }

  /** Does what has been put off, if anything. A law about any moment does not call it. */
  default void settle() {}

  /** What was counted. */
  record Counts(long hits, long misses) {}

  /** Why an entry left. */
  enum Cause {
    EXPLICIT,
    REPLACED,
    SIZE,
    EXPIRED,
    /** The library does not say. */
    UNKNOWN
  }

  /** A removal that a listener heard of. */
  record Removal(Object key, Object value, Cause cause) {}

  /** Which entry leaves a full cache. */
  enum Order {
    /** The least recently used. */
    LRU,
    /** The least frequently used. */
    LFU,
    /** The one that came first. */
    FIFO,
    /** The cache does not say. */
    OWN
  }

  /**
   * How to build caches of a kind.
   *
   * @param factory builds one
   * @param order which entry it says will leave
   * @param forThreads whether several threads may use it
   */
  record Kind(Function<CacheWish, AnyCache> factory, Order order, boolean forThreads) {
    static Kind of(Order order, Function<CacheWish, AnyCache> factory) {
      return new Kind(factory, order, true);
    }

    static Kind forOneThread(Order order, Function<CacheWish, AnyCache> factory) {
      return new Kind(factory, order, false);
    }

    AnyCache build(long maximum) {
      return build(CacheWish.of(maximum));
    }

    AnyCache build(CacheWish wish) {
      return factory.apply(wish);
    }

    void requireThreads() {
      if (!forThreads) {
        throw new NotApplicable("it is for one thread");
      }
    }
  }
}
