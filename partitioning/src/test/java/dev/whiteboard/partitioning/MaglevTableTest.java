package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MaglevTableTest {
  private static int[] ints(int... values) {
    return values;
  }

  @Test
  void fill_rankingsThatDoNotMeet_alternate() {
    assertArrayEquals(ints(0, 1, 0, 1, 0), MaglevTable.fill(ints(0, 1), ints(2, 2), ints(1, 1), 5));
  }

  @Test
  void fill_sameRanking_theNodesFollowItInTurn() {
    // 4, 2, 0, 3, 1
    assertArrayEquals(
        ints(2, 1, 1, 0, 0), MaglevTable.fill(ints(4, 4, 4), ints(3, 3, 3), ints(1, 1, 1), 5));
  }

  @Test
  void fill_singleNode_takesAll() {
    assertArrayEquals(ints(0, 0, 0), MaglevTable.fill(ints(1), ints(2), ints(7), 3));
    assertArrayEquals(ints(0, 0), MaglevTable.fill(ints(1), ints(1), ints(7), 2));
  }

  /** The light node has its turns in rounds 1 and 3 of 5: 7 slots are 5 and 2. */
  @Test
  void fill_weights_lightNodePassesOverTurns() {
    assertArrayEquals(
        ints(0, 1, 0, 0, 1, 0, 0), MaglevTable.fill(ints(0, 1), ints(1, 1), ints(3, 1), 7));
  }

  /** Even the lightest has a turn in the first round; a product of ints would wrap. */
  @Test
  void fill_greatWeights_doNotWrap() {
    int[] table = MaglevTable.fill(ints(0, 0), ints(1, 1), ints(Integer.MAX_VALUE, 1), 101);
    assertEquals(1, IntStream.of(table).sum());
    int[] equal =
        MaglevTable.fill(ints(0, 0), ints(1, 1), ints(Integer.MAX_VALUE, Integer.MAX_VALUE), 101);
    assertEquals(50, IntStream.of(equal).sum());
  }

  @Test
  void locate_slot_isThatOfTheHashAmongAllHashes() {
    MaglevTable<String> table =
        MaglevTable.create(List.of(Node.of("a"), Node.of("b")), 2, Object::toString);
    assertEquals(table.locate(0), table.locate(Long.MAX_VALUE));
    assertEquals(table.locate(Long.MIN_VALUE), table.locate(-1));
    assertEquals(Set.of("a", "b"), Set.of(table.locate(0), table.locate(-1)));
  }

  /** Readers of other versions agree: the owners are the same in every one. */
  @Test
  void locate_fewKeys_ownersStay() {
    MaglevTable<String> table =
        MaglevTable.create(List.of(Node.of("a"), Node.of("b"), Node.of("c", 2), Node.of("d")));
    StringBuilder owners = new StringBuilder();
    for (long key = 0; key < 24; key++) {
      owners.append(table.locate(Xxh3.hash(key)));
    }
    assertEquals("ddccadbcdaabacaccdbdbbac", owners.toString());
  }

  @Test
  void locate_singleNode_ownsEverything() {
    MaglevTable<String> table = MaglevTable.of("only");
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals("only", table.locate(hash));
      assertEquals(List.of("only"), table.replicas(hash, 1));
    }
  }

  @Test
  void locate_asManyNodesAsSlots_eachHasOne() {
    MaglevTable<Integer> table = MaglevTable.create(
        IntStream.range(0, 7).mapToObj(i -> Node.of(i, 1 + i * i)).toList(), 7, Object::toString);
    assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6), Set.copyOf(table.replicas(0, 7)));
    assertEquals(7, table.tableSize());
  }

  @Test
  void create_sizeOutOfRange_isRefused() {
    for (int size : new int[] {Integer.MIN_VALUE, -7, 0, 1, 4, 65_536, 67_108_864, 67_108_879}) {
      assertEquals(
          "tableSize must be a prime in [2, 67108864], was " + size,
          refused(() -> MaglevTable.create(List.of(Node.of("a")), size, Object::toString)));
    }
    assertEquals(65_537, MaglevTable.of("a").tableSize());
  }

  @Test
  void with_moreNodesThanSlots_isRefused() {
    List<Node<String>> nodes = List.of(Node.of("a"), Node.of("b"), Node.of("c"));
    assertEquals(
        "nodes must be <= 2, the slots, were 3",
        refused(() -> MaglevTable.create(nodes, 2, Object::toString)));
    MaglevTable<String> full = MaglevTable.create(nodes, 3, Object::toString);
    assertEquals("nodes must be <= 3, the slots, were 4", refused(() -> full.with(Node.of("d"))));
  }

  @Test
  void nodes_areInTheOrderOfTheirLabels() {
    MaglevTable<String> table = MaglevTable.of("c", "a").with(Node.of("b", 7));
    assertEquals(List.of("a", "b", "c"), List.copyOf(table.nodes()));
    assertEquals(List.of(Node.of("a"), Node.of("b", 7), Node.of("c")), table.members());
    assertThrows(UnsupportedOperationException.class, () -> table.nodes().clear());
    assertThrows(UnsupportedOperationException.class, () -> table.replicas(0, 2).clear());
  }

  @Test
  void replicas_countOutOfRange_isRefused() {
    MaglevTable<String> table = MaglevTable.of("a", "b", "c");
    assertEquals("count must be in [1, 3], was 0", refused(() -> table.replicas(0, 0)));
    assertEquals("count must be in [1, 3], was 4", refused(() -> table.replicas(0, 4)));
  }

  @Test
  void with_nodeThatIsThere_isRefused() {
    MaglevTable<String> table = MaglevTable.of("a", "b");
    assertEquals("node b is there already", refused(() -> table.with(Node.of("b", 2))));
    assertEquals("node a is there already", refused(() -> MaglevTable.of("a", "a")));
    assertEquals(Set.of("a", "b"), table.nodes());
  }

  @Test
  void without_unknownNode_isRefused() {
    MaglevTable<String> table = MaglevTable.of("a", "b");
    assertEquals("node c is not there", refused(() -> table.without("c")));
    assertEquals(Set.of("a", "b"), table.nodes());
  }

  @Test
  void create_twoIdsWithOneLabel_isRefused() {
    String message = "nodes must have different labels, 1 and 1 have \"1\": set a labeller";
    assertEquals(message, refused(() -> MaglevTable.<Object>of(1, "1")));
    assertEquals(message, refused(() -> MaglevTable.<Object>of(1).with(Node.of("1"))));
    MaglevTable<Object> told = MaglevTable.create(
        List.of(Node.of(1), Node.of("1")), 251, id -> id.getClass().getSimpleName() + id);
    assertEquals(List.of(1, "1"), List.copyOf(told.nodes()));
  }

  /** The label decides, not the identity. */
  @Test
  void create_labeller_isUsed() {
    MaglevTable<Integer> labelled =
        MaglevTable.create(List.of(Node.of(1), Node.of(2)), 65_537, id -> id == 1 ? "a" : "b");
    MaglevTable<String> plain = MaglevTable.of("a", "b");
    for (long key = 0; key < 100; key++) {
      long hash = Xxh3.hash(key);
      assertEquals(plain.locate(hash).equals("a") ? 1 : 2, labelled.locate(hash));
    }
  }

  /** Labels that differ in one digit, or are a part of one another, rank the slots in other orders. */
  @Test
  void labelsThatAreAlike_rankDifferently() {
    MaglevTable<String> table = MaglevTable.of("a", "a1", "a11", "a111");
    int[] followers = new int[4];
    List<String> ids = List.copyOf(table.nodes());
    for (long key = 0; key < 3000; key++) {
      List<String> replicas = table.replicas(Xxh3.hash(key), 2);
      if (replicas.get(0).equals("a")) {
        followers[ids.indexOf(replicas.get(1))]++;
      }
    }
    assertTrue(
        followers[1] > 100 && followers[2] > 100 && followers[3] > 100, Arrays.toString(followers));
  }

  @Test
  void null_namesTheArgument() {
    MaglevTable<String> table = MaglevTable.of("a");
    List<Node<String>> nodes = List.of(Node.of("a"));
    assertEquals("ids", missing(() -> MaglevTable.of((String[]) null)));
    assertEquals("id", missing(() -> MaglevTable.of("a", null)));
    assertEquals("nodes", missing(() -> MaglevTable.create(null)));
    assertEquals("node", missing(() -> MaglevTable.create(Arrays.asList(Node.of("a"), null))));
    assertEquals("labeller", missing(() -> MaglevTable.create(nodes, 7, null)));
    assertEquals("label of node a", missing(() -> MaglevTable.create(nodes, 7, id -> null)));
    assertEquals("node", missing(() -> table.with(null)));
    assertEquals("id", missing(() -> table.without(null)));
  }

  @Nested
  class WhenEmpty {
    private final MaglevTable<String> table = MaglevTable.of();

    @Test
    void lookUp_saysThatThereIsNoNode() {
      assertEquals("there is no node", illegalState(() -> table.locate(0)));
      assertEquals("there is no node", illegalState(() -> table.replicas(0, 1)));
    }

    @Test
    void without_lastNode_isEmptyAgain() {
      MaglevTable<String> again = table.with(Node.of("a")).without("a");
      assertEquals(Set.of(), again.nodes());
      assertEquals("there is no node", illegalState(() -> again.locate(0)));
      assertEquals("b", again.with(Node.of("b")).locate(0));
    }
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }

  private static String illegalState(Executable call) {
    return assertThrows(IllegalStateException.class, call).getMessage();
  }
}
