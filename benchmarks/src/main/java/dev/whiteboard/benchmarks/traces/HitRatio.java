package dev.whiteboard.benchmarks.traces;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import dev.whiteboard.caching.Belady;
import dev.whiteboard.caching.CacheSimulator;
import dev.whiteboard.caching.EvictionPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

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
  /** The library of that name, which evicts in the thread of the request, so that it is never behind. */
  private static final String CAFFEINE = "caffeine";

  /** The policy that knows the future; to replay it, all keys are kept in memory. */
  private static final String BELADY = "belady";

  /** The names of all that a trace can be replayed against, in the order in which they are shown. */
  public static ImmutableList<String> policies() {
    return Stream.concat(
            EvictionPolicy.all().stream().map(EvictionPolicy::toString),
            Stream.of(CAFFEINE, BELADY))
        .collect(ImmutableList.toImmutableList());
  }

  /** Replays a trace once, against every policy at every capacity side by side; the policies' names are known. */
  public static List<HitRatio> replay(
      Requests trace, List<String> policies, List<Integer> capacities) throws IOException {
    List<Replay> replays = new ArrayList<>();
    for (String policy : policies) {
      capacities.forEach(capacity -> replays.add(new Replay(policy, capacity)));
    }
    boolean keeps = policies.contains(BELADY);
    ImmutableLongArray.Builder kept = ImmutableLongArray.builder();
    trace.forEach(key -> {
      replays.forEach(replay -> replay.request(key));
      if (keeps) {
        kept.add(key);
      }
    });
    long[] keys = kept.build().toArray();
    return replays.stream().map(replay -> replay.result(keys)).toList();
  }

  private static final class Replay {
    private final String policy;
    private final int capacity;
    private final LongPredicate cache;
    private long requests;
    private long hits;

    Replay(String policy, int capacity) {
      this.policy = policy;
      this.capacity = capacity;
      cache = switch (policy) {
        case CAFFEINE -> caffeine(capacity);
        case BELADY -> key -> false; // counted at the end
        default -> CacheSimulator.of(EvictionPolicy.named(policy), capacity)::request;
      };
    }

    private static LongPredicate caffeine(int capacity) {
      com.github.benmanes.caffeine.cache.Cache<Long, Boolean> cache = Caffeine.newBuilder()
          .maximumSize(capacity)
          .initialCapacity(capacity)
          .executor(Runnable::run)
          .build();
      return key -> {
        if (cache.getIfPresent(key) != null) {
          return true;
        }
        cache.put(key, true);
        return false;
      };
    }

    void request(long key) {
      requests++;
      hits += cache.test(key) ? 1 : 0;
    }

    HitRatio result(long[] keys) {
      long counted = policy.equals(BELADY) ? Belady.hits(keys, capacity) : hits;
      return new HitRatio(
          policy, capacity, requests, counted, requests == 0 ? 0 : (double) counted / requests);
    }
  }
}
