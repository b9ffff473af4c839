package dev.whiteboard.caching;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a cache that weighs its entries or lets them expire: 88 bytes.
 *
 * <p>Deadlines are nanoseconds since the cache was created, {@link #NEVER} if there is none. All is guarded by the segment's lock,
 * except that hits read {@link #expiresAt}, and move it if access keeps an entry alive.
 */
final class TimedNode<K, V> extends CacheNode<K, V> {
  private static final VarHandle REFRESH_AT;

  static {
    try {
      REFRESH_AT = MethodHandles.lookup().findVarHandle(TimedNode.class, "refreshAt", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** So far ahead that it does not come. */
  static final long NEVER = Long.MAX_VALUE >> 1;

  long weight;

  /** From this reading on the value may not be returned; hits may put it off, up to {@link #endsAt}. */
  volatile long expiresAt = NEVER;

  /** However often the entry is hit, it ends here. */
  volatile long endsAt = NEVER;

  /** From this reading on the first who asks for the value has it loaded again; {@link #NEVER} while that goes on. */
  volatile long refreshAt = NEVER;

  /** Which bucket of the timer wheel it is in, -1 for none. */
  int bucket = -1;

  /** The neighbours in that bucket. */
  @Nullable
  TimedNode<K, V> earlier;

  @Nullable
  TimedNode<K, V> later;

  TimedNode(K key, int hash, V value, long weight) {
    super(key, hash, value);
    this.weight = weight;
  }

  @Override
  long weight() {
    return weight;
  }

  /** Whether it is time to refresh, and the caller is the one to do it. */
  boolean takeRefresh(long nowNanos) {
    long due = refreshAt;
    return nowNanos >= due && REFRESH_AT.compareAndSet(this, due, NEVER);
  }

  @Override
  boolean isExpired(long nowNanos) {
    // Both: a hit may put expiresAt off by what endsAt was before another write.
    return nowNanos >= expiresAt || nowNanos >= endsAt;
  }
}
