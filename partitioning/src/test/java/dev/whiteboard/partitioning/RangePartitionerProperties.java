package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.RangePartitioner.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RangePartitionerProperties {
  private static final int KEYS = 30;

  enum Kind {
    SPLIT,
    MERGE,
    ASSIGN,
    LEAVE
  }

  record Change(Kind kind, int key, int node) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.of(Kind.SPLIT, Kind.SPLIT, Kind.SPLIT, Kind.MERGE, Kind.ASSIGN, Kind.LEAVE),
            Arbitraries.integers().between(0, KEYS - 1),
            Arbitraries.integers().between(0, 4))
        .as(Change::new)
        .list()
        .ofMaxSize(40);
  }

  /** The slow obvious partitioner: a tree of first keys; -1 stands for no lower bound. Says whether the change is valid. */
  private static boolean change(NavigableMap<Integer, Integer> model, Change change) {
    int key = change.key();
    return switch (change.kind()) {
      case SPLIT -> model.putIfAbsent(key, change.node()) == null;
      case MERGE -> model.remove(key) != null;
      case ASSIGN -> model.put(model.floorKey(key), change.node()) != null;
      case LEAVE -> leave(model, change.node());
    };
  }

  private static boolean leave(NavigableMap<Integer, Integer> model, int node) {
    List<Integer> others = new ArrayList<>(new LinkedHashSet<>(model.values()));
    if (!others.remove((Integer) node) || others.isEmpty()) {
      return false;
    }
    for (Map.Entry<Integer, Integer> range : model.entrySet()) {
      if (range.getValue() == node) {
        int heir = others.get(0);
        for (int other : others) {
          heir = count(model, other) < count(model, heir) ? other : heir;
        }
        range.setValue(heir);
      }
    }
    return true;
  }

  private static long count(NavigableMap<Integer, Integer> model, int node) {
    return model.values().stream().filter(owner -> owner == node).count();
  }

  private static RangePartitioner<Integer, Integer> change(
      RangePartitioner<Integer, Integer> ranges, Change change) {
    return switch (change.kind()) {
      case SPLIT -> ranges.split(change.key(), change.node());
      case MERGE -> ranges.merge(change.key());
      case ASSIGN -> ranges.assign(change.key(), change.node());
      case LEAVE -> ranges.without(change.node());
    };
  }

  private static RangePartitioner<Integer, Integer> changed(
      List<Change> changes, NavigableMap<Integer, Integer> model) {
    RangePartitioner<Integer, Integer> ranges = RangePartitioner.of(0);
    model.put(-1, 0);
    for (Change change : changes) {
      RangePartitioner<Integer, Integer> before = ranges;
      if (change(model, change)) {
        ranges = change(ranges, change);
      } else {
        assertThrows(IllegalArgumentException.class, () -> change(before, change));
      }
    }
    return ranges;
  }

  @Property(tries = 300)
  void ownerIsThatOfATreeOfFirstKeys(@ForAll("changes") List<Change> changes) {
    NavigableMap<Integer, Integer> model = new TreeMap<>();
    RangePartitioner<Integer, Integer> ranges = changed(changes, model);
    for (int key = 0; key < KEYS; key++) {
      assertEquals(model.floorEntry(key).getValue(), ranges.locate(key));
      assertEquals(model.floorEntry(key).getValue(), ranges.rangeOf(key).owner());
      assertTrue(ranges.rangeOf(key).contains(key), "the range holds its key");
    }
    assertEquals(List.copyOf(new LinkedHashSet<>(model.values())), List.copyOf(ranges.nodes()));
  }

  @Property(tries = 300)
  void rangesAdjoinFromEndToEnd(@ForAll("changes") List<Change> changes) {
    NavigableMap<Integer, Integer> model = new TreeMap<>();
    List<Range<Integer, Integer>> ranges = changed(changes, model).ranges();
    assertEquals(model.size(), ranges.size());
    assertNull(ranges.get(0).from());
    assertNull(ranges.get(ranges.size() - 1).to());
    for (int i = 1; i < ranges.size(); i++) {
      assertEquals(ranges.get(i - 1).to(), ranges.get(i).from());
    }
  }

  @Property(tries = 300)
  void scanTouchesTheRangesThatHoldOneOfItsKeys(
      @ForAll("changes") List<Change> changes,
      @ForAll @IntRange(max = KEYS) int a,
      @ForAll @IntRange(max = KEYS) int b) {
    RangePartitioner<Integer, Integer> ranges = changed(changes, new TreeMap<>());
    int from = Math.min(a, b);
    int to = Math.max(a, b);
    assertEquals(
        ranges.ranges().stream().filter(range -> holds(range, from, to)).toList(),
        ranges.ranges(from, to));
    assertEquals(
        ranges.ranges().stream().filter(range -> holds(range, from, KEYS + 1)).toList(),
        ranges.ranges(from, null));
    assertEquals(
        ranges.ranges().stream().filter(range -> holds(range, -1, to)).toList(),
        ranges.ranges(null, to));
  }

  private static boolean holds(Range<Integer, Integer> range, int from, int to) {
    for (int key = from; key < to; key++) {
      if (range.contains(key)) {
        return true;
      }
    }
    return false;
  }

  @Property
  void buildingAtOnceIsSplittingOneByOne(
      @ForAll @Size(max = 20) Map<@IntRange(max = 29) Integer, @IntRange(max = 4) Integer> starts) {
    RangePartitioner<Integer, Integer> oneByOne = RangePartitioner.of(7);
    for (Map.Entry<Integer, Integer> start : starts.entrySet()) {
      oneByOne = oneByOne.split(start.getKey(), start.getValue());
    }
    assertEquals(
        oneByOne.ranges(), RangePartitioner.of(7, new TreeMap<>(starts)).ranges());
  }
}
