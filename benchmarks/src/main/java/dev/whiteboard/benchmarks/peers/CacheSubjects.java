package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.CacheLaws.BOUND;
import static dev.whiteboard.benchmarks.peers.CacheLaws.ITSELF;
import static dev.whiteboard.benchmarks.peers.CacheLaws.NESTED;
import static dev.whiteboard.benchmarks.peers.CacheLaws.NULLS;
import static dev.whiteboard.benchmarks.peers.CacheLaws.ORDER;
import static dev.whiteboard.benchmarks.peers.CacheLaws.ROOM;
import static dev.whiteboard.benchmarks.peers.CacheLaws.WEIGHER;
import static dev.whiteboard.benchmarks.peers.CacheLaws.WEIGHT;
import static dev.whiteboard.benchmarks.peers.CacheLaws.ZERO;

import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Order;
import dev.whiteboard.caching.EvictionPolicy;
import java.util.List;
import java.util.function.UnaryOperator;

/** Who caches: ours and their peers. In brackets, what is set other than by default. */
final class CacheSubjects {
  private static final String CAFFEINE = "Caffeine 3.3.1";
  private static final String GUAVA = "Guava 33.8.0";
  private static final String CACHE2K = "cache2k 2.6.1";
  private static final String HUTOOL = "hutool-cache 5.8.41";
  private static final int SEGMENTS = 8;

  private CacheSubjects() {}

  static List<Subject<Kind>> all() {
    return List.of(
        Subject.ours("Cache", OurCaches.cache(Order.OWN, UnaryOperator.identity())),
        Subject.ours(
            "Cache (FIFO)",
            OurCaches.cache(
                Order.FIFO, builder -> builder.policy(EvictionPolicy.fifo()).segments(1))),
        Subject.ours(
            "Cache (8 segments)",
            OurCaches.cache(Order.OWN, builder -> builder.segments(SEGMENTS))),
        Subject.ours("Cache (weighed)", OurCaches.weighed()),
        Subject.ours("Cache (timed)", OurCaches.timed()),
        plainly(Subject.ours("LruCache", OurCaches.lru())),
        plainly(Subject.ours("LfuCache", OurCaches.lfu())),
        caffeine("Caffeine (same thread)", PeerCaches.caffeine()),
        caffeine("Caffeine", PeerCaches.lateCaffeine())
            .admitting("it exceeds its maximum for a while, until it evicts", BOUND, WEIGHT),
        Subject.of(
            "Guava (1 segment)", GUAVA, PeerCaches.guava(builder -> builder.concurrencyLevel(1))),
        Subject.of("Guava", GUAVA, PeerCaches.guava(UnaryOperator.identity()))
            .admitting("it may evict before the maximum is reached", ROOM),
        Subject.of("cache2k", CACHE2K, Cache2kCaches.cache2k())
            .admitting("its weigher is called after a value is inserted", WEIGHER),
        Subject.of("hutool LRUCache", HUTOOL, HutoolCaches.lru()),
        Subject.of("hutool LFUCache", HUTOOL, HutoolCaches.lfu())
            .admitting("a capacity of 0 is none", ZERO)
            .admitting("an eviction takes the least count off all others", ORDER),
        overMap(
            Subject.of("LinkedHashMap (access order)", "the JDK", TextbookCaches.linkedHashMap())),
        textbook("textbook: no new head", "like TheAlgorithms'", TextbookCaches.headless()),
        overMap(
            Subject.of("textbook: clear to shrink", "like iluwatar's", TextbookCaches.clearing())),
        textbook("textbook: evict all least used", "like Jodd's", TextbookCaches.sweeping()),
        textbook(
            "textbook: check, then load", "like many articles", TextbookCaches.checkThenLoad()));
  }

  private static Subject<Kind> plainly(Subject<Kind> subject) {
    return subject.admitting(
        "it calls the loader as a method does, and keeps no account of loads", ITSELF);
  }

  private static Subject<Kind> caffeine(String name, Kind kind) {
    return Subject.of(name, CAFFEINE, kind)
        .admitting("a loader must not update any other mapping of the cache", NESTED);
  }

  private static Subject<Kind> overMap(Subject<Kind> subject) {
    return subject
        .admitting("a loader must not modify the map", NESTED, ITSELF)
        .admitting("a HashMap permits null", NULLS);
  }

  private static Subject<Kind> textbook(String name, String library, Kind kind) {
    return Subject.of(name, library, kind).admitting("a HashMap permits null", NULLS);
  }
}
