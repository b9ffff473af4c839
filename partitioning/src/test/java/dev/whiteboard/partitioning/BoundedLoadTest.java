package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BoundedLoadTest {
  private static BoundedLoad<String> over(double factor, String... ids) {
    return BoundedLoad.over(Rotation.of(ids), factor);
  }

  private static List<String> acquire(BoundedLoad<String> load, int times) {
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      nodes.add(load.acquire(0));
    }
    return nodes;
  }

  /** The caps for m = 1 to 6 are the ceilings of 0.625, 1.25, 1.875, 2.5, 3.125 and 3.75. */
  @Test
  void acquire_oneHotKey_overflowsToTheNextNode() {
    assertEquals(List.of("a", "a", "b", "a", "a", "b"), acquire(over(1.25, "a", "b"), 6));
  }

  /** Weights 1 and 3, caps for m = 1 to 4: 1 1 1 2 for a. */
  @Test
  void acquire_weights_raiseTheCap() {
    BoundedLoad<String> load =
        BoundedLoad.over(new Rotation<>(List.of(Node.of("a", 1), Node.of("b", 3))), 1.25);
    assertEquals(List.of("a", "b", "b", "a"), acquire(load, 4));
    assertEquals(2, load.cap("a"));
    assertEquals(4, load.cap("b"));
  }

  @Test
  void acquire_manyNodesAreFull_goesOnAlongTheOrder() {
    BoundedLoad<String> load = over(1.01, "a", "b", "c", "d", "e", "f", "g");
    assertEquals(List.of("a", "b", "c", "d", "e", "f"), acquire(load, 6));
    assertEquals(1, load.cap("a"));
    // The seventh request raises the cap to 2.
    assertEquals("d", load.acquire(3));
  }

  @Test
  void acquire_singleNode_takesEverything() {
    BoundedLoad<String> load = over(1.000001, "a");
    assertEquals(1000, Collections.frequency(acquire(load, 1000), "a"));
    assertEquals(1001, load.cap("a"));
  }

  @Test
  void release_request_makesRoom() {
    BoundedLoad<String> load = over(1.25, "a", "b");
    acquire(load, 6);
    load.release("a");
    assertEquals(Map.of("a", 3L, "b", 2L), load.loads());
    assertEquals("a", load.acquire(0));
    assertEquals(6, load.total());
  }

  /** Six requests allow 4 on a node; three allow 2, so a is above its cap until it has released two more. */
  @Test
  void release_ofOtherNodes_mayLeaveANodeAboveItsCap() {
    BoundedLoad<String> load = over(1.25, "a", "b", "c");
    acquire(load, 8);
    assertEquals(Map.of("a", 4L, "b", 3L, "c", 1L), load.loads());
    load.release("b");
    load.release("b");
    load.release("b");
    load.release("c");
    assertEquals(2, load.cap("a"));
    assertEquals(4, load.load("a"));
    assertEquals("b", load.acquire(0));
  }

  @Test
  void release_moreThanAcquired_isRefused() {
    BoundedLoad<String> load = over(1.25, "a", "b");
    load.release(load.acquire(0));
    assertEquals(
        "node a has no request in flight",
        assertThrows(IllegalStateException.class, () -> load.release("a")).getMessage());
    assertEquals("node x is not there", refused(() -> load.release("x")));
    assertEquals("node", missing(() -> load.release(null)));
    assertEquals(Map.of("a", 0L, "b", 0L), load.loads());
    assertEquals(0, load.total());
  }

  @Test
  void queries_unknownNode_isRefused() {
    assertEquals("node x is not there", refused(() -> over(2, "a").load("x")));
    assertEquals("node x is not there", refused(() -> over(2, "a").cap("x")));
    assertEquals("node", missing(() -> over(2, "a").load(null)));
    assertEquals("node", missing(() -> over(2, "a").cap(null)));
  }

  @Test
  void loads_areInTheOrderOfTheNodes() {
    assertEquals(
        List.of("b", "a", "c"), List.copyOf(over(2, "b", "a", "c").loads().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> over(2, "a").loads().clear());
  }

  @Test
  void over_badArgument_isRefused() {
    for (double factor : new double[] {
      1, 0, -2, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1000.5
    }) {
      assertEquals(
          "factor must be in (1, 1000.0], was " + factor, refused(() -> over(factor, "a")));
    }
    assertEquals("partitioner", missing(() -> BoundedLoad.over(null, 1.25)));
  }

  @Test
  void over_smallestAndLargestFactor_areAllowed() {
    assertEquals(List.of("a", "a", "b", "a"), acquire(over(Math.nextUp(1.0), "a", "b"), 4));
    assertEquals(100, Collections.frequency(acquire(over(1000, "a", "b"), 100), "a"));
  }

  /** The double nearest to 1.1 is a little more, and its product with 10 would be rounded up to 12. */
  @Test
  void cap_factor_isTheDecimalNumber() {
    BoundedLoad<String> load = over(1.1, "a");
    acquire(load, 10);
    assertEquals(11, load.cap("a"));
    BoundedLoad<String> finer = over(1.1000001, "a");
    acquire(finer, 10);
    assertEquals(12, finer.cap("a"));
  }

  @Test
  void cap_noRequest_isZero() {
    assertEquals(0, over(1.25, "a").cap("a"));
  }

  @Test
  void cap_huge_saturates() {
    assertEquals(Long.MAX_VALUE, BoundedLoad.cap(1_000_000_000, Long.MAX_VALUE, 1_000_000));
    assertEquals(Long.MAX_VALUE, BoundedLoad.cap(1_000_000, Long.MAX_VALUE, 1_000_000));
    assertEquals(6_148_914_691_236_517_205L, BoundedLoad.cap(2_000_000, Long.MAX_VALUE, 3_000_000));
  }

  @Test
  void acquire_weightsTooLarge_areRefused() {
    List<Node<Integer>> nodes = new ArrayList<>();
    for (int i = 0; i < 4296; i++) {
      nodes.add(Node.of(i, Integer.MAX_VALUE));
    }
    String message = "weights must add up to <= 9223372036854, were 9225589747512";
    assertEquals(message, refused(() -> BoundedLoad.over(new Rotation<>(nodes), 2)));
    Rotation<Integer> one = new Rotation<>(List.of(Node.of(1)));
    BoundedLoad<Integer> load = BoundedLoad.over(one, 2);
    load.acquire(0);
    assertEquals(message, refused(() -> load.update(new Rotation<>(nodes))));
    assertEquals(Map.of(1, 1L), load.loads());
    BoundedLoad<Integer> largest = BoundedLoad.over(new Rotation<>(nodes.subList(0, 4294)), 1000);
    assertEquals(0, largest.acquire(0));
    assertEquals(1, largest.cap(0));
  }

  @Test
  void acquire_noNode_isRefused() {
    BoundedLoad<String> load = BoundedLoad.over(HashRing.of(), 1.25);
    assertEquals(
        "there is no node",
        assertThrows(IllegalStateException.class, () -> load.acquire(0)).getMessage());
    assertEquals(0, load.total());
    load.update(HashRing.of("a"));
    assertEquals("a", load.acquire(0));
  }

  @Test
  void update_nodeThatStays_keepsItsLoad() {
    BoundedLoad<String> load = over(1.25, "a", "b");
    acquire(load, 6);
    load.update(Rotation.of("c", "a"));
    assertEquals(Map.of("c", 0L, "a", 4L), load.loads());
    assertEquals(4, load.total());
    assertEquals("c", load.acquire(0));
    assertEquals("next", missing(() -> load.update(null)));
  }

  @Test
  void update_newWeights_changeTheCaps() {
    BoundedLoad<String> load = over(1.25, "a", "b");
    acquire(load, 4);
    assertEquals(3, load.cap("a"));
    load.update(new Rotation<>(List.of(Node.of("a", 1), Node.of("b", 9))));
    assertEquals(1, load.cap("a"));
    assertEquals(5, load.cap("b"));
    assertEquals("b", load.acquire(0));
  }

  /** Who calls release in a finally block need not know that the node has left. */
  @Test
  void release_ofANodeThatLeft_isAcceptedOncePerRequest() {
    BoundedLoad<String> load = over(1.25, "a", "b");
    acquire(load, 4);
    load.update(Rotation.of("b"));
    assertEquals(1, load.total());
    load.release("a");
    load.release("a");
    load.release("a");
    assertEquals(1, load.total());
    assertEquals("node a is not there", refused(() -> load.release("a")));
  }

  @Test
  void update_nodeThatComesBack_stillHasItsRequests() {
    BoundedLoad<String> load = over(1.25, "a", "b");
    acquire(load, 4);
    load.update(Rotation.of("b"));
    load.release("a");
    load.update(Rotation.of("b", "c"));
    load.update(Rotation.of("a", "b"));
    assertEquals(Map.of("a", 2L, "b", 1L), load.loads());
    load.release("a");
    load.release("a");
    assertEquals(
        "node a has no request in flight",
        assertThrows(IllegalStateException.class, () -> load.release("a")).getMessage());
  }

  /** With one point each, the ring alone gives a node far more than 25 % above the mean. */
  @Test
  void acquire_thousandsOfKeysOnARing_keepTheFullestBelowItsCap() {
    HashRing<String> ring = HashRing.<String>builder()
        .virtualNodes(1)
        .nodes(List.of(Node.of("a"), Node.of("b"), Node.of("c"), Node.of("d"), Node.of("e")))
        .build();
    assertTrue(Collections.max(ring.ownership().values()) > 0.4, "the ring alone is uneven");
    BoundedLoad<String> load = BoundedLoad.over(ring, 1.25);
    for (long key = 0; key < 10_000; key++) {
      load.acquire(Xxh3.hash(key));
    }
    assertEquals(2500, Collections.max(load.loads().values()));
    assertEquals(10_000, load.total());
  }

  /** Loads are read before the cap, and caps only grow while nothing is released. */
  @Test
  void acquireOnEightThreads_neverExceedsACap() throws Exception {
    BoundedLoad<String> load = BoundedLoad.over(HashRing.of("a", "b", "c", "d", "e"), 1.25);
    List<String> nodes = onEightThreads(thread -> {
      List<String> acquired = new ArrayList<>();
      for (long i = 0; i < 5000; i++) {
        String node = load.acquire(Xxh3.hash(thread, i % 7));
        long now = load.load(node);
        assertTrue(now <= load.cap(node), "above its cap");
        acquired.add(node);
      }
      return acquired;
    });
    assertEquals(40_000, load.total());
    load.loads().forEach((node, now) -> assertEquals(Collections.frequency(nodes, node), now));
    assertTrue(Collections.max(load.loads().values()) <= 10_000, "more than 1.25 * 40000 / 5");
  }

  @Test
  void acquireReleaseAndUpdateOnEightThreads_addUp() throws Exception {
    BoundedLoad<String> load = BoundedLoad.over(HashRing.of("a", "b", "c"), 1.25);
    List<String> kept = onEightThreads(thread -> {
      List<String> acquired = new ArrayList<>();
      for (long i = 0; i < 5000; i++) {
        acquired.add(load.acquire(Xxh3.hash(thread, i)));
        if (i % 3 != 0) {
          load.release(acquired.remove(acquired.size() - 1));
        }
        if (i % 100 == thread) {
          load.update(i % 200 == thread ? HashRing.of("a", "b") : HashRing.of("a", "b", "c"));
        }
      }
      return acquired;
    });
    load.update(HashRing.of("a", "b", "c"));
    load.loads().forEach((node, now) -> assertEquals(Collections.frequency(kept, node), now));
    assertEquals(kept.size(), load.total());
    kept.forEach(load::release);
    assertEquals(Map.of("a", 0L, "b", 0L, "c", 0L), load.loads());
  }

  interface Work {
    List<String> run(int thread) throws Exception;
  }

  private static List<String> onEightThreads(Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    CountDownLatch ready = new CountDownLatch(8);
    try {
      List<Callable<List<String>>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int thread = i;
        runs.add(() -> {
          ready.countDown();
          ready.await();
          return work.run(thread);
        });
      }
      List<String> results = new ArrayList<>();
      for (Future<List<String>> run : pool.invokeAll(runs)) {
        results.addAll(run.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
