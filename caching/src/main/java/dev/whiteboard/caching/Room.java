package dev.whiteboard.caching;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bound of a {@link Cache} over all its segments: who lets an entry in has paid for its weight before.
 *
 * <p>Paid is what was free, or what an evicted entry has freed. So a full cache evicts and inserts in one segment without
 * touching what the segments share.
 */
final class Room<K, V> {
  private final Segment<K, V>[] segments;

  /** What entries weigh, and what has been paid for those to come. Above the limit only while a resize evicts. */
  private final AtomicLong used = new AtomicLong();

  private volatile long limit;

  /** What the cache tells: the limit, once all that is too much has left. */
  private volatile long maximum;

  /** Who needs more than a segment has collects from all; one at a time, or two might wait for each other's. */
  private final ReentrantLock collecting = new ReentrantLock();

  Room(Segment<K, V>[] segments, long maximum) {
    this.segments = segments;
    this.limit = maximum;
    this.maximum = maximum;
  }

  /** A segment's part of the maximum, by which its policy sizes its regions. */
  static long share(long maximum, int segments) {
    return maximum / segments + (maximum % segments == 0 ? 0 : 1);
  }

  long used() {
    return used.get();
  }

  long limit() {
    return limit;
  }

  long maximum() {
    return maximum;
  }

  /** Pays with what is free, wholly or not at all. */
  boolean tryTake(long weight) {
    while (true) {
      long before = used.get();
      if (before > limit - weight) {
        return false;
      }
      if (used.compareAndSet(before, before + weight)) {
        return true;
      }
    }
  }

  void give(long weight) {
    if (weight != 0) {
      used.addAndGet(-weight);
    }
  }

  /** Evicts from all segments in turn until {@code weight} is paid for; false if the cache has become too small for it. */
  boolean collect(long weight, Node newcomer, Removals<K, V> gone) {
    collecting.lock();
    try {
      long paid = 0;
      while (weight <= limit) {
        for (Segment<K, V> segment : segments) {
          if (tryTake(weight - paid)) {
            return true;
          }
          paid += evict(segment, weight - paid, newcomer, gone);
          if (paid >= weight) {
            give(paid - weight);
            return true;
          }
        }
      }
      give(paid);
      return false;
    } finally {
      collecting.unlock();
    }
  }

  /** Evicts until {@code weight} is freed, or the segment is empty. */
  private long evict(Segment<K, V> segment, long weight, Node newcomer, Removals<K, V> gone) {
    long freed = 0;
    segment.lock();
    try {
      while (freed < weight && segment.size() > 0) {
        freed += segment.evict(newcomer, gone).weight();
      }
    } finally {
      segment.unlock();
    }
    return freed;
  }

  /** Changes the bound, evicting as many from each segment in turn as it takes. */
  void resize(long newMaximum, Removals<K, V> gone) {
    collecting.lock();
    try {
      maximum = Math.max(maximum, newMaximum);
      limit = newMaximum;
      for (Segment<K, V> segment : segments) {
        segment.lock();
        try {
          segment.resize(share(newMaximum, segments.length));
        } finally {
          segment.unlock();
        }
      }
      while (used.get() > newMaximum) {
        for (Segment<K, V> segment : segments) {
          if (used.get() > newMaximum) {
            give(evict(segment, 1, new Node(), gone));
          }
        }
      }
      maximum = newMaximum;
    } finally {
      collecting.unlock();
    }
  }
}
