package dev.whiteboard.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Eight real threads that meet in one place. */
final class TestThreads {
  private TestThreads() {}

  /** Something that is tried with a key, and granted or not. */
  interface Attempt {
    boolean on(int key);
  }

  /** What eight threads that do the same work return together. */
  static long onEightThreads(Callable<Long> work) throws Exception {
    return eight(work).stream().mapToLong(Long::longValue).sum();
  }

  /** How often each key is granted when eight threads try all of them, one after another, 50,000 times each. */
  static long[] onEightThreads(int keys, Attempt attempt) throws Exception {
    long[] sum = new long[keys];
    Callable<long[]> work = () -> {
      long[] granted = new long[keys];
      for (int i = 0; i < 50_000; i++) {
        granted[i % keys] += attempt.on(i % keys) ? 1 : 0;
      }
      return granted;
    };
    for (long[] granted : eight(work)) {
      for (int key = 0; key < keys; key++) {
        sum[key] += granted[key];
      }
    }
    return sum;
  }

  private static <T> List<T> eight(Callable<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(work);
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : pool.invokeAll(all)) {
        results.add(one.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
