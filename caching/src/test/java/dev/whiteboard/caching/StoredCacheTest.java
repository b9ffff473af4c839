package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoredCacheTest {
  private final Table table = new Table();
  private final Cache<String, Integer> cache = Cache.<String, Integer>builder()
      .maximumSize(2)
      .policy(EvictionPolicy.fifo())
      .build();

  /** A store in memory that can be out of order. */
  private static final class Table implements BackingStore<String, Integer> {
    final Map<String, Integer> rows = new ConcurrentHashMap<>();
    final List<Map<String, Optional<Integer>>> batches = new ArrayList<>();
    volatile boolean fails;

    @Override
    public @Nullable Integer load(String key) {
      return rows.get(key);
    }

    @Override
    public synchronized void write(Map<String, Optional<Integer>> changes) {
      if (fails) {
        throw new IllegalStateException("the table is locked");
      }
      batches.add(Map.copyOf(changes));
      changes.forEach((key, value) -> {
        if (value.isPresent()) {
          rows.put(key, value.get());
        } else {
          rows.remove(key);
        }
      });
    }
  }

  @Nested
  class WriteThrough {
    private final StoredCache<String, Integer> stored = StoredCache.writeThrough(cache, table);

    @Test
    void put_isInTheStoreWhenItReturns() {
      stored.put("a", 1);
      assertEquals(Map.of("a", 1), table.rows);
      assertEquals(1, stored.get("a"));
      stored.remove("a");
      assertEquals(Map.of(), table.rows);
      assertNull(stored.get("a"));
      assertEquals(0, stored.waiting());
    }

    @Test
    void get_notCached_isReadFromTheStore() {
      table.rows.put("a", 7);
      assertEquals(7, stored.get("a"));
      assertEquals(7, cache.getIfPresent("a"));
      assertNull(stored.get("nothing"));
    }

    @Test
    void put_storeFails_cacheDoesNotPretend() {
      stored.put("a", 1);
      table.fails = true;
      assertThrows(IllegalStateException.class, () -> stored.put("a", 2));
      assertNull(cache.getIfPresent("a"));
      assertEquals(1, stored.get("a"));
    }
  }

  @Nested
  class WriteBehind {
    private final StoredCache<String, Integer> stored = StoredCache.writeBehind(cache, table, 2, 4);

    @Test
    void put_manyTimes_isWrittenOnce() {
      for (int i = 0; i < 10; i++) {
        stored.put("a", i);
      }
      assertEquals(Map.of(), table.rows);
      assertEquals(1, stored.waiting());
      assertEquals(1, stored.flush());
      assertEquals(Map.of("a", 9), table.rows);
      assertEquals(0, stored.flush());
    }

    @Test
    void get_evictedBeforeItWasWritten_isStillFound() {
      stored.put("a", 1);
      stored.put("b", 2);
      stored.put("c", 3);
      assertNull(cache.getIfPresent("a"));
      assertEquals(1, stored.get("a"));
    }

    @Test
    void get_removedBeforeItWasWritten_staysRemoved() {
      table.rows.put("a", 1);
      stored.remove("a");
      assertNull(stored.get("a"));
      stored.flush();
      assertEquals(Map.of(), table.rows);
    }

    @Test
    void flush_moreThanABatch_writesInOrder() {
      stored.put("a", 1);
      stored.put("b", 2);
      stored.put("c", 3);
      stored.put("a", 4);
      assertEquals(3, stored.flush());
      assertEquals(
          List.of(Map.of("a", Optional.of(4), "b", Optional.of(2)), Map.of("c", Optional.of(3))),
          table.batches);
    }

    @Test
    void put_asManyWaitAsMay_writesABatchFirst() {
      for (int i = 0; i < 5; i++) {
        stored.put("k" + i, i);
      }
      assertEquals(3, stored.waiting());
      assertEquals(Map.of("k0", 0, "k1", 1), table.rows);
    }

    @Test
    void flush_storeFails_changesWaitOn() {
      stored.put("a", 1);
      table.fails = true;
      assertThrows(IllegalStateException.class, stored::flush);
      assertEquals(1, stored.waiting());
      assertThrows(IllegalStateException.class, stored::close);
      table.fails = false;
      stored.close();
      assertEquals(Map.of("a", 1), table.rows);
    }

    @Test
    void close_writesWhatWaitsAndRefusesMore() {
      stored.put("a", 1);
      stored.close();
      assertEquals(Map.of("a", 1), table.rows);
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> stored.put("a", 2));
      assertEquals("the cache is closed", e.getMessage());
      assertEquals(1, stored.get("a"), "it can be read");
    }

    @Test
    void threadsWriteReadAndFlush_theStoreEndsWithTheLastOfEachKey() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String mine = "key " + thread;
        SplittableRandom random = new SplittableRandom(thread);
        Callable<Void> run = () -> {
          for (int i = 1; i <= 5000; i++) {
            stored.put(mine, i);
            assertEquals(i, stored.get(mine), "a key never goes back");
            if (random.nextInt(10) == 0) {
              stored.flush();
            }
          }
          return null;
        };
        running.add(threads.submit(run));
      }
      for (Future<?> each : running) {
        each.get();
      }
      threads.shutdown();
      stored.close();
      assertTrue(table.rows.values().stream().allMatch(value -> value == 5000));
      assertEquals(4, table.rows.size());
    }
  }

  @Test
  void writeBehind_badInput_isRefused() {
    assertMessage("batch must be >= 1, was 0", () -> StoredCache.writeBehind(cache, table, 0, 1));
    assertMessage(
        "mostWaiting must be >= batch (5), was 4",
        () -> StoredCache.writeBehind(cache, table, 5, 4));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
