package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import java.util.List;

/**
 * Laws about caches. {@link CacheBounds}, {@link CacheOrders}, {@link CacheEvents} and {@link CacheLoads} look for
 * counter-examples.
 */
final class CacheLaws {
  static final String FOUND = "found";
  static final String ROOM = "room";
  static final String BOUND = "bound";
  static final String ONE = "one";
  static final String ZERO = "zero";
  static final String SINGLE = "single";
  static final String ORDER = "order";
  static final String SHRINK = "shrink";
  static final String WEIGHT = "weight";
  static final String HEAVY = "heavy";
  static final String EXPIRY = "expiry";
  static final String BACK = "back";
  static final String HEARD = "heard";
  static final String CAUSE = "cause";
  static final String EXPIRED = "expired";
  static final String LISTENER = "listener";
  static final String ONCE = "once";
  static final String FAILURE = "failure";
  static final String NOTHING = "nothing";
  static final String NESTED = "nested";
  static final String ITSELF = "itself";
  static final String STALE = "stale";
  static final String KEY = "key";
  static final String WEIGHER = "weigher";
  static final String NULLS = "nulls";
  static final String COUNTS = "counts";
  static final String THREADS = "threads";

  private CacheLaws() {}

  static List<Law<Kind>> all() {
    return List.of(
        law(
            FOUND,
            "What was put last is found while the cache is half empty; what was removed is not.",
            "another value, or none",
            CacheBounds::lost),
        law(
            ROOM,
            "As many entries as the maximum are kept.",
            "one that leaves before the cache is full",
            CacheBounds::early),
        law(
            BOUND,
            "The size is never above the maximum, looked at after each put.",
            "a larger size",
            CacheBounds::tooMany),
        law(
            ONE,
            "A cache of one entry works: each put leaves one entry, with its own value.",
            "an exception, or another number of entries",
            CacheBounds::notOne),
        law(
            ZERO,
            "A maximum of 0 is refused, or nothing is kept.",
            "an entry that is kept",
            CacheBounds::notNone),
        law(
            SINGLE,
            "A put into a full cache evicts one entry.",
            "a put that leaves fewer entries than there were",
            CacheBounds::manyForOne),
        law(
            ORDER,
            "The entry that leaves is the one that is promised: least recently used, least frequently used or first in.",
            "another one",
            CacheOrders::unordered),
        law(
            SHRINK,
            "A smaller maximum holds at once, and the entries that would leave last are kept.",
            "another number of entries, or worse ones",
            CacheBounds::badlyShrunk),
        law(
            WEIGHT,
            "The sum of the weights is never above the maximum, looked at after each put.",
            "a larger sum",
            CacheBounds::tooHeavy),
        law(
            HEAVY,
            "An entry heavier than the maximum is not kept, nor is the value that it replaces, and no other key leaves.",
            "one that is found, or light ones that leave",
            CacheBounds::displacing),
        law(
            EXPIRY,
            "A value is found until the nanosecond at which its life ends, and not from then on.",
            "a value that is found later or lost earlier",
            CacheEvents::wrongLife),
        law(
            BACK,
            "A clock that goes back loses nothing.",
            "a value that is not found",
            CacheEvents::lostBackwards),
        law(
            HEARD,
            "The listener hears once of every value that was put and is there no longer.",
            "a value that it hears of twice, or never",
            CacheEvents::misheard),
        law(
            CAUSE,
            "It hears whether the value was replaced, removed or evicted.",
            "another cause",
            CacheEvents::wrongCause),
        law(
            EXPIRED,
            "It hears once of a value whose life has ended, and that this is why.",
            "another cause, or nothing",
            CacheEvents::wrongEnd),
        law(
            LISTENER,
            "A listener that throws leaves the cache as it is after the removal.",
            "another value or number of entries",
            CacheEvents::deafened),
        law(
            ONCE,
            "Sixteen threads that miss one key load it once, and all get that value.",
            "a second load",
            CacheLoads::stampede),
        law(
            FAILURE,
            "A loader that throws caches nothing, and the next call loads.",
            "an entry, or a call that does not load",
            CacheLoads::failureKept),
        law(
            NOTHING,
            "A loader that returns null caches nothing, and the next call loads.",
            "an entry, or a call that does not load",
            CacheLoads::nothingKept),
        law(
            NESTED,
            "A loader may load another key, even one with the same hash.",
            "a load that throws or hangs",
            CacheLoads::notNested),
        law(
            ITSELF,
            "A loader that asks for its own key fails and is not called again; the key can be loaded afterwards.",
            "a load that hangs, returns or calls itself",
            CacheLoads::loadsItself),
        law(
            STALE,
            "A value that was loaded before its key was removed is not found afterwards.",
            "a value that comes back",
            CacheLoads::comesBack),
        law(
            KEY,
            "A key whose equals throws leaves the cache as it was, and usable.",
            "an entry that is lost",
            CacheEvents::brokenByKey),
        law(
            WEIGHER,
            "A weigher that throws leaves the cache as it was, and usable.",
            "an entry that is lost or new",
            CacheEvents::brokenByWeigher),
        law(
            NULLS,
            "A null key or value is refused by an exception, before anything changes.",
            "one that is accepted",
            CacheEvents::nullsKept),
        law(
            COUNTS,
            "Hits and misses are counted as they were, and add up to the look-ups.",
            "another count",
            CacheEvents::miscounted),
        law(
            THREADS,
            "Four threads of gets, puts and removals leave a size that is the number of keys, and within the maximum.",
            "another size, or a value of another key",
            CacheLoads::crowded));
  }

  private static Law<Kind> law(String id, String sentence, String breach, Law.Check<Kind> check) {
    return new Law<>(id, sentence, breach, check);
  }
}
