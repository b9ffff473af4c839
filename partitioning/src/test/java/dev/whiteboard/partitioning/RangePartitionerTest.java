package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.RangePartitioner.Range;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RangePartitionerTest {
  /** ... g | m | t ... on a, b, a, c. */
  private static RangePartitioner<String, String> letters() {
    return RangePartitioner.of("a", new TreeMap<>(Map.of("g", "b", "m", "a", "t", "c")));
  }

  @Test
  void locate_boundary_isTheFirstKeyOfTheUpperRange() {
    assertEquals("a", letters().locate(""));
    assertEquals("a", letters().locate("fz"));
    assertEquals("b", letters().locate("g"));
    assertEquals("b", letters().locate("lzzz"));
    assertEquals("a", letters().locate("m"));
    assertEquals("c", letters().locate("t"));
    assertEquals("c", letters().locate("zz"));
  }

  @Test
  void of_oneOwner_ownsEverything() {
    RangePartitioner<Long, String> one = RangePartitioner.of("a");
    assertEquals("a", one.locate(Long.MIN_VALUE));
    assertEquals("a", one.locate(Long.MAX_VALUE));
    assertEquals(List.of(new Range<Long, String>(null, null, "a")), one.ranges());
    assertEquals(Set.of("a"), one.nodes());
  }

  @Test
  void ranges_all_adjoin() {
    assertEquals(
        List.of(
            new Range<>(null, "g", "a"),
            new Range<>("g", "m", "b"),
            new Range<>("m", "t", "a"),
            new Range<>("t", null, "c")),
        letters().ranges());
  }

  @Test
  void ranges_scan_areThoseThatItTouches() {
    assertEquals(List.of("g", "m"), starts("h", "n"));
    assertEquals(List.of("g"), starts("g", "m"));
    assertEquals(List.of("g", "m"), starts("g", "ma"));
    assertEquals(List.of("-", "g"), starts(null, "h"));
    assertEquals(List.of("m", "t"), starts("s", null));
    assertEquals(List.of("t"), starts("x", "y"));
    assertEquals(List.of(), starts("x", "x"));
    assertEquals(List.of(), starts("g", "g"));
  }

  private static List<String> starts(String from, String to) {
    return letters().ranges(from, to).stream()
        .map(range -> range.from() == null ? "-" : range.from())
        .toList();
  }

  @Test
  void ranges_scanBackwards_isRefused() {
    assertEquals("from must be <= to n, was o", refused(() -> letters().ranges("o", "n")));
  }

  @Test
  void rangeOf_key_isTheRangeThatHoldsIt() {
    assertEquals(new Range<>("m", "t", "a"), letters().rangeOf("m"));
    assertEquals(new Range<>("t", null, "c"), letters().rangeOf("z"));
    assertEquals("key", missing(() -> letters().rangeOf(null)));
    assertEquals("key", missing(() -> letters().locate(null)));
  }

  @Test
  void split_range_givesTheUpperHalfAway() {
    RangePartitioner<String, String> after = letters().split("p", "d");
    assertEquals(
        List.of(new Range<>("m", "p", "a"), new Range<>("p", "t", "d")), after.ranges("m", "t"));
    assertEquals(5, after.ranges().size());
    assertEquals(letters().ranges(), after.merge("p").ranges());
  }

  @Test
  void split_firstAndLast_keepTheirOpenEnds() {
    RangePartitioner<String, String> after = letters().split("c", "d").split("x", "e");
    assertEquals(new Range<>(null, "c", "a"), after.ranges().get(0));
    assertEquals(new Range<>("c", "g", "d"), after.ranges().get(1));
    assertEquals(new Range<>("x", null, "e"), after.ranges().get(5));
  }

  @Test
  void split_boundary_isRefused() {
    assertEquals("there is a boundary at m already", refused(() -> letters().split("m", "d")));
    assertEquals("at", missing(() -> letters().split(null, "d")));
    assertEquals("ownerOfUpper", missing(() -> letters().split("p", null)));
  }

  @Test
  void merge_boundary_theLowerOwnerKeepsAll() {
    assertEquals(new Range<>("g", "t", "b"), letters().merge("m").rangeOf("m"));
    assertEquals(new Range<>("m", null, "a"), letters().merge("t").rangeOf("z"));
    assertEquals(Set.of("a", "b"), letters().merge("t").nodes());
  }

  @Test
  void merge_noBoundary_isRefused() {
    assertEquals("there is no boundary at n", refused(() -> letters().merge("n")));
    assertEquals("at", missing(() -> letters().merge(null)));
  }

  @Test
  void assign_anyKey_movesItsRange() {
    RangePartitioner<String, String> after = letters().assign("h", "c");
    assertEquals(new Range<>("g", "m", "c"), after.rangeOf("g"));
    assertEquals(letters().ranges(), after.assign("lz", "b").ranges());
    assertEquals("key", missing(() -> letters().assign(null, "c")));
    assertEquals("owner", missing(() -> letters().assign("h", null)));
  }

  @Test
  void nodes_areInTheOrderOfTheirFirstRanges() {
    assertEquals(List.of("a", "b", "c"), List.copyOf(letters().nodes()));
    assertThrows(UnsupportedOperationException.class, () -> letters().nodes().clear());
    assertThrows(UnsupportedOperationException.class, () -> letters().ranges().clear());
  }

  /** b and c have one range each: the first of a goes to b, the second to c. */
  @Test
  void without_node_spreadsItsRanges() {
    assertEquals(
        List.of("b", "b", "c", "c"),
        letters().without("a").ranges().stream().map(Range::owner).toList());
    assertEquals(
        List.of("a", "c", "a", "c"),
        letters().without("b").ranges().stream().map(Range::owner).toList());
  }

  @Test
  void without_unknownOrOnlyNode_isRefused() {
    assertEquals("node d is not there", refused(() -> letters().without("d")));
    assertEquals(
        "node a owns everything, assign its ranges first",
        refused(() -> RangePartitioner.<String, String>of("a").split("m", "a").without("a")));
    assertEquals("node", missing(() -> letters().without(null)));
  }

  @Test
  void of_badMap_isRefused() {
    TreeMap<String, String> backwards = new TreeMap<>(Comparator.reverseOrder());
    backwards.putAll(Map.of("a", "x", "b", "y"));
    assertEquals(
        "boundaries must ascend, b came before a",
        refused(() -> RangePartitioner.of("z", backwards)));
    TreeMap<String, String> nulls = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
    nulls.put(null, "x");
    assertEquals("boundary", missing(() -> RangePartitioner.of("z", nulls)));
    nulls.clear();
    nulls.put("a", null);
    assertEquals("owner", missing(() -> RangePartitioner.of("z", nulls)));
    assertEquals("starts", missing(() -> RangePartitioner.of("z", null)));
    assertEquals("first", missing(() -> RangePartitioner.of(null, new TreeMap<String, String>())));
    assertEquals("owner", missing(() -> RangePartitioner.of(null)));
  }

  @Test
  void range_contains_fromButNotTo() {
    Range<Integer, String> range = new Range<>(1, 3, "a");
    assertFalse(range.contains(0));
    assertTrue(range.contains(1));
    assertFalse(range.contains(3));
    assertTrue(new Range<Integer, String>(null, null, "a").contains(Integer.MIN_VALUE));
    assertEquals("key", missing(() -> range.contains(null)));
  }

  @Test
  void range_emptyOrWithoutOwner_isRefused() {
    assertEquals("to must be > from 3, was 3", refused(() -> new Range<>(3, 3, "a")));
    assertEquals("owner", missing(() -> new Range<>(1, 3, null)));
  }

  /** What a day per range looks like to its writers. */
  @Test
  void growingKeys_areAllWrittenToTheLastRange() {
    TreeMap<Long, String> days = new TreeMap<>();
    for (long day = 1; day < 30; day++) {
      days.put(day * 86_400, "node" + day);
    }
    RangePartitioner<Long, String> byTime = RangePartitioner.of("node0", days);
    long now = 29 * 86_400;
    for (long second = now; second < now + 86_400; second += 60) {
      assertEquals("node29", byTime.locate(second));
    }
  }

  /** A composite key that is a text of its own order: the tenant first keeps each tenant's times together. */
  @Test
  void prefixedTimes_areWrittenToManyRanges() {
    RangePartitioner<String, String> byTenant =
        RangePartitioner.of("node0", new TreeMap<>(Map.of("m", "node1")));
    assertEquals(
        List.of("node0", "node1"),
        Arrays.asList(byTenant.locate("acme/1700000000"), byTenant.locate("zeta/1700000000")));
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
