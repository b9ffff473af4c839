package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HashRingTest {
  /** One point each, at 10, 20 and 30. */
  private static HashRing<String> tenTwentyThirty() {
    return placed(Map.of("a", new long[] {10}, "b", new long[] {20}, "c", new long[] {30}));
  }

  private static HashRing<String> placed(Map<String, long[]> positions) {
    HashRing.Builder<String> builder =
        HashRing.<String>builder().placement(new FixedPlacement(positions));
    positions.keySet().forEach(id -> builder.node(Node.of(id)));
    return builder.build();
  }

  @Test
  void locate_betweenPoints_isTheNextPointClockwise() {
    HashRing<String> ring = tenTwentyThirty();
    assertEquals("a", ring.locate(0));
    assertEquals("a", ring.locate(10));
    assertEquals("b", ring.locate(11));
    assertEquals("c", ring.locate(30));
  }

  @Test
  void locate_afterTheLastPoint_wrapsToTheFirst() {
    HashRing<String> ring = tenTwentyThirty();
    assertEquals("a", ring.locate(31));
    assertEquals("a", ring.locate(Long.MAX_VALUE));
    assertEquals("a", ring.locate(Long.MIN_VALUE));
    assertEquals("a", ring.locate(-1));
  }

  @Test
  void locate_upperHalf_isComparedUnsigned() {
    HashRing<String> ring = placed(Map.of(
        "low", new long[] {0}, "middle", new long[] {Long.MIN_VALUE}, "high", new long[] {-1}));
    assertEquals("low", ring.locate(0));
    assertEquals("middle", ring.locate(1));
    assertEquals("middle", ring.locate(Long.MAX_VALUE));
    assertEquals("middle", ring.locate(Long.MIN_VALUE));
    assertEquals("high", ring.locate(Long.MIN_VALUE + 1));
    assertEquals("high", ring.locate(-1));
  }

  @Test
  void locate_manyPointsInOneCell_isStillTheNext() {
    HashRing<String> ring =
        placed(Map.of("a", new long[] {1, 3, 5, 7, 9, 11}, "b", new long[] {2, 4, 6, 8, 10, 12}));
    for (int hash = 1; hash <= 12; hash++) {
      assertEquals(hash % 2 == 1 ? "a" : "b", ring.locate(hash));
    }
  }

  @Test
  void locate_equalPositions_theSmallerLabelOwns() {
    long[] same = {7, 7};
    HashRing<String> ring = placed(Map.of("c", same, "a", same, "b", same));
    assertEquals("a", ring.locate(7));
    assertEquals(List.of("a", "b", "c"), ring.replicas(7, 3));
    assertEquals("b", ring.without("a").locate(0));
    assertEquals("a", ring.without("a").with(Node.of("a")).locate(0));
    assertEquals(List.of("a", "c"), ring.without("b").replicas(0, 2));
    assertEquals(List.of("a", "b", "c"), ring.without("b").with(Node.of("b")).replicas(0, 3));
    assertEquals(Map.of("a", 1.0, "b", 0.0, "c", 0.0), ring.ownership());
  }

  @Test
  void locate_text_isHashedByThePlacement() {
    assertEquals("b", tenTwentyThirty().locate("eleven char"));
    assertEquals("key", missing(() -> tenTwentyThirty().locate(null)));
  }

  @Test
  void locate_singleNode_ownsEverything() {
    HashRing<String> ring = HashRing.of("only");
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals("only", ring.locate(hash));
    }
    assertEquals(Map.of("only", 1.0), ring.ownership());
  }

  @Test
  void replicas_noZones_followClockwise() {
    HashRing<String> ring = tenTwentyThirty();
    assertEquals(List.of("b"), ring.replicas(15, 1));
    assertEquals(List.of("b", "c", "a"), ring.replicas(15, 3));
    assertEquals(List.of("a", "b"), ring.replicas(31, 2));
  }

  @Test
  void replicas_zones_newZonesComeFirstAndTheRestInRingOrder() {
    HashRing<String> ring = HashRing.<String>builder()
        .placement(new FixedPlacement(Map.of(
            "a",
            new long[] {10},
            "b",
            new long[] {20},
            "c",
            new long[] {30},
            "d",
            new long[] {40},
            "e",
            new long[] {50})))
        .nodes(List.of(
            Node.of("a").inZone("x"),
            Node.of("b").inZone("x"),
            Node.of("c"),
            Node.of("d"),
            Node.of("e").inZone("y")))
        .build();
    assertEquals(List.of("a", "c", "d", "e"), ring.replicas(5, 4));
    assertEquals(List.of("a", "c", "d", "e", "b"), ring.replicas(5, 5));
    assertEquals(List.of("b", "c", "d", "e", "a"), ring.replicas(15, 5));
  }

  @Test
  void replicas_countOutOfRange_isRefused() {
    HashRing<String> ring = tenTwentyThirty();
    assertEquals("count must be in [1, 3], was 0", refused(() -> ring.replicas(0, 0)));
    assertEquals("count must be in [1, 3], was 4", refused(() -> ring.replicas(0, 4)));
  }

  @Test
  void replicas_result_isUnmodifiable() {
    assertThrows(
        UnsupportedOperationException.class,
        () -> tenTwentyThirty().replicas(0, 2).clear());
    assertThrows(
        UnsupportedOperationException.class, () -> tenTwentyThirty().nodes().clear());
  }

  @Nested
  class WhenEmpty {
    private final HashRing<String> ring = HashRing.of();

    @Test
    void locate_saysThatThereIsNoNode() {
      assertEquals(
          "there is no node",
          assertThrows(IllegalStateException.class, () -> ring.locate(0)).getMessage());
      assertEquals(
          "there is no node",
          assertThrows(IllegalStateException.class, () -> ring.replicas(0, 1)).getMessage());
    }

    @Test
    void with_firstNode_gainsEverything() {
      HashRing<String> one = ring.with(Node.of("a"));
      assertEquals("a", one.locate(-1));
      assertEquals(Map.of("a", 1.0), ring.gains(one));
      assertEquals(Map.of(), one.gains(ring));
      assertEquals(Map.of(), ring.ownership());
    }

    @Test
    void without_lastNode_isEmptyAgain() {
      HashRing<String> again = HashRing.of("a").without("a");
      assertEquals(Set.of(), again.nodes());
      assertThrows(IllegalStateException.class, () -> again.locate(0));
      assertEquals("b", again.with(Node.of("b")).locate(0));
    }
  }

  @Test
  void with_newNode_takesTheArcBeforeItsPoint() {
    HashRing<String> before = placedOn("a", "b");
    HashRing<String> after = before.with(Node.of("c"));
    assertEquals(Set.of("a", "b"), before.nodes());
    assertEquals(Set.of("a", "b", "c"), after.nodes());
    assertEquals(Map.of("a", 0.0, "b", 0.0, "c", 0.25), before.gains(after));
    assertEquals(Map.of("a", 0.0, "b", 0.25), after.gains(before));
  }

  /** Quarters of the circle end at 0 (a), 1/4 (c), 1/2 (b); so a owns one half if all three are there. */
  private static HashRing<String> placedOn(String... ids) {
    HashRing.Builder<String> builder = HashRing.<String>builder()
        .placement(new FixedPlacement(Map.of(
            "a", new long[] {-1}, "c", new long[] {(1L << 62) - 1}, "b", new long[] {Long.MAX_VALUE
            })));
    Arrays.stream(ids).map(Node::of).forEach(builder::node);
    return builder.build();
  }

  @Test
  void ownership_knownArcs_isExact() {
    assertEquals(Map.of("a", 0.5, "b", 0.25, "c", 0.25), placedOn("a", "b", "c").ownership());
  }

  @Test
  void ownership_arcOfOneHash_isNotLost() {
    HashRing<String> ring =
        placed(Map.of("a", new long[] {0}, "b", new long[] {1}, "c", new long[] {3}));
    assertEquals(Map.of("a", 1.0, "b", 0x1p-64, "c", 0x1p-63), ring.ownership());
  }

  @Test
  void gains_otherNodes_everythingMoves() {
    assertEquals(Map.of("b", 1.0), HashRing.of("a").gains(HashRing.of("b")));
    assertEquals("after", missing(() -> HashRing.of("a").gains(null)));
  }

  @Test
  void nodes_areInTheOrderOfTheirLabels() {
    assertEquals(List.of("a", "b", "c"), List.copyOf(HashRing.of("c", "a", "b").nodes()));
  }

  @Test
  void with_nodeThatIsThere_isRefused() {
    HashRing<String> ring = HashRing.of("a", "b");
    assertEquals("node b is there already", refused(() -> ring.with(Node.of("b", 2))));
    assertEquals("node", missing(() -> ring.with(null)));
    assertEquals(Set.of("a", "b"), ring.nodes());
  }

  @Test
  void without_unknownNode_isRefused() {
    HashRing<String> ring = HashRing.of("a", "b");
    assertEquals("node c is not there", refused(() -> ring.without("c")));
    assertEquals("id", missing(() -> ring.without(null)));
    assertEquals(Set.of("a", "b"), ring.nodes());
  }

  @Test
  void build_twoIdsWithOneLabel_isRefused() {
    String message = "nodes must have different labels, 1 and 1 have \"1\": set a labeller";
    assertEquals(message, refused(() -> HashRing.<Object>of(1, "1")));
    assertEquals(message, refused(() -> HashRing.<Object>of(1).with(Node.of("1"))));
    HashRing<Object> told = HashRing.builder()
        .labeller(id -> id.getClass().getSimpleName() + id)
        .nodes(List.of(Node.of(1), Node.of("1")))
        .build();
    assertEquals(List.of(1, "1"), List.copyOf(told.nodes()));
  }

  @Test
  void build_nullLabel_namesTheNode() {
    assertEquals(
        "label of node a",
        missing(() -> HashRing.builder().labeller(id -> null).node(Node.of("a")).build()));
  }

  @Test
  void build_tooManyPoints_isRefused() {
    String message = "points must be <= 67108864 in all, were ";
    assertEquals(
        message + 343_597_383_520L,
        refused(() ->
            HashRing.<String>builder().node(Node.of("a", Integer.MAX_VALUE)).build()));
    assertEquals(
        message + 67_108_865,
        refused(() -> HashRing.<String>builder()
            .virtualNodes(1)
            .nodes(List.of(Node.of("a", HashRing.MAX_POINTS), Node.of("b")))
            .build()));
    assertEquals(
        message + 4_611_686_014_132_420_609L,
        refused(() -> HashRing.<String>builder()
            .virtualNodes(Integer.MAX_VALUE)
            .node(Node.of("a", Integer.MAX_VALUE))
            .build()));
  }

  @Test
  void build_placementThatBreaksItsPromise_isRefused() {
    Placement none = new FixedPlacement(Map.of("a", new long[0]));
    assertEquals(
        "every node must have a point, a has none: raise its weight",
        refused(
            () -> HashRing.<String>builder().placement(none).node(Node.of("a")).build()));
    Placement uneven =
        new FixedPlacement(new TreeMap<>(Map.of("a", new long[1], "b", new long[2])));
    assertEquals(
        "placement must give node b 1 positions, gave 2",
        refused(() ->
            HashRing.<String>builder().placement(uneven).node(Node.of("b")).build()));
  }

  @Test
  void builder_badSetting_isRefusedAndChangesNothing() {
    HashRing.Builder<String> builder = HashRing.<String>builder().node(Node.of("a"));
    assertEquals("node a is there already", refused(() -> builder.node(Node.of("a", 2))));
    assertEquals(
        "node c is there already",
        refused(() -> builder.nodes(List.of(Node.of("c"), Node.of("c")))));
    assertEquals("virtualNodes must be >= 1, was 0", refused(() -> builder.virtualNodes(0)));
    assertEquals("node", missing(() -> builder.node(null)));
    assertEquals("nodes", missing(() -> builder.nodes(null)));
    assertEquals("placement", missing(() -> builder.placement(null)));
    assertEquals("labeller", missing(() -> builder.labeller(null)));
    assertEquals(Set.of("a"), builder.build().nodes());
  }

  /** "10.0.0.1" + "11" and "10.0.0.11" + "1" are one text: rings that glue label and number lose and misplace points. */
  @Test
  void labelsThatRunIntoTheirNumbers_stayApart() {
    String[] ids = new String[12];
    Arrays.setAll(ids, i -> "10.0.0." + (i + 1));
    HashRing<String> ring = HashRing.<String>builder()
        .virtualNodes(100)
        .nodes(Arrays.stream(ids).map(Node::of).toList())
        .build();
    assertEquals(1200, distinctPoints(ids));
    HashRing<String> fewer = ring.without("10.0.0.1");
    for (long i = 0; i < 100_000; i++) {
      long hash = i * 0x9E3779B97F4A7C15L;
      if (!ring.locate(hash).equals("10.0.0.1")) {
        assertEquals(ring.locate(hash), fewer.locate(hash));
      }
    }
  }

  private static long distinctPoints(String[] ids) {
    return Arrays.stream(ids)
        .flatMapToLong(id -> Arrays.stream(Placement.hashed(100).positions(id, 100)))
        .distinct()
        .count();
  }

  /** A ring on {@code String.hashCode} gives ten such nodes' keys to two of them. */
  @Test
  void addressesThatDifferInOneDigit_shareTheKeys() {
    HashRing.Builder<String> builder = HashRing.<String>builder().virtualNodes(100);
    for (int i = 0; i < 10; i++) {
      builder.node(Node.of("10.0.0." + i));
    }
    // The standard deviation of a share is 0.1 * sqrt(9 / 1001) = 0.0095; 0.05 is five of them.
    builder.build().ownership().forEach((id, share) -> assertEquals(0.1, share, 0.05, id));
  }

  /** A digest shared by the readers would give wrong owners. */
  @Test
  void readersOnFourThreads_agree() throws Exception {
    HashRing<String> ring = HashRing.<String>builder()
        .placement(Placement.ketama())
        .nodes(List.of(Node.of("a"), Node.of("b"), Node.of("c")))
        .build();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      keys.add("key" + i);
    }
    List<String> expected = keys.stream().map(ring::locate).toList();
    Callable<List<String>> read = () -> keys.stream().map(ring::locate).toList();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (Future<List<String>> run : pool.invokeAll(List.of(read, read, read, read))) {
        assertTrue(expected.equals(run.get()), "a reader saw another owner");
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
