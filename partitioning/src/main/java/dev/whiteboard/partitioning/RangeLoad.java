package dev.whiteboard.partitioning;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.whiteboard.partitioning.RangePartitioner.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Counts the requests for each range of keys, and says which range to split, and where.
 *
 * <p><b>Idea.</b> Each range has a counter and a reservoir: a sample of 256 of its requests in which every request is
 * with equal probability (algorithm R of Vitter, <i>Random Sampling with a Reservoir</i>, ACM TOMS 11, 1985). A split at
 * the sample's median halves the range's load; the standard deviation of a half is 0.5/√256 = 3 % of the load.
 *
 * <p>A split helps if many keys are hot together. It does not help if one key alone is hot, see {@link KeySalting}, nor
 * if keys grow, such as timestamps: then the upper half goes on to get every write.
 *
 * <p>Counts begin when the object is made. For those of the last minute, or after a split, make a new one.
 *
 * <p><b>Cost.</b> {@code record} takes a binary search, a lock of its range and one random number. A range that has been
 * hit keeps up to 256 keys alive.
 * <b>Thread safety.</b> Safe.
 *
 * <p><b>Instead.</b> If the question is which single keys are hot, count those with a sketch such as Count-Min.
 *
 * @param <K> the keys
 * @param <N> what identifies a node
 */
public final class RangeLoad<K extends Comparable<? super K>, N> {
  /** How many requests of each range are kept. */
  public static final int SAMPLE_SIZE = 256;

  private final RangePartitioner<K, N> partitioner;
  private final RandomGenerator random;
  private final List<Range<K, N>> ranges;
  private final List<Sample<K>> samples = new ArrayList<>();

  private RangeLoad(RangePartitioner<K, N> partitioner, RandomGenerator random) {
    this.partitioner = partitioner;
    this.random = random;
    ranges = partitioner.ranges();
    ranges.forEach(range -> samples.add(new Sample<>()));
  }

  /**
   * The range with the most requests.
   *
   * @param <K> the keys
   * @param <N> what identifies a node
   * @param range the range
   * @param share its part of all requests, in (0, 1]
   * @param splitAt where to split it: of the sampled requests as near to half as can be are for keys below, and at least
   *     a quarter on either side; empty if no key does that, because one key alone has more than half
   */
  public record Hottest<K extends Comparable<? super K>, N>(
      Range<K, N> range, double share, Optional<K> splitAt) {}

  /**
   * Begins to count.
   *
   * @param <K> the keys
   * @param <N> what identifies a node
   * @param partitioner the ranges
   * @param random draws the samples; it must be thread-safe if several threads record, for instance {@code () ->
   *     ThreadLocalRandom.current().nextLong()}
   * @return counters that are all 0
   * @throws NullPointerException if an argument is null
   */
  public static <K extends Comparable<? super K>, N> RangeLoad<K, N> of(
      RangePartitioner<K, N> partitioner, RandomGenerator random) {
    return new RangeLoad<>(
        requireNonNull(partitioner, "partitioner"), requireNonNull(random, "random"));
  }

  /**
   * Counts a request.
   *
   * @param key the key that it is for
   * @throws NullPointerException if {@code key} is null
   */
  public void record(K key) {
    samples.get(partitioner.indexOf(key)).add(key, random);
  }

  /**
   * Lists the counts. Requests that arrive meanwhile may be in some and not in others.
   *
   * @return for each range, in the order of the keys, how many requests have been counted; unmodifiable
   */
  public Map<Range<K, N>, Long> hits() {
    ImmutableMap.Builder<Range<K, N>, Long> hits = ImmutableMap.builder();
    for (int i = 0; i < ranges.size(); i++) {
      hits.put(ranges.get(i), samples.get(i).hits());
    }
    return hits.buildOrThrow();
  }

  /**
   * Finds the range with the most requests; of several such the first.
   *
   * @return the range, its share and where to split it; empty if nothing has been counted
   */
  public Optional<Hottest<K, N>> hottest() {
    long total = 0;
    long most = 0;
    int hottest = 0;
    for (int i = 0; i < samples.size(); i++) {
      long hits = samples.get(i).hits();
      total += hits;
      if (hits > most) {
        most = hits;
        hottest = i;
      }
    }
    return total == 0
        ? Optional.empty()
        : Optional.of(new Hottest<>(
            ranges.get(hottest),
            (double) most / total,
            median(samples.get(hottest).sorted())));
  }

  /**
   * The key with as near to half of the sample below it as can be. If none leaves a quarter on either side, the count of
   * samples below jumps over the middle half at one key, which alone has more than half.
   */
  private static <K extends Comparable<? super K>> Optional<K> median(List<K> sorted) {
    int size = sorted.size();
    int best = 0;
    for (int below = 1; below < size; below++) {
      boolean start = sorted.get(below - 1).compareTo(sorted.get(below)) < 0;
      if (start && Math.abs(2 * below - size) < Math.abs(2 * best - size)) {
        best = below;
      }
    }
    return 4 * Math.min(best, size - best) >= size
        ? Optional.of(sorted.get(best))
        : Optional.empty();
  }

  /** The requests of one range. Both fields are guarded by {@code this}. */
  private static final class Sample<K extends Comparable<? super K>> {
    private final List<K> keys = new ArrayList<>();
    private long hits;

    synchronized void add(K key, RandomGenerator random) {
      hits++;
      if (keys.size() < SAMPLE_SIZE) {
        keys.add(key);
        return;
      }
      long place = random.nextLong(hits);
      if (place < SAMPLE_SIZE) {
        keys.set((int) place, key);
      }
    }

    synchronized long hits() {
      return hits;
    }

    synchronized List<K> sorted() {
      List<K> sorted = new ArrayList<>(keys);
      Collections.sort(sorted);
      return sorted;
    }
  }
}
