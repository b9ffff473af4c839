package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TinyLfuTest {
  @Test
  void toString_isTheNameOnTheCommandLine() {
    assertEquals("tiny-lfu", EvictionPolicy.tinyLfu().toString());
  }

  @Test
  void request_capacityZero_keepsNothing() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.tinyLfu(), 0);
    cache.request(1);
    assertFalse(cache.request(1));
  }

  @Test
  void request_capacityOne_keepsTheLast() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.tinyLfu(), 1);
    cache.request(1);
    cache.request(2);
    assertTrue(cache.request(2));
    assertFalse(cache.request(1));
  }

  @Test
  void request_hugeCapacity_evictsNothing() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.tinyLfu(), Long.MAX_VALUE);
    LongStream.range(0, 2_000).forEach(i -> cache.request(i % 1_000, Long.MAX_VALUE / 2_000));
    assertEquals(1_000, cache.stats().hits());
    assertEquals(0, cache.stats().evictions());
  }

  /** Window 1, main 9: the candidate was seen once, as the victim was, and leaves. */
  @Test
  void evict_candidateNoMoreFrequent_candidateLeaves() {
    TinyLfu policy = filled(10);
    Node candidate = policy.window.eldest();
    assertSame(candidate, policy.evict(new Node()));
  }

  @Test
  void evict_candidateMoreFrequent_victimLeaves() {
    TinyLfu policy = filled(10);
    Node victim = policy.probation.eldest();
    policy.hit(policy.window.eldest());
    assertSame(victim, policy.evict(new Node()));
    assertEquals(9, policy.probation.size());
  }

  @Test
  void hit_onProbation_isProtected() {
    TinyLfu policy = filled(10);
    Node hit = policy.probation.youngest();
    policy.hit(hit);
    assertSame(hit, policy.guarded.eldest());
    assertEquals(8, policy.probation.size());
  }

  /** Four fifths of 99 % of 10 are 7: the eighth that is hit sends the first back to probation. */
  @Test
  void hit_protectedFull_eldestGoesBackToProbation() {
    TinyLfu policy = filled(10);
    Node first = policy.probation.eldest();
    for (int i = 0; i < 8; i++) {
      policy.hit(policy.probation.eldest());
    }
    assertEquals(7, policy.guarded.size());
    assertSame(first, policy.probation.youngest());
  }

  @Test
  void request_scan_leavesTheHotSet() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.tinyLfu(), 1_000);
    LongStream.range(0, 20_000).forEach(i -> cache.request(i % 800));
    LongStream.range(0, 5_000).forEach(i -> cache.request(1_000_000 + i));
    long kept = LongStream.range(0, 800).filter(cache::request).count();
    assertTrue(kept > 700, kept + " of 800 kept");
  }

  /** Keys come again after up to 300 others: a window that stays at 5 entries hits one in sixty. */
  @Test
  void request_recentKeysAgain_windowClimbs() {
    CacheSimulator cache = CacheSimulator.of(EvictionPolicy.tinyLfu(), 500);
    Random random = new Random(3);
    long before = 0;
    for (int i = 0; i < 400_000; i++) {
      before = i == 300_000 ? cache.stats().hits() : before;
      cache.request(i % 2 == 0 ? i : Math.max(0, i - 1 - 2 * random.nextInt(300)));
    }
    double ratio = (cache.stats().hits() - before) / 100_000.0;
    assertTrue(ratio > 0.4, "hit ratio " + ratio);
  }

  @Test
  void request_skewed_hitsMoreThanFifoAndTheSameAgain() {
    long[] requests = new Random(7)
        .doubles(200_000)
        .mapToLong(x -> (long) Math.pow(100_000, x))
        .toArray();
    long hits = hits(EvictionPolicy.tinyLfu(), requests);
    assertTrue(hits > hits(EvictionPolicy.fifo(), requests) + 0.05 * requests.length);
    assertEquals(hits, hits(EvictionPolicy.tinyLfu(), requests));
  }

  private static TinyLfu filled(int maximum) {
    TinyLfu policy = new TinyLfu(maximum);
    for (int i = 0; i < maximum; i++) {
      Node node = new Node();
      node.hash = i * 0x9e37_79b9;
      policy.admit(node);
    }
    return policy;
  }

  private static long hits(EvictionPolicy policy, long[] requests) {
    CacheSimulator cache = CacheSimulator.of(policy, 500);
    LongStream.of(requests).forEach(cache::request);
    return cache.stats().hits();
  }
}
