package dev.whiteboard.caching;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries whose time has come, in O(1) an entry however many there are.
 *
 * <p><b>Idea.</b> Hierarchical timing wheels (Varghese and Lauck, <i>Hashed and Hierarchical Timing Wheels</i>, SOSP 1987):
 * a wheel of 64 buckets of 17 ms each, one whose buckets are as long as the whole first, and so on. An entry lies in the
 * finest wheel that reaches its deadline. When time enters a bucket, its entries either have expired or fall into a
 * finer wheel, at most once per wheel. An entry whose deadline was moved by a hit stays where it is until then.
 *
 * <p><b>Cost.</b> O(1) to schedule and to cancel, 64 empty buckets looked at in a wheel at most. <b>Thread safety.</b>
 * None: the segment's lock guards it.
 */
final class TimerWheel<K, V> {
  private static final int SLOT_BITS = 6;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** 2^24 ns are 17 ms: how late an entry may be dropped; that it is not returned is checked to the nanosecond. */
  private static final int TICK_BITS = 24;

  /** Five wheels reach 2^54 ns, 208 days; what is later lies in the last and falls back into it. */
  private static final int WHEELS = 5;

  private final @Nullable TimedNode<K, V>[] buckets = newBuckets();

  /** The latest reading, in nanoseconds since the cache was created. */
  private long now;

  /** Puts an entry where its deadline says; one that has passed is found at the next tick. */
  void schedule(TimedNode<K, V> node) {
    long delay = Math.max(node.expiresAt - now, 1L << TICK_BITS);
    int wheel = Math.min(
        WHEELS - 1, (Long.SIZE - 1 - Long.numberOfLeadingZeros(delay) - TICK_BITS) / SLOT_BITS);
    long reach = 1L << (TICK_BITS + SLOT_BITS * (wheel + 1));
    int bucket = bucket(wheel, now + Math.min(delay, reach - 1));
    TimedNode<K, V> first = buckets[bucket];
    node.later = first;
    node.earlier = null;
    if (first != null) {
      first.earlier = node;
    }
    node.bucket = bucket;
    buckets[bucket] = node;
  }

  /** Takes an entry out, if it is in. */
  void cancel(TimedNode<K, V> node) {
    if (node.bucket < 0) {
      return;
    }
    if (node.earlier == null) {
      buckets[node.bucket] = node.later;
    } else {
      node.earlier.later = node.later;
    }
    if (node.later != null) {
      node.later.earlier = node.earlier;
    }
    node.bucket = -1;
  }

  /**
   * Moves on to a later reading and hands over the entries that have expired by then; they are in no bucket any more. A
   * reading that is not later changes nothing.
   */
  void advance(long nowNanos, Consumer<TimedNode<K, V>> expired) {
    long before = now;
    if (nowNanos - before <= 0) {
      return;
    }
    now = nowNanos;
    for (int wheel = 0; wheel < WHEELS; wheel++) {
      int shift = TICK_BITS + SLOT_BITS * wheel;
      long entered = Math.min((nowNanos >>> shift) - (before >>> shift), SLOTS);
      for (int i = 1; i <= entered; i++) {
        empty((wheel << SLOT_BITS) | ((int) ((before >>> shift) + i) & (SLOTS - 1)), expired);
      }
    }
  }

  private void empty(int bucket, Consumer<TimedNode<K, V>> expired) {
    TimedNode<K, V> node = buckets[bucket];
    buckets[bucket] = null;
    while (node != null) {
      TimedNode<K, V> later = node.later;
      node.bucket = -1;
      if (node.isExpired(now)) {
        expired.accept(node);
      } else {
        schedule(node);
      }
      node = later;
    }
  }

  private static int bucket(int wheel, long nanos) {
    int tick = (int) (nanos >>> (TICK_BITS + SLOT_BITS * wheel));
    return (wheel << SLOT_BITS) | (tick & (SLOTS - 1));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> @Nullable TimedNode<K, V>[] newBuckets() {
    return new TimedNode[WHEELS << SLOT_BITS];
  }
}
