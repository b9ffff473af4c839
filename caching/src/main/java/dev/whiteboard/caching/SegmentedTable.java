package dev.whiteboard.caching;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.math.IntMath;
import dev.whiteboard.caching.Loads.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link Cache}: finds a key's segment, and changes it.
 *
 * <p>Every write is a {@link Change}: it locks the key's segment, has {@link Room} for what comes in, changes the segment,
 * unlocks it and tells the listener. Only a value that replaces another without weight and deadline needs no lock.
 */
final class SegmentedTable<K, V> {
  private static final int SEGMENTS_PER_PROCESSOR = 4;
  private static final int LARGEST_SEGMENT_COUNT = 1024;

  /** A policy that sees fewer entries than this would decide worse than one that sees all. */
  private static final int ENTRIES_PER_SEGMENT = 1024;

  private final Segment<K, V>[] segments;
  private final int largestMark;
  private final Room<K, V> room;
  private final Loads<K, V> loads;
  private final @Nullable RemovalListener<? super K, ? super V> listener;
  private final Removals<K, V> unheard = new Removals<>(null);
  private final @Nullable Expiry<K, V> expiry;
  private final @Nullable Weigher<? super K, ? super V> weigher;

  SegmentedTable(CacheBuilder<K, V> builder, Loads<K, V> loads) {
    int count = builder.segments > 0 ? builder.segments : segmentsFor(builder.maximum);
    segments = newSegments(count);
    long share = Room.share(builder.maximum, count);
    for (int i = 0; i < count; i++) {
      segments[i] = new Segment<>(builder.policy.create(share), builder.isTimed());
    }
    largestMark = segments[0].largestMark();
    room = new Room<>(segments, builder.maximum);
    this.loads = loads;
    listener = builder.listener;
    expiry = builder.isTimed() ? new Expiry<>(builder) : null;
    weigher = builder.weigher;
  }

  Room<K, V> room() {
    return room;
  }

  Loads<K, V> loads() {
    return loads;
  }

  @Nullable
  Expiry<K, V> expiry() {
    return expiry;
  }

  Removals<K, V> removals() {
    return listener == null ? unheard : new Removals<>(listener);
  }

  /** Looks a key up as a hit, and counts nothing. */
  @Nullable
  V look(K key, int hash) {
    Segment<K, V> segment = segment(hash);
    CacheNode<K, V> node = segment.find(key, hash);
    if (node == null) {
      return null;
    }
    V value = node.value;
    if (value == null) {
      return null;
    }
    if (expiry != null) {
      value = ifNotExpired(expiry, (TimedNode<K, V>) node);
      if (value == null) {
        return null;
      }
    }
    hit(segment, node);
    return value;
  }

  private void hit(Segment<K, V> segment, CacheNode<K, V> node) {
    if (largestMark == Policy.NEEDS_LOCK) {
      segment.hit(node);
    } else {
      node.countHit(largestMark);
    }
  }

  private static <K, V> @Nullable V ifNotExpired(Expiry<K, V> expiry, TimedNode<K, V> node) {
    while (true) {
      V value = node.value;
      long now = expiry.now();
      if (node.isExpired(now)) {
        return null;
      }
      if (node.value == value) {
        expiry.hit(node, now);
        return value;
      }
    }
  }

  @Nullable
  CacheNode<K, V> find(K key, int hash) {
    return segment(hash).find(key, hash);
  }

  /** Whether the key has a value; that is no hit. */
  boolean contains(Object key) {
    int hash = hash(key);
    CacheNode<K, V> node = segment(hash).find(key, hash);
    return node != null && node.value != null && (expiry == null || !node.isExpired(expiry.now()));
  }

  int segments() {
    return segments.length;
  }

  /** The live entries of a segment at this moment. */
  List<Map.Entry<K, V>> entries(int index) {
    Segment<K, V> segment = segments[index];
    List<Map.Entry<K, V>> entries = new ArrayList<>();
    long now = expiry == null ? 0 : expiry.now();
    segment.lock();
    try {
      for (CacheNode<K, V> node : segment.nodes()) {
        V value = node.value;
        if (value != null && !node.isExpired(now)) {
          entries.add(Map.entry(node.key, value));
        }
      }
    } finally {
      segment.unlock();
    }
    return entries;
  }

  /** Without weights and deadlines a value can take another's place without a lock. */
  @Nullable
  V replaceQuickly(K key, int hash, V value) {
    Segment<K, V> segment = segment(hash);
    CacheNode<K, V> node = segment.find(key, hash);
    if (node == null) {
      return null;
    }
    V before = node.value;
    while (before != null && !node.replace(before, value)) {
      before = node.value;
    }
    if (before != null) {
      hit(segment, node);
      if (listener != null) {
        Removals<K, V> gone = removals();
        gone.add(key, before, RemovalCause.REPLACED);
        gone.tell();
      }
    }
    return before;
  }

  /**
   * Writes a value, or removes the key if {@code value} is null, and returns what the key had before.
   *
   * @param expected the value that {@link Write#IF_SAME} wants to find
   * @param load the load that the value comes from, if it does
   */
  @Nullable
  V write(
      K key,
      int hash,
      @Nullable V value,
      Write when,
      @Nullable V expected,
      @Nullable Load<V> load) {
    long now = expiry == null ? 0 : expiry.now();
    CacheNode<K, V> newcomer =
        value == null ? null : newNode(key, hash, value, now, load == null ? 0 : load.nanos);
    Change<K, V> change = new Change<>(this, key, hash, newcomer, when, expected, load, now);
    try {
      while (!change.isDone()) {
        change.collect();
      }
    } finally {
      change.end();
    }
    return change.before;
  }

  /** Drops all entries, segment by segment. */
  void clear() {
    each((segment, gone) ->
        segment.nodes().forEach(node -> drop(segment, node, RemovalCause.EXPLICIT, gone)));
  }

  /** Drops what has expired. */
  void purge() {
    if (expiry != null) {
      long now = expiry.now();
      each((segment, gone) -> purge(segment, now, gone));
    }
  }

  private void each(BiConsumer<Segment<K, V>, Removals<K, V>> change) {
    for (Segment<K, V> segment : segments) {
      Removals<K, V> gone = removals();
      segment.lock();
      try {
        change.accept(segment, gone);
      } finally {
        segment.unlock();
      }
      gone.tell();
    }
  }

  void resize(long maximum) {
    Removals<K, V> gone = removals();
    room.resize(maximum, gone);
    gone.tell();
  }

  /** Without a weigher exactly what is paid for; else the segments' counts, read one after the other. */
  long size() {
    if (weigher == null) {
      return room.used();
    }
    long size = 0;
    for (Segment<K, V> segment : segments) {
      size += segment.size();
    }
    return size;
  }

  long evictions() {
    long evictions = 0;
    for (Segment<K, V> segment : segments) {
      evictions += segment.evictions();
    }
    return evictions;
  }

  private CacheNode<K, V> newNode(K key, int hash, V value, long now, long loadNanos) {
    if (isPlain()) {
      return new CacheNode<>(key, hash, value);
    }
    long weight = weigher == null ? 1 : weigher.weigh(key, value);
    checkArgument(weight >= 0, "weigher must return >= 0, was %s", weight);
    TimedNode<K, V> node = new TimedNode<>(key, hash, value, weight);
    if (expiry != null) {
      expiry.start(node, value, now, loadNanos);
    }
    return node;
  }

  void drop(Segment<K, V> segment, CacheNode<K, V> node, RemovalCause cause, Removals<K, V> gone) {
    gone.add(node.key, node.kill(), cause);
    segment.remove(node);
    room.give(node.weight());
  }

  void purge(Segment<K, V> segment, long now, Removals<K, V> gone) {
    segment.advance(now, node -> drop(segment, node, RemovalCause.EXPIRED, gone));
  }

  boolean isPlain() {
    return weigher == null && expiry == null;
  }

  Segment<K, V> segment(int hash) {
    return segments[hash & (segments.length - 1)];
  }

  private static int segmentsFor(long maximum) {
    int processors = Runtime.getRuntime().availableProcessors();
    long wanted = Math.min(
        (long) processors * SEGMENTS_PER_PROCESSOR,
        Math.min(maximum / ENTRIES_PER_SEGMENT, LARGEST_SEGMENT_COUNT));
    return IntMath.floorPowerOfTwo((int) Math.max(1, wanted));
  }

  /** The key's hash, mixed. The low bits choose the segment; within it, slot and policy go by the others. */
  static int hash(Object key) {
    return Node.mix(requireNonNull(key, "key").hashCode());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> Segment<K, V>[] newSegments(int count) {
    return new Segment[count];
  }
}
