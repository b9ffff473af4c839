package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CacheLoadingTest {
  private static final int THREADS = 200;

  private final Cache<String, Integer> cache =
      Cache.<String, Integer>builder().maximumSize(100).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void get_twoHundredThreads_loadOnce() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    List<Future<Integer>> answers = start(() -> cache.get("a", key -> {
      Uninterruptibles.awaitUninterruptibly(slow);
      return loads.incrementAndGet();
    }));
    slow.countDown();
    for (Future<Integer> answer : answers) {
      assertEquals(1, answer.get());
    }
    assertEquals(1, loads.get());
  }

  @Test
  void get_loaderFails_allWhoWaitLearnWhyAndTheNextTriesAgain() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("the store is down");
    List<Future<Integer>> answers = start(() -> cache.get("a", key -> {
      Uninterruptibles.awaitUninterruptibly(slow);
      loads.incrementAndGet();
      throw failure;
    }));
    slow.countDown();
    for (Future<Integer> answer : answers) {
      assertSame(failure, assertThrows(ExecutionException.class, answer::get).getCause());
    }
    assertTrue(loads.get() >= 1);
    assertEquals(7, cache.get("a", key -> 7));
  }

  @Test
  void get_waitingThreadIsInterrupted_getsTheValueAndStaysInterrupted() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Future<Integer> loader = startSlowLoad(7, slow);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<Boolean> waiter = threads.submit(() -> {
      thread.set(Thread.currentThread());
      Thread.currentThread().interrupt();
      assertEquals(7, cache.get("a", key -> 8));
      return Thread.interrupted();
    });
    awaitState(thread, Thread.State.WAITING);
    slow.countDown();
    assertEquals(7, loader.get());
    assertTrue(waiter.get());
  }

  @Test
  void get_loaderLoadsOtherKeys_works() {
    assertEquals(10, cache.get("a", a -> cache.get("b", b -> cache.get("c", c -> 7) + 1) + 2));
    assertEquals(Map.of("a", 10, "b", 8, "c", 7), cache.asMap());
  }

  @Test
  void get_loaderAsksForItsOwnKey_failsAtOnce() {
    IllegalStateException e = assertThrows(
        IllegalStateException.class, () -> cache.get("a", a -> cache.get("a", again -> 1)));
    assertEquals("loading this key waits for itself: a", e.getMessage());
    assertEquals(2, cache.get("a", key -> 2), "and the key can be loaded then");
  }

  @Test
  void get_twoThreadsWaitForEachOther_atLeastOneFails() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Future<Integer> left = threads.submit(() -> cache.get("a", a -> {
      meet(both);
      return cache.get("b", b -> 1);
    }));
    Future<Integer> right = threads.submit(() -> cache.get("b", b -> {
      meet(both);
      return cache.get("a", a -> 1);
    }));
    int failures = 0;
    for (Future<Integer> each : List.of(left, right)) {
      try {
        each.get();
      } catch (ExecutionException e) {
        assertTrue(e.getCause().getMessage().startsWith("loading this key waits for itself"));
        failures++;
      }
    }
    assertTrue(failures >= 1);
  }

  @Test
  void invalidate_duringALoad_whatIsLoadedIsNotCached() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Future<Integer> old = startSlowLoad(1, slow);
    cache.invalidate("a");
    slow.countDown();
    assertEquals(1, old.get());
    assertNull(cache.getIfPresent("a"));
  }

  @Test
  void put_duringALoad_wins() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Future<Integer> old = startSlowLoad(1, slow);
    cache.put("a", 2);
    slow.countDown();
    assertEquals(1, old.get());
    assertEquals(2, cache.getIfPresent("a"));
  }

  @Test
  void getAll_loadsWhatIsMissingWithOneCall() {
    cache.put("b", 2);
    List<Set<String>> asked = new ArrayList<>();
    Map<String, Integer> found = cache.getAll(List.of("a", "b", "c", "d"), keys -> {
      asked.add(keys);
      return Map.of("a", 1, "c", 3, "unasked", 9);
    });
    assertEquals("{a=1, b=2, c=3}", found.toString());
    assertEquals(List.of(Set.of("a", "c", "d")), asked);
    assertEquals(Map.of("a", 1, "b", 2, "c", 3), cache.asMap());
  }

  @Test
  void getAll_everythingIsThere_loadsNothing() {
    cache.put("a", 1);
    assertEquals(Map.of("a", 1), cache.getAll(List.of("a"), keys -> {
      throw new IllegalStateException("not needed");
    }));
    assertEquals(Map.of(), cache.getAll(List.of(), keys -> Map.of("x", 1)));
  }

  @Test
  void getAll_anotherThreadLoadsOneOfThem_waitsForThat() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Future<Integer> one = startSlowLoad(1, slow);
    Future<Map<String, Integer>> both =
        threads.submit(() -> cache.getAll(List.of("a", "b"), keys -> {
          assertEquals(Set.of("b"), keys);
          slow.countDown();
          return Map.of("b", 2);
        }));
    assertEquals(Map.of("a", 1, "b", 2), both.get());
    assertEquals(1, one.get());
  }

  @Test
  void getAll_loaderFails_theKeysCanBeLoadedThen() {
    assertThrows(
        ArithmeticException.class,
        () -> cache.getAll(List.of("a", "b"), keys -> {
          throw new ArithmeticException();
        }));
    assertEquals(1, cache.get("a", key -> 1));
  }

  /** Has a thread load "a", and returns when its loader has begun; that ends when the latch opens. */
  private Future<Integer> startSlowLoad(int value, CountDownLatch slow) throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    Future<Integer> load = threads.submit(() -> cache.get("a", key -> {
      loading.countDown();
      Uninterruptibles.awaitUninterruptibly(slow);
      return value;
    }));
    loading.await();
    return load;
  }

  /** Starts the same call on many threads, and returns when all of them have begun. */
  private List<Future<Integer>> start(Callable<Integer> call) throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      answers.add(threads.submit(() -> {
        begun.countDown();
        return call.call();
      }));
    }
    begun.await();
    return answers;
  }

  private static void awaitState(AtomicReference<Thread> thread, Thread.State state) {
    while (thread.get() == null || thread.get().getState() != state) {
      Thread.onSpinWait();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
