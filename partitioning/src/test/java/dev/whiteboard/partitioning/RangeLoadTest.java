package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.RangeLoad.Hottest;
import dev.whiteboard.partitioning.RangePartitioner.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RangeLoadTest {
  /** ... 100 | 200 ... on a, b, c. */
  private static RangePartitioner<Integer, String> hundreds() {
    return RangePartitioner.of("a", new TreeMap<>(Map.of(100, "b", 200, "c")));
  }

  private static RangeLoad<Integer, String> load(int... keys) {
    RangeLoad<Integer, String> load = RangeLoad.of(hundreds(), new Random(1));
    for (int key : keys) {
      load.record(key);
    }
    return load;
  }

  @Test
  void hottest_nothingRecorded_isNone() {
    assertEquals(Optional.empty(), load().hottest());
    assertEquals(List.of(0L, 0L, 0L), List.copyOf(load().hits().values()));
  }

  @Test
  void hits_byRange_areCounted() {
    RangeLoad<Integer, String> load = load(99, 100, 199, 200, 201, 202);
    assertEquals(
        Map.of(
            new Range<>(null, 100, "a"), 1L,
            new Range<>(100, 200, "b"), 2L,
            new Range<>(200, null, "c"), 3L),
        load.hits());
    assertEquals(List.of(1L, 2L, 3L), List.copyOf(load.hits().values()));
    assertThrows(UnsupportedOperationException.class, () -> load.hits().clear());
  }

  @Test
  void hottest_fourKeys_areSplitBeforeTheThird() {
    assertEquals(
        Optional.of(new Hottest<>(new Range<>(100, 200, "b"), 0.8, Optional.of(130))),
        load(140, 110, 5, 120, 130).hottest());
  }

  @Test
  void hottest_equalCounts_isTheFirst() {
    assertEquals(
        new Range<>(100, 200, "b"), load(200, 100).hottest().orElseThrow().range());
  }

  @Test
  void hottest_oneKeyAlone_needsNoSplit() {
    assertEquals(Optional.empty(), splitAt(load(150)));
    assertEquals(Optional.empty(), splitAt(load(150, 150, 150, 150)));
    assertEquals(Optional.empty(), splitAt(load(110, 150, 150, 150, 160)));
  }

  /** Splitting still helps where the hot key is the last or the first: it goes apart from the rest. */
  @Test
  void hottest_oneKeyAtTheEnd_isPutApart() {
    assertEquals(Optional.of(150), splitAt(load(110, 120, 150, 150, 150)));
    assertEquals(Optional.of(120), splitAt(load(110, 110, 110, 120, 130)));
    assertEquals(Optional.of(150), splitAt(load(110, 150, 150, 150)));
    assertEquals(Optional.empty(), splitAt(load(110, 150, 150, 150, 150)));
  }

  private static Optional<Integer> splitAt(RangeLoad<Integer, String> load) {
    return load.hottest().orElseThrow().splitAt();
  }

  @Test
  void of_null_isRefused() {
    assertEquals("partitioner", missing(() -> RangeLoad.of(null, new Random())));
    assertEquals("random", missing(() -> RangeLoad.of(hundreds(), null)));
    assertEquals("key", missing(() -> load().record(null)));
    assertEquals(Optional.empty(), load().hottest());
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }

  /**
   * The sample's part below a key has a standard deviation of at most sqrt(1/4 / 256) = 3.1 %, so that of the load below
   * the sampled median is the same; four are 12.5 %. Squares of uniform numbers crowd at the lower end.
   */
  @Test
  void splitAtTheSuggestion_halvesTheLoad() {
    Random random = new Random(7);
    int[] keys = random.doubles(100_000).mapToInt(x -> (int) (1e6 * x * x)).toArray();
    RangePartitioner<Integer, String> one = RangePartitioner.of("a");
    RangeLoad<Integer, String> before = RangeLoad.of(one, random);
    IntStream.of(keys).forEach(before::record);
    Hottest<Integer, String> hottest = before.hottest().orElseThrow();
    assertEquals(1, hottest.share());

    RangePartitioner<Integer, String> two = one.split(hottest.splitAt().orElseThrow(), "b");
    RangeLoad<Integer, String> after = RangeLoad.of(two, random);
    IntStream.of(keys).forEach(after::record);
    assertEquals(0.5, after.hits().get(two.rangeOf(0)) / 1e5, 0.125);
    assertTrue(after.hottest().orElseThrow().share() < 0.625, "the fuller half has most");
  }

  /**
   * A sample of the first or of the last 256 would have its median at an end. The position of the median of 256 uniform
   * numbers has a standard deviation of 1 / sqrt(4 * 258) = 3.1 %; four are 12.5 %.
   */
  @Test
  void sample_isOfAllRequestsAlike() {
    RangePartitioner<Integer, String> one = RangePartitioner.of("a");
    for (int seed = 0; seed < 20; seed++) {
      RangeLoad<Integer, String> load = RangeLoad.of(one, new Random(seed));
      IntStream.range(0, 10_000).forEach(load::record);
      assertEquals(0.5, splitAt(load).orElseThrow() / 1e4, 0.125);
    }
  }

  @Test
  void growingKeys_putAllNewWritesOnTheLastRangeEvenAfterASplit() {
    RangePartitioner<Integer, String> byTime = hundreds();
    int now = 200;
    for (int round = 0; round < 5; round++) {
      RangeLoad<Integer, String> load = RangeLoad.of(byTime, new Random(round));
      for (int end = now + 1000; now < end; now++) {
        load.record(now);
      }
      Hottest<Integer, String> hottest = load.hottest().orElseThrow();
      assertEquals(byTime.ranges().get(byTime.ranges().size() - 1), hottest.range());
      assertEquals(1, hottest.share());
      byTime = byTime.split(hottest.splitAt().orElseThrow(), "new" + round);
    }
  }

  @Test
  void recordOnEightThreads_losesNothing() throws Exception {
    RangeLoad<Integer, String> load =
        RangeLoad.of(hundreds(), () -> ThreadLocalRandom.current().nextLong());
    Callable<Void> writer = () -> {
      for (int i = 0; i < 30_000; i++) {
        load.record(i % 300);
      }
      return null;
    };
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> writers =
          IntStream.range(0, 8).mapToObj(i -> writer).collect(Collectors.toList());
      for (Future<Void> done : pool.invokeAll(writers)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(List.of(80_000L, 80_000L, 80_000L), List.copyOf(load.hits().values()));
  }
}
