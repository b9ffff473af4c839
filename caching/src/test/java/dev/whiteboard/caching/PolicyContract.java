package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What every policy keeps, whatever its idea: a test for one policy extends this. */
abstract class PolicyContract {
  abstract EvictionPolicy policy();

  /** A cache of weighed nodes that trusts the policy in nothing. */
  private static final class Held {
    final Policy policy;
    final Map<Integer, WeighedNode> byKey = new LinkedHashMap<>();
    final Set<Node> nodes = new LinkedHashSet<>();
    long maximum;
    long weight;

    Held(EvictionPolicy policy, long maximum) {
      this.policy = policy.create(maximum);
      this.maximum = maximum;
    }

    void request(int key, long newWeight) {
      WeighedNode node = byKey.get(key);
      if (node != null) {
        policy.hit(node);
        reweigh(node, Math.min(newWeight, maximum));
      } else if (newWeight <= maximum) {
        WeighedNode newcomer = new WeighedNode(key, newWeight);
        makeRoom(newcomer, maximum - newWeight);
        policy.admit(newcomer);
        byKey.put(key, newcomer);
        nodes.add(newcomer);
        weight += newWeight;
      }
      assertTrue(weight <= maximum);
    }

    void remove(int key) {
      WeighedNode node = byKey.get(key);
      if (node != null) {
        policy.remove(node);
        forget(node);
      }
    }

    void resize(long newMaximum) {
      maximum = newMaximum;
      policy.resize(newMaximum);
      makeRoom(new WeighedNode(-1, 0), newMaximum);
    }

    void evictAll() {
      makeRoom(new WeighedNode(-1, 0), -1);
    }

    private void reweigh(WeighedNode node, long newWeight) {
      while (nodes.contains(node) && weight - node.weight > maximum - newWeight) {
        evict(node);
      }
      if (nodes.contains(node)) {
        policy.reweigh(node, newWeight - node.weight);
        weight += newWeight - node.weight;
        node.weight = newWeight;
      }
    }

    private void makeRoom(WeighedNode newcomer, long room) {
      while (weight > room && !nodes.isEmpty()) {
        evict(newcomer);
      }
    }

    private void evict(WeighedNode newcomer) {
      Node victim = policy.evict(newcomer);
      assertTrue(nodes.contains(victim), "evict returns a node that is held");
      forget((WeighedNode) victim);
    }

    private void forget(WeighedNode node) {
      assertEquals(node, node.older, "a node that has left is in no queue");
      assertEquals(node, node.younger);
      assertTrue(nodes.remove(node));
      byKey.remove(node.key);
      weight -= node.weight;
    }
  }

  static final class WeighedNode extends Node {
    final int key;
    long weight;

    WeighedNode(int key, long weight) {
      this.key = key;
      this.weight = weight;
      this.hash = key * 0x9E3779B9;
    }

    @Override
    long weight() {
      return weight;
    }
  }

  @Property(tries = 60)
  void everyNodeStaysUntilItIsEvictedOrRemoved(
      @ForAll @IntRange(max = 40) int maximum,
      @ForAll @IntRange(max = 40) int otherMaximum,
      @ForAll @IntRange(min = 1, max = 5) int heaviest,
      @ForAll long seed) {
    Held held = new Held(policy(), maximum);
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      int key = (int) (80 * random.nextDouble() * random.nextDouble());
      switch (random.nextInt(10)) {
        case 0 -> held.remove(key);
        case 1 -> held.request(key, random.nextInt(heaviest + 1));
        default -> held.request(key, 1 + key % heaviest);
      }
      if (i % 200 == 199) {
        held.resize(i < 300 ? otherMaximum : maximum);
      }
    }
    held.evictAll();
    assertEquals(0, held.weight);
    assertTrue(held.nodes.isEmpty());
  }

  @Property(tries = 40)
  void missesAreEntriesAndEvictions(
      @ForAll @IntRange(min = 1, max = 60) int capacity, @ForAll long seed) {
    CacheSimulator simulator = CacheSimulator.of(policy(), capacity);
    Random random = new Random(seed);
    Set<Long> asked = new LinkedHashSet<>();
    for (int i = 0; i < 1000; i++) {
      long key = (long) (150 * random.nextDouble() * random.nextDouble());
      boolean isNew = asked.add(key);
      boolean hit = simulator.request(key);
      assertFalse(hit && isNew);
      assertTrue(simulator.request(key), "a key that was just let in is cached");
    }
    CacheStats stats = simulator.stats();
    assertEquals(2000, stats.requests());
    assertEquals(Math.min(capacity, asked.size()), stats.misses() - stats.evictions());
  }

  @Property(tries = 40)
  void hitsNoMoreThanTheOptimum(@ForAll @IntRange(max = 60) int capacity, @ForAll long seed) {
    CacheSimulator simulator = CacheSimulator.of(policy(), capacity);
    Random random = new Random(seed);
    long[] keys = random.longs(1000, 0, 100).toArray();
    for (long key : keys) {
      simulator.request(key);
    }
    assertTrue(simulator.stats().hits() <= Belady.hits(keys, capacity));
  }

  @Example
  void capacityZero_keepsNothing() {
    CacheSimulator none = CacheSimulator.of(policy(), 0);
    assertFalse(none.request(1));
    assertFalse(none.request(1));
    assertEquals(new CacheStats(0, 2, 0), none.stats());
  }

  @Example
  void capacityOne_keepsTheLatest() {
    CacheSimulator one = CacheSimulator.of(policy(), 1);
    for (int round = 0; round < 5; round++) {
      assertFalse(one.request(1));
      assertTrue(one.request(1));
      assertFalse(one.request(2));
    }
    assertEquals(new CacheStats(5, 10, 9), one.stats());
  }

  @Example
  void capacityBeyondAllKeys_evictsNothing() {
    CacheSimulator huge = CacheSimulator.of(policy(), Long.MAX_VALUE);
    for (int round = 0; round < 3; round++) {
      for (int key = 0; key < 1000; key++) {
        assertEquals(round > 0, huge.request(key));
      }
    }
    assertEquals(new CacheStats(2000, 1000, 0), huge.stats());
  }

  @Example
  void hugeWeights_neverOverflow() {
    CacheSimulator huge = CacheSimulator.of(policy(), Long.MAX_VALUE);
    for (int i = 0; i < 200; i++) {
      huge.request(i % 7, Long.MAX_VALUE / 3);
      huge.request(i % 5, Long.MAX_VALUE);
      huge.request(i % 3, 1);
    }
    assertEquals(600, huge.stats().requests());
    assertTrue(huge.stats().evictions() > 0);
  }

  @Example
  void weightZero_isKeptWithoutCapacity() {
    CacheSimulator none = CacheSimulator.of(policy(), 0);
    assertFalse(none.request(1, 0));
    assertTrue(none.request(1, 0));
    assertTrue(none.request(1, 7), "it was there, and is too heavy now");
    assertFalse(none.request(1, 0));
  }

  /** Marks may be set from any thread and at any time, also after the node has left. */
  @Example
  void hit_afterTheNodeLeft_changesNoQueue() {
    Policy policy = policy().create(2);
    if (policy.largestMark() == Policy.NEEDS_LOCK) {
      return;
    }
    List<Node> nodes = new ArrayList<>();
    for (int key = 0; key < 4; key++) {
      nodes.add(new WeighedNode(key, 1));
    }
    policy.admit(nodes.get(0));
    policy.admit(nodes.get(1));
    Node victim = policy.evict(nodes.get(2));
    policy.hit(victim);
    policy.admit(nodes.get(2));
    Node second = policy.evict(nodes.get(3));
    assertNotSame(victim, second);
    policy.admit(nodes.get(3));
    assertNotSame(victim, policy.evict(new WeighedNode(9, 1)));
  }

  /** The hits of a policy over a sequence of keys, as a line of h and m. */
  static String replay(EvictionPolicy policy, long capacity, long... keys) {
    CacheSimulator simulator = CacheSimulator.of(policy, capacity);
    StringBuilder line = new StringBuilder();
    for (long key : keys) {
      line.append(simulator.request(key) ? 'h' : 'm');
    }
    return line.toString();
  }

  /** A cache written in the plainest way, to compare with. */
  interface Model {
    boolean request(int key);
  }

  /** Compares hit for hit over random requests with a hot middle, and tells apart what only the order shows. */
  static void assertAgrees(EvictionPolicy policy, int capacity, long seed, Model model) {
    CacheSimulator simulator = CacheSimulator.of(policy, capacity);
    Random random = new Random(seed);
    for (int i = 0; i < 1500; i++) {
      int key = (int) (3 * (capacity + 1) * random.nextDouble() * random.nextDouble());
      assertEquals(model.request(key), simulator.request(key), "request " + i);
    }
  }
}
