package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of the two policies with regions: whatever happens, no entry is lost, doubled or forgotten. */
class AdaptiveProperties {
  private static final class Entry extends Node {
    long weight;

    @Override
    long weight() {
      return weight;
    }
  }

  /** A cache of nothing but nodes, which keeps to the rules of {@link Policy} and checks each answer. */
  private static final class Cache {
    final Random random;
    final Policy policy;
    final List<NodeQueue> queues;
    final List<Entry> held = new ArrayList<>();
    long maximum;
    long weight;

    Cache(long maximum, long seed, LongFunction<Policy> factory) {
      this.random = new Random(seed);
      this.maximum = maximum;
      this.policy = factory.apply(maximum);
      this.queues = policy instanceof Adaptive adaptive
          ? List.of(adaptive.window, adaptive.main)
          : List.of(
              ((TinyLfu) policy).window, ((TinyLfu) policy).probation, ((TinyLfu) policy).guarded);
    }

    void step() {
      int dice = random.nextInt(100);
      if (held.isEmpty() || dice < 40) {
        insert(random.nextInt(4));
      } else if (dice < 80) {
        policy.hit(any());
      } else if (dice < 90) {
        Entry removed = any();
        policy.remove(removed);
        forget(removed);
      } else if (dice < 98) {
        reweigh(any(), random.nextInt(6));
      } else {
        maximum = random.nextInt(60);
        policy.resize(maximum);
        makeRoom(maximum, new Entry());
      }
    }

    void insert(long newWeight) {
      if (newWeight > maximum) {
        return;
      }
      Entry entry = new Entry();
      entry.weight = newWeight;
      entry.hash = random.nextInt(100) * 0x9e37_79b9;
      makeRoom(maximum - newWeight, entry);
      policy.admit(entry);
      held.add(entry);
      weight += newWeight;
    }

    void reweigh(Entry entry, long newWeight) {
      policy.reweigh(entry, newWeight - entry.weight);
      weight += newWeight - entry.weight;
      entry.weight = newWeight;
      makeRoom(maximum, entry);
    }

    void makeRoom(long bound, Entry newcomer) {
      while (weight > bound) {
        evict(newcomer);
      }
    }

    void evict(Entry newcomer) {
      Entry evicted = (Entry) policy.evict(newcomer);
      assertTrue(held.contains(evicted), "evicted what is not held");
      forget(evicted);
    }

    void forget(Entry entry) {
      held.remove(entry);
      weight -= entry.weight;
    }

    Entry any() {
      return held.get(random.nextInt(held.size()));
    }

    void check() {
      Set<Node> queued = new HashSet<>();
      long queuedWeight = 0;
      for (NodeQueue queue : queues) {
        long size = 0;
        if (!queue.isEmpty()) {
          for (Node node = queue.eldest(); !queue.isEnd(node); node = node.younger) {
            assertTrue(queued.add(node), "in two queues");
            size++;
          }
        }
        assertEquals(size, queue.size());
        queuedWeight += queue.weight();
      }
      assertEquals(new HashSet<>(held), queued);
      assertEquals(weight, queuedWeight);
      assertTrue(weight <= maximum);
    }
  }

  @Property(tries = 300)
  void adaptiveHoldsEachEntryInOneQueue(
      @ForAll @IntRange(max = 60) int maximum, @ForAll long seed) {
    holdsEachEntryInOneQueue(new Cache(maximum, seed, Adaptive::new));
  }

  @Property(tries = 300)
  void tinyLfuHoldsEachEntryInOneQueue(@ForAll @IntRange(max = 60) int maximum, @ForAll long seed) {
    holdsEachEntryInOneQueue(new Cache(maximum, seed, TinyLfu::new));
  }

  private static void holdsEachEntryInOneQueue(Cache cache) {
    for (int i = 0; i < 300; i++) {
      cache.step();
      cache.check();
    }
    while (!cache.held.isEmpty()) {
      cache.evict(new Entry());
      cache.check();
    }
  }

  /** Weights of 7 in a cache of seven times the capacity are entries of weight 1, but for a border between two entries. */
  @Property(tries = 30)
  void scalingAllWeightsHardlyMatters(@ForAll long seed) {
    long[] requests = new Random(seed)
        .doubles(20_000)
        .mapToLong(x -> (long) Math.pow(5_000, x))
        .toArray();
    CacheSimulator ones = CacheSimulator.of(EvictionPolicy.adaptive(), 200);
    CacheSimulator sevens = CacheSimulator.of(EvictionPolicy.adaptive(), 1_400);
    for (long key : requests) {
      ones.request(key, 1);
      sevens.request(key, 7);
    }
    long difference = Math.abs(ones.stats().hits() - sevens.stats().hits());
    assertTrue(difference < requests.length / 40, "difference " + difference);
  }
}
