package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AdaptiveTest {
  private static final long UNIQUE = 1L << 40;

  @Test
  void toString_isTheNameOnTheCommandLine() {
    assertEquals("adaptive", EvictionPolicy.adaptive().toString());
  }

  @Test
  void hit_onlyMarks() {
    Adaptive policy = new Adaptive(10);
    Node node = new Node();
    policy.admit(node);
    policy.hit(node);
    assertEquals(1, policy.largestMark());
    assertEquals(1, node.mark);
    assertSame(node, policy.window.eldest());
  }

  @Test
  void request_capacityZero_keepsNothing() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.adaptive(), 0);
    assertFalse(cache.request(1));
    assertFalse(cache.request(1));
    assertEquals(0, cache.stats().evictions());
  }

  @Test
  void request_capacityOne_keepsTheLast() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.adaptive(), 1);
    cache.request(1);
    assertTrue(cache.request(1));
    cache.request(2);
    assertTrue(cache.request(2));
    assertFalse(cache.request(1));
  }

  @Test
  void request_hugeCapacity_evictsNothing() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.adaptive(), Long.MAX_VALUE);
    for (int key = 0; key < 1_000; key++) {
      cache.request(key, Long.MAX_VALUE / 2_000);
    }
    for (int key = 0; key < 1_000; key++) {
      assertTrue(cache.request(key, Long.MAX_VALUE / 2_000));
    }
    assertEquals(0, cache.stats().evictions());
  }

  @Test
  void request_entryAsHeavyAsTheCache_leavesItAlone() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.adaptive(), 100);
    for (int key = 0; key < 50; key++) {
      cache.request(key, 2);
    }
    assertFalse(cache.request(99, 100));
    assertTrue(cache.request(99, 100));
    assertEquals(50, cache.stats().evictions());
  }

  /** What is hit between two rounds of the hand stays; a scan of ten times the cache passes through the window. */
  @Test
  void request_scan_leavesTheHotSet() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.adaptive(), 1_000);
    for (int i = 0; i < 20_000; i++) {
      cache.request(i % 800);
    }
    for (int i = 0; i < 10_000; i++) {
      cache.request(UNIQUE + i);
    }
    int kept = 0;
    for (int key = 0; key < 800; key++) {
      kept += cache.request(key) ? 1 : 0;
    }
    assertTrue(kept > 700, kept + " of 800 kept");
  }

  /** LRU hits nothing here; the optimum is 90 %. */
  @Test
  void request_loopOneTenthLargerThanTheCache_hitsMostOfIt() {
    assertTrue(hitRatio(EvictionPolicy.adaptive(), 1_000, loop(1_100)) > 0.85);
  }

  /** LRU hits nothing here; the optimum is 25 %. The count that a hit entry is owed makes the difference. */
  @Test
  void request_loopFourTimesTheCache_hitsNearlyWhatFits() {
    assertTrue(hitRatio(EvictionPolicy.adaptive(), 256, loop(1_011)) > 0.22);
  }

  /** A key comes twice, 400 other keys in between, and never again: a window of two fifths hits all second requests. */
  @Test
  void request_everyKeyTwice_windowGrowsUntilItHits() {
    long[] requests = new long[200_000];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = i % 2 == 0 ? i : Math.max(0, i - 401);
    }
    long[] last = Arrays.copyOfRange(requests, 150_000, 200_000);
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.adaptive(), 1_000);
    for (int i = 0; i < 150_000; i++) {
      cache.request(requests[i]);
    }
    long before = cache.stats().hits();
    for (long key : last) {
      cache.request(key);
    }
    assertTrue(cache.stats().hits() - before > 0.9 * last.length / 2);
  }

  /**
   * Two of three requests are for 950 hot keys; each other key comes twice, 150 others of its kind in between. A hot place
   * is hit most, but a window that counts bits for hits grows to four fifths, and the hot keys hit 69 %.
   */
  @Test
  void request_hotSetBesidePairs_windowLeavesTheHotSet() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.adaptive(), 1_000);
    Random random = new Random(5);
    int hits = 0;
    for (int i = 0; i < 400_000; i++) {
      int pair = i / 3;
      boolean hot = i % 3 != 0;
      long key = hot ? random.nextInt(950) : UNIQUE + (pair % 2 == 0 ? pair : pair - 301);
      boolean hit = cache.request(key);
      hits += hot && hit && i >= 300_000 ? 1 : 0;
    }
    assertTrue(hits > 0.95 * 200_000 / 3, hits + " hits");
  }

  @Test
  void request_zipf_hitsMoreThanClock() {
    long[] requests = skewed(300_000, 7);
    double adaptive = hitRatio(EvictionPolicy.adaptive(), 500, requests);
    double clock = hitRatio(EvictionPolicy.clock(), 500, requests);
    assertTrue(adaptive > clock + 0.03, adaptive + " against " + clock);
  }

  @Test
  void request_sameRequests_sameHits() {
    long[] requests = skewed(50_000, 8);
    double first = hitRatio(EvictionPolicy.adaptive(), 300, requests);
    assertEquals(first, hitRatio(EvictionPolicy.adaptive(), 300, requests));
  }

  /** A bound for the slowest put: however many entries were hit, an eviction looks at few of them. */
  @Test
  void evict_allWereHit_passesFew() {
    Adaptive policy = new Adaptive(10_000);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Node node = new Node();
      node.hash = i * 0x9e37_79b9;
      policy.admit(node);
      nodes.add(node);
    }
    nodes.forEach(policy::hit);
    policy.evict(new Node());
    long passed = nodes.stream().filter(node -> node.mark == 0).count();
    assertEquals(2 * 16, passed);
  }

  /** Every second request has a new key, all with one hash, which therefore looks frequent. */
  @Test
  void admit_floodOfOneHash_costsNoMoreThanClock() {
    double adaptive = hitRatioUnderFlood(new Adaptive(500));
    double clock = hitRatioUnderFlood(new Clock());
    assertTrue(adaptive > clock - 0.02, adaptive + " against " + clock);
  }

  /** The hit ratio of the skewed half of the requests. */
  private static double hitRatioUnderFlood(Policy policy) {
    Map<Long, Node> cached = new HashMap<>();
    Map<Node, Long> keys = new HashMap<>();
    long[] requests = skewed(100_000, 9);
    int hits = 0;
    for (int i = 0; i < 2 * requests.length; i++) {
      boolean flood = i % 2 == 1;
      Long key = flood ? UNIQUE + i : requests[i / 2];
      Node node = cached.get(key);
      if (node != null) {
        hits++;
        policy.hit(node);
        continue;
      }
      Node newcomer = new Node();
      newcomer.hash = flood ? 0x1234_5678 : (int) (key * 0x9e37_79b9);
      if (cached.size() == 500) {
        cached.remove(keys.remove(policy.evict(newcomer)));
      }
      policy.admit(newcomer);
      cached.put(key, newcomer);
      keys.put(newcomer, key);
    }
    return (double) hits / requests.length;
  }

  private static double hitRatio(EvictionPolicy policy, long capacity, long[] requests) {
    CacheSimulator cache = CacheSimulator.of(policy, capacity);
    for (long key : requests) {
      cache.request(key);
    }
    return (double) cache.stats().hits() / requests.length;
  }

  private static long[] loop(int length) {
    return LongStream.range(0, 100L * length).map(i -> i % length).toArray();
  }

  /** Keys below 100,000, of which each is asked for about as often as all those beyond its double: a tail like Zipf's. */
  private static long[] skewed(int requests, long seed) {
    Random random = new Random(seed);
    return LongStream.generate(() -> (long) Math.pow(100_000, random.nextDouble()))
        .limit(requests)
        .toArray();
  }
}
