package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RendezvousHashTest {
  /** Xxh3 of a number is a bijection. These are the numbers whose hashes are 0 and 2^64 - 1. */
  private static final long PREIMAGE_OF_LOWEST = 0xFF27D738E168D542L;

  private static final long PREIMAGE_OF_HIGHEST = 0x84EE0938ED2AE4CEL;

  /** A key's hash for which the node with this label draws the lowest number. */
  private static long lowestDrawOf(String label) {
    return Xxh3.hash(label) ^ PREIMAGE_OF_LOWEST;
  }

  private static long highestDrawOf(String label) {
    return Xxh3.hash(label) ^ PREIMAGE_OF_HIGHEST;
  }

  @Test
  void locate_lowestDraw_leavesTheKeyToTheOther() {
    assertEquals(0, Xxh3.hash(PREIMAGE_OF_LOWEST));
    assertEquals("b", RendezvousHash.of("a", "b").locate(lowestDrawOf("a")));
    assertEquals("a", RendezvousHash.of("a", "b").locate(lowestDrawOf("b")));
  }

  @Test
  void locate_highestDraw_isTheOwner() {
    assertEquals(-1, Xxh3.hash(PREIMAGE_OF_HIGHEST));
    assertEquals("a", RendezvousHash.of("a", "b").locate(highestDrawOf("a")));
    assertEquals("b", RendezvousHash.of("a", "b").locate(highestDrawOf("b")));
  }

  /** The lowest fraction is 2^-53, not 0: 2^31 / 36.7 beats every draw of weight 1 but one in 60 million. */
  @Test
  void locate_lowestDrawOfAGreatWeight_stillWins() {
    RendezvousHash<String> rendezvous =
        RendezvousHash.create(List.of(Node.of("a", Integer.MAX_VALUE), Node.of("b")));
    assertEquals("a", rendezvous.locate(lowestDrawOf("a")));
    assertEquals(List.of("a", "b"), rendezvous.replicas(lowestDrawOf("a"), 2));
  }

  /** The highest fraction is 1 - 2^-53, not 1: 2^53 beats every draw of weight 2^31 but one in four million. */
  @Test
  void locate_highestDrawOfASmallWeight_stillWins() {
    RendezvousHash<String> rendezvous =
        RendezvousHash.create(List.of(Node.of("a"), Node.of("b", Integer.MAX_VALUE)));
    assertEquals("a", rendezvous.locate(highestDrawOf("a")));
    assertEquals(List.of("a", "b"), rendezvous.replicas(highestDrawOf("a"), 2));
  }

  @Test
  void locate_singleNode_ownsEverything() {
    RendezvousHash<String> rendezvous = RendezvousHash.of("only");
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, lowestDrawOf("only")}) {
      assertEquals("only", rendezvous.locate(hash));
      assertEquals(List.of("only"), rendezvous.replicas(hash, 1));
    }
  }

  /** Stored data stays where it is: the owners are the same in every version. */
  @Test
  void locate_fewKeys_ownersStay() {
    List<Node<String>> nodes = List.of(Node.of("a"), Node.of("b"), Node.of("c"), Node.of("d"));
    assertEquals("bdbbbcadcdcdbacbabbccaca", owners(RendezvousHash.create(nodes)));
    assertEquals(
        "bdddbdddddddbacdabbdcdda",
        owners(RendezvousHash.create(nodes).without("d").with(Node.of("d", 3))));
  }

  private static String owners(RendezvousHash<String> rendezvous) {
    StringBuilder owners = new StringBuilder();
    for (long key = 0; key < 24; key++) {
      owners.append(rendezvous.locate(Xxh3.hash(key)));
    }
    return owners.toString();
  }

  @Test
  void replicas_zones_newZonesComeFirstAndTheRestByScore() {
    RendezvousHash<String> plain = RendezvousHash.of("a", "b", "c", "d");
    RendezvousHash<String> zoned = RendezvousHash.create(List.of(
        Node.of("a").inZone("x"),
        Node.of("b").inZone("x"),
        Node.of("c"),
        Node.of("d").inZone("y")));
    long hash = 0;
    while (!plain.replicas(hash, 4).equals(List.of("b", "a", "d", "c"))) {
      hash++;
    }
    assertEquals(List.of("b", "d", "c", "a"), zoned.replicas(hash, 4));
    assertEquals(List.of("b", "d"), zoned.replicas(hash, 2));
  }

  @Test
  void replicas_countOutOfRange_isRefused() {
    RendezvousHash<String> rendezvous = RendezvousHash.of("a", "b", "c");
    assertEquals("count must be in [1, 3], was 0", refused(() -> rendezvous.replicas(0, 0)));
    assertEquals("count must be in [1, 3], was 4", refused(() -> rendezvous.replicas(0, 4)));
  }

  @Test
  void nodes_areInTheOrderOfTheirLabels() {
    RendezvousHash<String> rendezvous = RendezvousHash.of("c", "a").with(Node.of("b", 7));
    assertEquals(List.of("a", "b", "c"), List.copyOf(rendezvous.nodes()));
    assertEquals(List.of(Node.of("a"), Node.of("b", 7), Node.of("c")), rendezvous.members());
    assertThrows(UnsupportedOperationException.class, () -> rendezvous.nodes().clear());
    assertThrows(
        UnsupportedOperationException.class, () -> rendezvous.replicas(0, 2).clear());
  }

  @Test
  void with_nodeThatIsThere_isRefused() {
    RendezvousHash<String> rendezvous = RendezvousHash.of("a", "b");
    assertEquals("node b is there already", refused(() -> rendezvous.with(Node.of("b", 2))));
    assertEquals("node a is there already", refused(() -> RendezvousHash.of("a", "a")));
    assertEquals(Set.of("a", "b"), rendezvous.nodes());
  }

  @Test
  void without_unknownNode_isRefused() {
    RendezvousHash<String> rendezvous = RendezvousHash.of("a", "b");
    assertEquals("node c is not there", refused(() -> rendezvous.without("c")));
    assertEquals(Set.of("a", "b"), rendezvous.nodes());
  }

  @Test
  void create_twoIdsWithOneLabel_isRefused() {
    String message = "nodes must have different labels, 1 and 1 have \"1\": set a labeller";
    assertEquals(message, refused(() -> RendezvousHash.<Object>of(1, "1")));
    assertEquals(message, refused(() -> RendezvousHash.<Object>of(1).with(Node.of("1"))));
    RendezvousHash<Object> told = RendezvousHash.create(
        List.of(Node.of(1), Node.of("1")), id -> id.getClass().getSimpleName() + id);
    assertEquals(List.of(1, "1"), List.copyOf(told.nodes()));
  }

  /** The label decides, not the identity. */
  @Test
  void create_labeller_isUsed() {
    RendezvousHash<Integer> labelled =
        RendezvousHash.create(List.of(Node.of(1), Node.of(2)), id -> id == 1 ? "a" : "b");
    RendezvousHash<String> plain = RendezvousHash.of("a", "b");
    for (long hash = 0; hash < 100; hash++) {
      assertEquals(plain.locate(hash).equals("a") ? 1 : 2, labelled.locate(hash));
    }
  }

  @Test
  void null_namesTheArgument() {
    RendezvousHash<String> rendezvous = RendezvousHash.of("a");
    List<Node<String>> nodes = List.of(Node.of("a"));
    assertEquals("ids", missing(() -> RendezvousHash.of((String[]) null)));
    assertEquals("id", missing(() -> RendezvousHash.of("a", null)));
    assertEquals("nodes", missing(() -> RendezvousHash.create(null)));
    assertEquals("node", missing(() -> RendezvousHash.create(Arrays.asList(Node.of("a"), null))));
    assertEquals("labeller", missing(() -> RendezvousHash.create(nodes, null)));
    assertEquals("label of node a", missing(() -> RendezvousHash.create(nodes, id -> null)));
    assertEquals("node", missing(() -> rendezvous.with(null)));
    assertEquals("id", missing(() -> rendezvous.without(null)));
  }

  /** "a" + "11" and "a1" + "1" are one text; nodes a and a1 must not draw alike for keys 11 and 1. */
  @Test
  void labelsThatRunIntoTheirKeys_stayApart() {
    RendezvousHash<String> rendezvous = RendezvousHash.of("a", "a1", "a11");
    int toFirst = 0;
    for (int key = 0; key < 1000; key++) {
      toFirst += rendezvous.locate(Xxh3.hash("1" + key)).equals("a") ? 1 : 0;
    }
    // The standard deviation is sqrt(1000 * 1/3 * 2/3) = 15.
    assertTrue(toFirst > 270 && toFirst < 397, toFirst + " of 1000");
  }

  @Nested
  class WhenEmpty {
    private final RendezvousHash<String> rendezvous = RendezvousHash.of();

    @Test
    void lookUp_saysThatThereIsNoNode() {
      assertEquals("there is no node", illegalState(() -> rendezvous.locate(0)));
      assertEquals("there is no node", illegalState(() -> rendezvous.replicas(0, 1)));
    }

    @Test
    void without_lastNode_isEmptyAgain() {
      RendezvousHash<String> again = rendezvous.with(Node.of("a")).without("a");
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
