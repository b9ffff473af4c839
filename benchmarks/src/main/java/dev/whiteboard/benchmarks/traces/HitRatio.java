package dev.whiteboard.benchmarks.traces;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import dev.whiteboard.caching.Belady;
import dev.whiteboard.caching.EvictionPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one cache made of one trace.
 *
 * @param policy its name
 * @param capacity its size in entries, or in the trace's unit of size if sizes count
 * @param requests how many requests the trace has
 * @param hits how many of them found their key
 * @param hitRatio hits per request, in [0, 1]; 0 for an empty trace
 * @param byteHitRatio which part of all sizes was served, in [0, 1]; 0 for an empty trace
 */
public record HitRatio(
    String policy, long capacity, long requests, long hits, double hitRatio, double byteHitRatio) {
  /** The library of that name, which evicts in the thread of the request, so that it is never behind. */
  static final String CAFFEINE = "caffeine";

  /** The policy that knows the future; to replay it, all keys are kept in memory. */
  static final String BELADY = "belady";

  /** The names of all that a trace can be replayed against, in the order in which they are shown. */
  public static ImmutableList<String> policies() {
    return Stream.concat(
            EvictionPolicy.all().stream().map(EvictionPolicy::toString),
            Stream.of(CAFFEINE, BELADY))
        .collect(ImmutableList.toImmutableList());
  }

  /** The policies that can do what the terms ask for: the optimum is known for entries of one size that stay. */
  public static ImmutableList<String> policies(Terms terms) {
    return policies().stream()
        .filter(policy -> terms.equals(Terms.ENTRIES) || !policy.equals(BELADY))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Replays a trace once, against every policy at every capacity side by side.
   *
   * @param policies some of those of {@link #policies(Terms)}
   */
  public static List<HitRatio> replay(
      Requests trace, List<String> policies, List<Long> capacities, Terms terms)
      throws IOException {
    List<Replay> replays = new ArrayList<>();
    for (String policy : policies) {
      capacities.forEach(capacity -> replays.add(new Replay(policy, capacity, terms)));
    }
    boolean keeps = policies.contains(BELADY);
    ImmutableLongArray.Builder kept = ImmutableLongArray.builder();
    trace.forEach((time, key, size) -> {
      replays.forEach(replay -> replay.request(time, key, size));
      if (keeps) {
        kept.add(key);
      }
    });
    long[] keys = kept.build().toArray();
    return replays.stream()
        .map(replay -> replay.isBeladys() ? optimum(replay.capacity(), keys) : replay.result())
        .toList();
  }

  private static HitRatio optimum(long capacity, long[] keys) {
    long hits = Belady.hits(keys, (int) Math.min(capacity, Integer.MAX_VALUE));
    double hitRatio = keys.length == 0 ? 0 : (double) hits / keys.length;
    return new HitRatio(BELADY, capacity, keys.length, hits, hitRatio, hitRatio);
  }
}
