package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LfuCacheProperties {
  enum Operation {
    LOAD,
    PUT,
    GET,
    REMOVE
  }

  @Property(tries = 300)
  void agreesWithASearchForTheFewestUses(
      @ForAll @IntRange(min = 1, max = 25) int capacity,
      @ForAll boolean ageing,
      @ForAll @Size(max = 400) List<Operation> operations,
      @ForAll @Size(value = 400) List<@IntRange(max = 40) Integer> keys) {
    LfuCache<Integer, Integer> cache =
        ageing ? LfuCache.createAgeing(capacity) : LfuCache.create(capacity);
    LfuModel model = new LfuModel(capacity, ageing);
    for (int i = 0; i < operations.size(); i++) {
      Integer key = keys.get(i);
      boolean present = model.uses(key) > 0;
      switch (operations.get(i)) {
        case LOAD -> {
          cache.get(key, k -> k);
          model.request(key);
        }
        case PUT -> {
          assertEquals(present ? key : null, cache.put(key, key));
          model.request(key);
        }
        case GET -> {
          assertEquals(present ? key : null, cache.get(key));
          if (present) {
            model.request(key);
          }
        }
        case REMOVE -> assertEquals(model.remove(key), cache.remove(key) != null);
      }
      assertEquals(model.keys(), cache.keys());
      assertEquals(model.keys().size(), cache.size());
    }
  }

  @Property(tries = 200)
  void policyInTheSimulatorHitsAsTheCacheDoes(
      @ForAll @IntRange(min = 1, max = 25) int capacity,
      @ForAll boolean ageing,
      @ForAll @Size(max = 600) List<@IntRange(max = 60) Integer> keys) {
    LfuCache<Integer, Integer> cache =
        ageing ? LfuCache.createAgeing(capacity) : LfuCache.create(capacity);
    CacheSimulator simulator =
        CacheSimulator.of(ageing ? EvictionPolicy.agingLfu() : EvictionPolicy.lfu(), capacity);
    for (Integer key : keys) {
      cache.get(key, k -> k);
      simulator.request(key);
    }
    assertEquals(simulator.stats(), cache.stats());
  }
}
