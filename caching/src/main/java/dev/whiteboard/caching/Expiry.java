package dev.whiteboard.caching;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets the deadlines of a cache's entries: when they end, and when they are to be loaded again before that.
 *
 * <p>The early refresh is that of Vattani, Chierichetti and Lowenstein, <i>Optimal Probabilistic Cache Stampede
 * Prevention</i>, VLDB 2015, with one draw for each value rather than for each look-up: in one process only one caller
 * loads anyway, and the draws of several processes differ.
 */
final class Expiry<K, V> {
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private final long created;
  private final long afterWrite;
  private final long afterAccess;
  private final @Nullable BiFunction<? super K, ? super V, Duration> lifetime;
  private final long refreshAfter;
  private final double beta;
  private final double jitter;
  private final DoubleSupplier random;
  private final @Nullable Executor executor;

  Expiry(CacheBuilder<K, V> builder) {
    ticker = builder.ticker;
    created = ticker.read();
    afterWrite =
        builder.afterWrite == null ? TimedNode.NEVER : CacheBuilder.nanos(builder.afterWrite);
    afterAccess =
        builder.afterAccess == null ? TimedNode.NEVER : CacheBuilder.nanos(builder.afterAccess);
    lifetime = builder.lifetime;
    refreshAfter =
        builder.refreshAfter == null ? TimedNode.NEVER : CacheBuilder.nanos(builder.refreshAfter);
    beta = builder.beta;
    jitter = builder.jitter;
    random = builder.random;
    executor = builder.executor;
  }

  /** Nanoseconds since the cache was created. */
  long now() {
    return ticker.read() - created;
  }

  /**
   * Sets the deadlines of an entry that nobody else sees yet. Asks the user's functions: no lock is held.
   *
   * @param loadNanos how long the value took to load, 0 if it was not loaded
   */
  void start(TimedNode<K, V> node, V value, long now, long loadNanos) {
    long life = afterWrite;
    if (lifetime != null) {
      Duration own = requireNonNull(lifetime.apply(node.key, value), "lifetime returned null");
      life = Math.min(life, CacheBuilder.nanos(own));
    }
    node.endsAt = later(now, shortened(life));
    node.expiresAt = Math.min(node.endsAt, later(now, afterAccess));
    node.refreshAt = Math.min(later(now, shortened(refreshAfter)), early(node.endsAt, loadNanos));
  }

  /** A life less up to the jitter's share of it, so that what is written together does not end together. */
  private long shortened(long life) {
    return life == TimedNode.NEVER || jitter == 0
        ? life
        : life - (long) (life * jitter * random.getAsDouble());
  }

  /** The end less an exponentially distributed multiple of the time that loading takes. */
  private long early(long endsAt, long loadNanos) {
    if (beta == 0 || loadNanos == 0 || endsAt == TimedNode.NEVER) {
      return TimedNode.NEVER;
    }
    return endsAt - (long) (beta * loadNanos * -Math.log(1 - random.getAsDouble()));
  }

  /** Who refreshes; null if nothing is refreshed. */
  @Nullable
  Executor executor() {
    return executor;
  }

  /** Tries again later to refresh what could not be. */
  void postpone(TimedNode<K, V> node, long now) {
    node.refreshAt = later(now, Math.min(refreshAfter, RETRY_NANOS));
  }

  void hit(TimedNode<K, V> node, long now) {
    if (afterAccess != TimedNode.NEVER) {
      node.expiresAt = Math.min(node.endsAt, later(now, afterAccess));
    }
  }

  /** Gives an entry another value, with the deadlines of a new entry. At no moment may a reader find one value with the other's longer life. */
  V rewrite(TimedNode<K, V> node, V value, TimedNode<K, V> as) {
    long expiresAt = as.expiresAt;
    node.expiresAt = Math.min(expiresAt, node.expiresAt);
    V before = node.exchange(value);
    node.endsAt = as.endsAt;
    node.expiresAt = expiresAt;
    node.refreshAt = as.refreshAt;
    return before;
  }

  private static long later(long now, long nanos) {
    return nanos == TimedNode.NEVER ? TimedNode.NEVER : now + nanos;
  }
}
