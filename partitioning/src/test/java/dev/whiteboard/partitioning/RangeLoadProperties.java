package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.RangeLoad.Hottest;
import dev.whiteboard.partitioning.RangePartitioner.Range;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class RangeLoadProperties {
  private static RangePartitioner<Integer, String> ranges() {
    return RangePartitioner.of("a", new TreeMap<>(Map.of(5, "b", 10, "c")));
  }

  private static RangeLoad<Integer, String> recorded(List<Integer> keys) {
    RangeLoad<Integer, String> load = RangeLoad.of(ranges(), new Random(1));
    keys.forEach(load::record);
    return load;
  }

  @Property
  void hottestRangeHasTheMostOfTheKeys(
      @ForAll @NotEmpty @Size(max = 300) List<@IntRange(max = 14) Integer> keys) {
    Hottest<Integer, String> hottest = recorded(keys).hottest().orElseThrow();
    for (Range<Integer, String> range : ranges().ranges()) {
      long hits = keys.stream().filter(range::contains).count();
      assertEquals(hits, recorded(keys).hits().get(range));
      assertTrue(hottest.share() * keys.size() >= hits - 1e-9, "another range has more");
      if (range.equals(hottest.range())) {
        assertEquals((double) hits / keys.size(), hottest.share());
      }
    }
  }

  /** Up to 256 requests the sample is all of them. */
  @Property
  void noSplitIsNearerToHalf(
      @ForAll @NotEmpty @Size(max = 256) List<@IntRange(max = 14) Integer> keys) {
    Hottest<Integer, String> hottest = recorded(keys).hottest().orElseThrow();
    List<Integer> inRange = keys.stream().filter(hottest.range()::contains).toList();
    long nearest =
        inRange.stream().mapToLong(key -> farther(inRange, key)).min().orElseThrow();
    if (hottest.splitAt().isPresent()) {
      int at = hottest.splitAt().get();
      assertEquals(nearest, farther(inRange, at));
      assertTrue(4 * nearest <= 3L * inRange.size(), "a side has less than a quarter");
      assertEquals(4, ranges().split(at, "d").ranges().size());
    } else {
      assertTrue(4 * nearest > 3L * inRange.size(), "there is a split");
    }
  }

  /** How many keys are on the fuller side of a split. */
  private static long farther(List<Integer> keys, int at) {
    long below = keys.stream().filter(key -> key < at).count();
    return Math.max(below, keys.size() - below);
  }

  @Property
  void withoutASplitOneKeyAloneHasMoreThanHalf(
      @ForAll @NotEmpty @Size(max = 256) List<@IntRange(max = 14) Integer> keys) {
    Hottest<Integer, String> hottest = recorded(keys).hottest().orElseThrow();
    List<Integer> inRange = keys.stream().filter(hottest.range()::contains).toList();
    long most = inRange.stream()
        .mapToLong(key -> Collections.frequency(inRange, key))
        .max()
        .orElseThrow();
    assertTrue(
        hottest.splitAt().isPresent() || 2 * most > inRange.size(), "no key has more than half");
  }
}
