package dev.whiteboard.benchmarks.traces;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;

/**
 * What one cache made of one trace.
 *
 * @param policy its name
 * @param capacity its size in entries
 * @param requests how many requests the trace has
 * @param hits how many of them found their key
 * @param hitRatio hits per request, in [0, 1]; 0 for an empty trace
 */
public record HitRatio(String policy, int capacity, long requests, long hits, double hitRatio) {
  /** Replays a trace once, against every policy at every capacity side by side. */
  public static List<HitRatio> replay(
      Trace trace, Map<String, IntFunction<LongPredicate>> policies, List<Integer> capacities)
      throws IOException {
    List<Replay> replays = new ArrayList<>();
    policies.forEach((name, factory) -> capacities.forEach(
        capacity -> replays.add(new Replay(name, capacity, factory.apply(capacity)))));
    trace.forEach(key -> replays.forEach(replay -> replay.request(key)));
    return replays.stream().map(Replay::result).toList();
  }

  private static final class Replay {
    private final String policy;
    private final int capacity;
    private final LongPredicate cache;
    private long requests;
    private long hits;

    Replay(String policy, int capacity, LongPredicate cache) {
      this.policy = policy;
      this.capacity = capacity;
      this.cache = cache;
    }

    void request(long key) {
      requests++;
      hits += cache.test(key) ? 1 : 0;
    }

    HitRatio result() {
      return new HitRatio(
          policy, capacity, requests, hits, requests == 0 ? 0 : (double) hits / requests);
    }
  }
}
