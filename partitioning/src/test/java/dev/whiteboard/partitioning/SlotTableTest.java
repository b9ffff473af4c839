package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SlotTableTest {
  private static SlotTable<String> table(int slots, Node<?>... nodes) {
    SlotTable.Builder<String> builder = SlotTable.<String>builder().slots(slots);
    for (Node<?> node : nodes) {
      builder.node(new Node<>(node.id().toString(), node.weight(), node.zone()));
    }
    return builder.build();
  }

  private static String owners(SlotTable<String> table) {
    StringBuilder owners = new StringBuilder();
    IntStream.range(0, table.slots()).mapToObj(table::ownerOf).forEach(owners::append);
    return owners.toString();
  }

  @Test
  void locate_hash_isTheOwnerOfItsSlot() {
    SlotTable<String> table = ListedPartitioner.of("a b c a").table();
    assertEquals("a", table.locate(0));
    assertEquals("a", table.locate((1L << 62) - 1));
    assertEquals("b", table.locate(1L << 62));
    assertEquals("b", table.locate(Long.MAX_VALUE));
    assertEquals("c", table.locate(Long.MIN_VALUE));
    assertEquals("a", table.locate(-1));
  }

  @Test
  void locate_text_isHashedByTheSlotHash() {
    SlotTable<String> table = SlotTable.of("a", "b", "c");
    assertEquals(table.locate(Xxh3.hash("key")), table.locate("key"));
    assertEquals(table.slotOf(Xxh3.hash("key")), table.slotOf("key"));
    SlotTable<String> redis = SlotTable.<String>builder()
        .slotHash(SlotHash.redisCluster())
        .nodes(List.of(Node.of("a"), Node.of("b")))
        .build();
    assertEquals(3443, redis.slotOf("{user1000}.following"));
    assertEquals(redis.ownerOf(3443), redis.locate("{user1000}.followers"));
    assertEquals(3443, redis.without("a").slotOf("user1000"));
    assertEquals("key", missing(() -> table.locate((String) null)));
    assertEquals("key", missing(() -> table.slotOf(null)));
  }

  @Test
  void locate_slotHashThatBreaksItsPromise_isRefused() {
    SlotTable<String> table = SlotTable.<String>builder()
        .slotHash((key, slots) -> key.length() - 1)
        .slots(2)
        .node(Node.of("a"))
        .build();
    assertEquals(1, table.slotOf("ab"));
    assertThrows(IndexOutOfBoundsException.class, () -> table.locate("abc"));
    assertThrows(IndexOutOfBoundsException.class, () -> table.slotOf(""));
  }

  @Test
  void build_default_has16384Slots() {
    assertEquals(16_384, SlotTable.of("a").slots());
    assertEquals(
        Map.of("a", 5462, "b", 5461, "c", 5461), SlotTable.of("a", "b", "c").loads());
  }

  @Test
  void build_weights_largestRemaindersAreRoundedUp() {
    // 10 * 1/6 = 1 + 4/6, 10 * 2/6 = 3 + 2/6, 10 * 3/6 = 5.
    assertEquals(
        Map.of("a", 2, "b", 3, "c", 5),
        table(10, Node.of("a"), Node.of("b", 2), Node.of("c", 3)).loads());
  }

  @Test
  void build_tinyWeight_getsASlot() {
    int huge = Integer.MAX_VALUE;
    assertEquals(
        Map.of("a", 1, "b", 3), table(4, Node.of("a"), Node.of("b", huge)).loads());
    assertEquals(
        Map.of("a", 1, "b", 1, "c", 1),
        table(3, Node.of("a"), Node.of("b", huge), Node.of("c", huge)).loads());
    // Once a and b have a slot each, 4 are left for 3 + 8, so that c is below one slot too.
    assertEquals(
        Map.of("a", 1, "b", 1, "c", 1, "d", 3),
        table(6, Node.of("a"), Node.of("b"), Node.of("c", 3), Node.of("d", 9)).loads());
  }

  @Test
  void build_mostSlots_areCounted() {
    SlotTable<String> table = table(SlotTable.MAX_SLOTS);
    assertEquals(1 << 24, table.slots());
    assertEquals((1 << 24) - 1, table.slotOf(-1));
    assertEquals(
        Map.of("a", 1, "b", (1 << 20) - 1),
        table(1 << 20, Node.of("a"), Node.of("b", Integer.MAX_VALUE)).loads());
  }

  /** A block of 5,461 slots has one border; shuffled slots have a border after two of three, here 10,923 +- 60. */
  @Test
  void build_slotsOfANode_lieAllOverTheTable() {
    SlotTable<String> table = SlotTable.of("a", "b", "c");
    double borders = IntStream.range(1, table.slots())
        .filter(slot -> !table.ownerOf(slot).equals(table.ownerOf(slot - 1)))
        .count();
    assertEquals(table.slots() * 2 / 3.0, borders, 250);
  }

  /** Where the default layout puts nodes is part of the contract between machines. */
  @Test
  void build_layout_isTheSameForEver() {
    assertEquals("abacacbccacbaabb", owners(table(16, Node.of("a"), Node.of("b"), Node.of("c"))));
    assertEquals(
        "cbacabcccacbacbc", owners(table(16, Node.of("a"), Node.of("b")).with(Node.of("c", 2))));
    assertEquals(
        "cbccbcbccbcbbcbb",
        owners(table(16, Node.of("a"), Node.of("b"), Node.of("c")).without("a")));
    assertEquals(
        List.of("a", "c", "b"),
        table(16, Node.of("a"), Node.of("b", 2), Node.of("c", 3)).replicas(0, 3));
  }

  @Test
  void build_moreNodesThanSlots_isRefused() {
    String message = "nodes must be <= slots (2), were 3";
    assertEquals(message, refused(() -> table(2, Node.of("a"), Node.of("b"), Node.of("c"))));
    assertEquals(message, refused(() -> table(2, Node.of("a"), Node.of("b")).with(Node.of("c"))));
    assertEquals(message, refused(() -> SlotTable.of("a", "b", "c").compile(2)));
  }

  @Test
  void with_thirdNode_takesFromWhoHasMost() {
    SlotTable<String> two = table(9, Node.of("a"), Node.of("b"));
    assertEquals(Map.of("a", 5, "b", 4), two.loads());
    assertEquals(Map.of("a", 3, "b", 3, "c", 3), two.with(Node.of("c")).loads());
    SlotTable<String> ten = table(10, Node.of("a"), Node.of("b"));
    assertEquals(Map.of("a", 3, "b", 4, "c", 3), ten.with(Node.of("c")).loads());
    // Of 11 slots, 3 + 4 + 4: c must have 4, or another would be above its share rounded up.
    SlotTable<String> one = table(3, Node.of("a"));
    assertEquals(Map.of("a", 2, "b", 1), one.with(Node.of("b")).loads());
  }

  @Test
  void with_heavyNode_takesItsShare() {
    SlotTable<String> table = table(12, Node.of("a"), Node.of("b")).with(Node.of("c", 2));
    assertEquals(Map.of("a", 3, "b", 3, "c", 6), table.loads());
  }

  @Test
  void without_node_givesToWhoHasLeast() {
    SlotTable<String> table = table(9, Node.of("a"), Node.of("b"), Node.of("c"));
    assertEquals(Map.of("a", 5, "c", 4), table.without("b").loads());
    SlotTable<String> weighted =
        table(12, Node.of("a"), Node.of("b"), Node.of("c", 2)).without("b");
    assertEquals(Map.of("a", 4, "c", 8), weighted.loads());
  }

  @Test
  void without_onlyOwnerOfItsSlots_movesNothingElse() {
    SlotTable<String> before = ListedPartitioner.of("a a a a b b c c").table();
    assertEquals("a a a a ? ? c c".replace(" ", "").replace("?", "c"), owners(before.without("b")));
  }

  @Test
  void replace_weight_movesTheDifference() {
    SlotTable<String> table = table(12, Node.of("a"), Node.of("b"));
    assertEquals(Map.of("a", 4, "b", 8), table.replace(Node.of("b", 2)).loads());
    assertEquals(Map.of("a", 9, "b", 3), table.replace(Node.of("a", 3)).loads());
    assertEquals(
        Map.of("a", 6, "b", 6),
        table.replace(Node.of("b", 2)).replace(Node.of("b")).loads());
    assertEquals(
        List.of(Node.of("a"), Node.of("b", 2)), table.replace(Node.of("b", 2)).members());
  }

  @Test
  void replace_zone_movesNoOwner() {
    SlotTable<String> before = SlotTable.<String>builder()
        .slots(64)
        .copies(2)
        .nodes(List.of(
            Node.of("a").inZone("x"), Node.of("b").inZone("y"), Node.of("c").inZone("y")))
        .build();
    SlotTable<String> after = before.replace(Node.of("c").inZone("x"));
    assertEquals(owners(before), owners(after));
    for (int slot = 0; slot < 64; slot++) {
      assertNotEquals(Set.of("b", "c"), Set.copyOf(before.holders(slot, 2)));
      assertNotEquals(Set.of("a", "c"), Set.copyOf(after.holders(slot, 2)));
    }
  }

  @Test
  void rebalanced_compiledTable_movesTheLeast() {
    SlotTable<String> before = ListedPartitioner.of("a a a a a b b c").table();
    SlotTable<String> after = before.rebalanced();
    assertEquals(Map.of("a", 3, "b", 3, "c", 2), after.loads());
    assertEquals("bbc", owners(after).substring(5));
    assertEquals(owners(after), owners(after.rebalanced()));
  }

  @Test
  void replicas_upToTheCopies_areOneObjectForEqualLists() {
    SlotTable<String> table = SlotTable.<String>builder()
        .slots(100)
        .copies(2)
        .nodes(List.of(Node.of("a"), Node.of("b"), Node.of("c")))
        .build();
    Map<List<String>, List<String>> seen = new java.util.HashMap<>();
    for (int slot = 0; slot < 100; slot++) {
      for (int count = 1; count <= 2; count++) {
        List<String> list = table.replicas(Representatives.of(slot, 100), count);
        assertEquals(count, list.size());
        List<String> equal = seen.putIfAbsent(list, list);
        assertTrue(equal == null || equal == list, "equal lists are two objects");
      }
    }
    assertEquals(3 + 6, seen.size());
  }

  @Test
  void replicas_moreThanTheCopies_goOnInTheSameOrder() {
    SlotTable<String> table = ListedPartitioner.of("abcd dcba cdab badc").table();
    assertEquals(List.of("a", "b", "c", "d"), table.replicas(0, 4));
    SlotTable<String> fewer = SlotTable.compile(ListedPartitioner.of("abcd dcba cdab badc"), 4, 2);
    assertEquals(List.of("a", "b"), fewer.replicas(0, 2));
    assertEquals(List.of("a", "b"), fewer.replicas(0, 3).subList(0, 2));
    assertEquals(4, Set.copyOf(fewer.replicas(-1, 4)).size());
    assertEquals(List.of("b", "a"), fewer.replicas(-1, 4).subList(0, 2));
  }

  @Test
  void replicas_fewerNodesThanCopies_areAllNodes() {
    SlotTable<String> one =
        SlotTable.<String>builder().slots(64).copies(3).node(Node.of("a")).build();
    assertEquals(List.of("a"), one.replicas(7, 1));
    assertEquals("count must be in [1, 1], was 2", refused(() -> one.replicas(7, 2)));
    SlotTable<String> four = one.with(Node.of("b")).with(Node.of("c")).with(Node.of("d"));
    assertEquals(3, four.replicas(7, 3).size());
    assertSame(four.replicas(7, 3), four.replicas(7, 3));
    assertEquals(Set.of("a", "d"), Set.copyOf(four.without("b").without("c").replicas(7, 2)));
  }

  @Test
  void replicas_countOutOfRange_isRefused() {
    SlotTable<String> table = SlotTable.of("a", "b");
    assertEquals("count must be in [1, 2], was 0", refused(() -> table.replicas(0, 0)));
    assertEquals("count must be in [1, 2], was 3", refused(() -> table.replicas(0, 3)));
    assertEquals("count must be in [1, 2], was -1", refused(() -> table.replicas(0, -1)));
  }

  @Test
  void results_areUnmodifiable() {
    SlotTable<String> table = SlotTable.of("a", "b");
    for (Executable change : List.<Executable>of(
        () -> table.replicas(0, 1).clear(),
        () -> table.replicas(0, 2).clear(),
        () -> table.nodes().clear(),
        () -> table.members().clear(),
        () -> table.loads().clear())) {
      assertThrows(UnsupportedOperationException.class, change);
    }
    table.slotsOf("a")[0] = -1;
    assertTrue(table.slotsOf("a")[0] >= 0);
  }

  @Test
  void slotsOf_node_areAscending() {
    SlotTable<String> table = ListedPartitioner.of("a b a c a").table();
    assertArrayEquals(new int[] {0, 2, 4}, table.slotsOf("a"));
    assertArrayEquals(new int[] {3}, table.slotsOf("c"));
    assertEquals("node d is not there", refused(() -> table.slotsOf("d")));
    assertEquals("id", missing(() -> table.slotsOf(null)));
  }

  @Test
  void ownerOf_slotOutOfRange_isRefused() {
    SlotTable<String> table = SlotTable.of("a");
    assertEquals("slot must be in [0, 16383], was -1", refused(() -> table.ownerOf(-1)));
    assertEquals("slot must be in [0, 16383], was 16384", refused(() -> table.ownerOf(16_384)));
    assertEquals("a", table.ownerOf(16_383));
  }

  @Test
  void slots_one_belongsToTheOnlyNode() {
    SlotTable<String> table = table(1, Node.of("a"));
    assertEquals("a", table.locate(0));
    assertEquals("a", table.locate(-1));
    assertEquals("a", table.locate("key"));
    assertEquals("b", table.without("a").with(Node.of("b")).locate(0));
  }

  @Nested
  class WhenEmpty {
    private final SlotTable<String> table = SlotTable.of();

    @Test
    void locate_saysThatThereIsNoNode() {
      for (Executable call : List.<Executable>of(
          () -> table.locate(0),
          () -> table.locate("key"),
          () -> table.ownerOf(0),
          () -> table.replicas(0, 1),
          () -> SlotTable.of("a").without("a").locate(0))) {
        assertEquals(
            "there is no node", assertThrows(IllegalStateException.class, call).getMessage());
      }
    }

    @Test
    void with_firstNode_getsEverySlot() {
      assertEquals(Map.of("a", 16_384), table.with(Node.of("a", 7)).loads());
      assertEquals(List.of("a"), table.with(Node.of("a")).replicas(5, 1));
    }

    @Test
    void otherMethods_work() {
      assertEquals(Map.of(), table.loads());
      assertEquals(Set.of(), table.nodes());
      assertEquals(Set.of(), table.rebalanced().nodes());
      assertEquals(16_384, table.slots());
      assertEquals(Set.of(), HashRing.<String>of().compile(8).nodes());
      assertEquals("node a is not there", refused(() -> table.without("a")));
    }
  }

  @Test
  void with_nodeThatIsThere_isRefused() {
    SlotTable<String> table = SlotTable.of("a", "b");
    assertEquals("node b is there already", refused(() -> table.with(Node.of("b", 2))));
    assertEquals("node", missing(() -> table.with(null)));
    assertEquals("node c is not there", refused(() -> table.without("c")));
    assertEquals("id", missing(() -> table.without(null)));
    assertEquals("node c is not there", refused(() -> table.replace(Node.of("c"))));
    assertEquals("node", missing(() -> table.replace(null)));
    assertEquals(Set.of("a", "b"), table.nodes());
  }

  @Test
  void build_twoIdsWithOneLabel_isRefused() {
    String message = "nodes must have different labels, 1 and 1 have \"1\": set a labeller";
    assertEquals(message, refused(() -> SlotTable.<Object>of(1, "1")));
    assertEquals(message, refused(() -> SlotTable.<Object>of(1).with(Node.of("1"))));
    SlotTable<Object> told = SlotTable.builder()
        .labeller(id -> id.getClass().getSimpleName() + id)
        .nodes(List.of(Node.of("1"), Node.of(1)))
        .build();
    assertEquals(List.of(1, "1"), List.copyOf(told.nodes()));
  }

  @Test
  void builder_badSetting_isRefusedAndChangesNothing() {
    SlotTable.Builder<String> builder = SlotTable.<String>builder().node(Node.of("a"));
    assertEquals("node a is there already", refused(() -> builder.node(Node.of("a", 2))));
    assertEquals(
        "node c is there already",
        refused(() -> builder.nodes(List.of(Node.of("c"), Node.of("c")))));
    assertEquals("slots must be in [1, 16777216], was 0", refused(() -> builder.slots(0)));
    assertEquals(
        "slots must be in [1, 16777216], was 16777217",
        refused(() -> builder.slots((1 << 24) + 1)));
    assertEquals("copies must be in [1, 64], was 0", refused(() -> builder.copies(0)));
    assertEquals("copies must be in [1, 64], was 65", refused(() -> builder.copies(65)));
    assertEquals("node", missing(() -> builder.node(null)));
    assertEquals("nodes", missing(() -> builder.nodes(null)));
    assertEquals("slotHash", missing(() -> builder.slotHash(null)));
    assertEquals("labeller", missing(() -> builder.labeller(null)));
    assertEquals("ids", missing(() -> SlotTable.of((Object[]) null)));
    assertEquals(Set.of("a"), builder.build().nodes());
    assertEquals(16_384, builder.build().slots());
  }

  @Test
  void build_listsTooLarge_isRefused() {
    SlotTable.Builder<String> builder =
        SlotTable.<String>builder().slots(1 << 24).copies(5);
    assertEquals("slots * copies must be <= 67108864, was 83886080", refused(builder::build));
    assertEquals(
        "slots * copies must be <= 67108864, was 1073741824",
        refused(() -> SlotTable.compile(SlotTable.of("a"), 1 << 24, 64)));
  }

  @Test
  void compile_ring_hasItsMembersInTheOrderOfLabels() {
    HashRing<String> ring = HashRing.<String>builder()
        .nodes(List.of(new Node<>("b", 2, "x"), new Node<>("a", 3, "y")))
        .build();
    SlotTable<String> table = ring.compile(256, 2);
    assertEquals(List.of(new Node<>("a", 3, "y"), new Node<>("b", 2, "x")), table.members());
    assertEquals(2, table.replicas(0, 2).size());
  }

  @Test
  void compile_badArgument_isRefused() {
    HashRing<String> ring = HashRing.of("a", "b");
    assertEquals("slots must be in [1, 16777216], was 0", refused(() -> ring.compile(0)));
    assertEquals("copies must be in [1, 64], was 0", refused(() -> ring.compile(8, 0)));
    assertEquals("partitioner", missing(() -> SlotTable.compile(null, 8, 1)));
    assertEquals("labeller", missing(() -> SlotTable.compile(ring, 8, 1, null)));
    assertEquals(
        "nodes must have different labels, 1 and 1 have \"1\": set a labeller",
        refused(() -> labelled().compile(8)));
    assertEquals(
        Set.of(1, "1"),
        SlotTable.compile(labelled(), 8, 1, id -> id.getClass() + "").nodes());
  }

  private static HashRing<Object> labelled() {
    return HashRing.builder()
        .labeller(id -> id.getClass() + "")
        .nodes(List.of(Node.of(1), Node.of("1")))
        .build();
  }

  @Test
  void compile_partitionerThatBreaksItsPromise_isRefused() {
    assertEquals(
        "partitioner must give 2 different nodes, gave [a, a]",
        refused(() -> SlotTable.compile(ListedPartitioner.of("aa bb"), 2, 2)));
    assertEquals(
        "partitioner must give 2 different nodes, gave [a]",
        refused(() -> SlotTable.compile(ListedPartitioner.of("a b"), 2, 2)));
    assertEquals(
        "partitioner must give nodes of its own, gave [b]",
        refused(() -> SlotTable.compile(
            new ListedPartitioner(List.of(Node.of("a")), List.of(List.of("b"))), 1, 1)));
  }

  /** 100 nodes on 16,384 slots: 164 / 163.84 = 1.00098. The random ids make every step another one. */
  @Test
  void balance_afterAThousandChanges_isThatOfANewTable() {
    Random random = new Random(1);
    List<String> ids = new ArrayList<>();
    SlotTable<String> table = SlotTable.of();
    while (ids.size() < 100) {
      ids.add("node " + ids.size());
      table = table.with(Node.of(ids.get(ids.size() - 1)));
    }
    for (int i = 0; i < 500; i++) {
      int leaving = random.nextInt(100);
      SlotTable<String> fewer = table.without(ids.get(leaving));
      assertEquals(table.loads().get(ids.get(leaving)), (int) moved(table, fewer));
      ids.set(leaving, "node " + (100 + i));
      table = fewer.with(Node.of(ids.get(leaving)));
      assertEquals(163, moved(fewer, table));
    }
    assertEquals(164, Collections.max(table.loads().values()));
    assertEquals(163, Collections.min(table.loads().values()));
  }

  private static long moved(SlotTable<String> before, SlotTable<String> after) {
    return IntStream.range(0, before.slots())
        .filter(slot -> !before.ownerOf(slot).equals(after.ownerOf(slot)))
        .count();
  }

  /**
   * With unequal weights nothing promises that nobody drifts from its share; in these 300 changes of nodes with weights
   * up to 100 nobody is a whole slot off.
   */
  @Test
  void balance_unequalWeights_staysWithinASlot() {
    Random random = new Random(1);
    SlotTable<String> table = SlotTable.of();
    for (int i = 0; i < 300; i++) {
      List<String> ids = List.copyOf(table.nodes());
      table = ids.size() < 20 || random.nextBoolean()
          ? table.with(Node.of("node " + i, 1 + random.nextInt(100)))
          : table.without(ids.get(random.nextInt(ids.size())));
      Map<String, Integer> loads = table.loads();
      double weight = table.members().stream().mapToInt(Node::weight).sum();
      for (Node<String> node : table.members()) {
        assertEquals(16_384 * node.weight() / weight, loads.get(node.id()), 1);
      }
    }
  }

  /** Without the preference, one slot in 99 would go to its second replica. */
  @Test
  void without_secondReplica_oftenTakesOver() {
    SlotTable.Builder<String> builder = SlotTable.<String>builder().copies(2);
    IntStream.range(0, 100).forEach(i -> builder.node(Node.of("node " + i)));
    SlotTable<String> before = builder.build();
    SlotTable<String> after = before.without("node 7");
    long promoted = IntStream.of(before.slotsOf("node 7"))
        .filter(slot -> after.ownerOf(slot).equals(before.holders(slot, 2).get(1)))
        .count();
    assertTrue(promoted > 60, "only " + promoted);
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
