package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TokenRingTest {
  private static final long QUARTER = 1L << 62;

  @Test
  void of_oneNode_ownsEverythingWithOneToken() {
    TokenRing<String> ring = TokenRing.of("only");
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals("only", ring.locate(hash));
    }
    assertEquals(1, ring.tokenCount());
    assertEquals(Map.of("only", 1.0), ring.ownership());
  }

  @Test
  void of_twoNodes_theSecondTakesTheFirstHalf() {
    TokenRing<String> ring = TokenRing.of("b", "a");
    assertEquals("b", ring.locate(0));
    assertEquals("b", ring.locate(QUARTER));
    assertEquals("a", ring.locate(-1));
    assertEquals(2, ring.tokenCount());
    // The newcomer stops a crumb, a 64th of a 16th of its share, before it is full.
    assertEquals(0.5, ring.ownership().get("b"), 0.5 / 64 / 16);
  }

  @Test
  void without_oneOfTwo_leavesOneToken() {
    TokenRing<String> ring = TokenRing.of("a", "b").without("a");
    assertEquals("b", ring.locate(-1));
    assertEquals(1, ring.tokenCount());
    assertEquals(Map.of("b", 1.0), ring.ownership());
  }

  @Test
  void replicas_zones_areDistinctFirst() {
    TokenRing<String> ring = TokenRing.create(
        List.of(Node.of("a").inZone("x"), Node.of("b").inZone("x"), Node.of("c").inZone("y")), 4);
    for (long hash = Long.MIN_VALUE; hash < Long.MAX_VALUE - QUARTER / 8; hash += QUARTER / 8) {
      List<String> replicas = ring.replicas(hash, 3);
      assertEquals(ring.locate(hash), replicas.get(0));
      assertEquals(Set.of("a", "b", "c"), Set.copyOf(replicas));
      assertTrue(replicas.subList(0, 2).contains("c"), replicas + " puts two copies into zone x");
    }
    assertEquals("count must be in [1, 3], was 4", refused(() -> ring.replicas(0, 4)));
    assertEquals("count must be in [1, 3], was 0", refused(() -> ring.replicas(0, 0)));
  }

  @Test
  void locate_noNode_isRefused() {
    TokenRing<String> empty = TokenRing.of("a").without("a");
    assertEquals(
        "there is no node",
        assertThrows(IllegalStateException.class, () -> empty.locate(0)).getMessage());
    assertEquals(
        "there is no node",
        assertThrows(IllegalStateException.class, () -> empty.replicas(0, 1)).getMessage());
    assertEquals(Map.of(), empty.ownership());
    assertEquals("b", empty.with(Node.of("b")).locate(7));
  }

  @Test
  void create_badArguments_areRefused() {
    List<Node<String>> nodes = List.of(Node.of("a"));
    assertEquals("tokens must be in [1, 1024], was 0", refused(() -> TokenRing.create(nodes, 0)));
    assertEquals(
        "tokens must be in [1, 1024], was 1025", refused(() -> TokenRing.create(nodes, 1025)));
    assertEquals("node a is there already", refused(() -> TokenRing.of("a", "a")));
    assertEquals(
        "nodes must have different labels, 1 and 1 have \"1\": set a labeller",
        refused(() -> TokenRing.<Object>of(1, "1")));
    assertEquals("labeller", missing(() -> TokenRing.create(nodes, 1, null)));
    assertEquals("nodes", missing(() -> TokenRing.create((List<Node<String>>) null, 1)));
    assertEquals("ids", missing(() -> TokenRing.of((String[]) null)));
  }

  @Test
  void changes_badNode_areRefusedAndChangeNothing() {
    TokenRing<String> ring = TokenRing.of("a", "b");
    assertEquals("node b is there already", refused(() -> ring.with(Node.of("b", 2))));
    assertEquals("node c is not there", refused(() -> ring.without("c")));
    assertEquals("node", missing(() -> ring.with(null)));
    assertEquals("id", missing(() -> ring.without(null)));
    assertEquals("after", missing(() -> ring.gains(null)));
    assertEquals(Set.of("a", "b"), ring.nodes());
  }

  @Test
  void nodes_areInTheOrderOfTheirLabels() {
    TokenRing<String> ring = TokenRing.of("c", "a", "b");
    assertEquals(List.of("a", "b", "c"), List.copyOf(ring.nodes()));
    assertEquals(List.of(Node.of("a"), Node.of("b"), Node.of("c")), ring.members());
  }

  @Test
  void decode_whatWasEncoded_ownsAndChangesAlike() {
    TokenRing<String> ring = TokenRing.create(
            List.of(Node.of("a", 3).inZone("x"), Node.of("b"), Node.of("c")), 8)
        .without("b")
        .with(Node.of("d"));
    TokenRing<String> read = TokenRing.decode(ring.encode(id -> id), id -> id);
    assertEquals(ring.members(), read.members());
    assertEquals(0, moved(ring, read));
    assertEquals(0, moved(ring.with(Node.of("e")), read.with(Node.of("e"))));
    assertEquals(0, moved(ring.without("a"), read.without("a")));
    TokenRing<String> empty = TokenRing.of("a").without("a");
    assertEquals(Set.of(), TokenRing.decode(empty.encode(id -> id), id -> id).nodes());
  }

  private static double moved(TokenRing<String> before, TokenRing<String> after) {
    return before.gains(after).values().stream().mapToDouble(gain -> gain).sum();
  }

  @Test
  void decode_damagedState_isRefused() {
    byte[] state = TokenRing.of("a", "b").encode(id -> id);
    for (int i = 0; i < state.length; i++) {
      byte[] flipped = state.clone();
      flipped[i] ^= 1;
      assertThrows(
          IllegalArgumentException.class, () -> TokenRing.decode(flipped, id -> id), "byte " + i);
      byte[] cut = Arrays.copyOf(state, i);
      assertThrows(IllegalArgumentException.class, () -> TokenRing.decode(cut, id -> id));
    }
    byte[] table = SlotTable.of("a").encode(id -> id);
    assertEquals("state kind must be 84, was 83", refused(() -> TokenRing.decode(table, id -> id)));
    assertEquals("state", missing(() -> TokenRing.decode(null, id -> id)));
    assertEquals("reader", missing(() -> TokenRing.decode(state, null)));
    assertEquals("writer", missing(() -> TokenRing.of("a").encode(null)));
  }

  /** A state that a program has made, with a checksum that is right. */
  @Test
  void decode_stateThatContradictsItself_isRefused() {
    assertEquals(
        "tokens must be in [1, 1024], was 0", refused(() -> forged(0, 1, new long[] {5}, 0)));
    assertEquals(
        "tokens must ascend in the state", refused(() -> forged(8, 2, new long[] {5, 5}, 0, 0)));
    assertEquals(
        "every node in the state must have a token",
        refused(() -> forged(8, 1, new long[] {5}, 1)));
    assertEquals(
        "node of a token must be in [0, 1], was 2", refused(() -> forged(8, 1, new long[] {5}, 2)));
    assertEquals(
        "state must have 1000000000 tokens, has 12 bytes of them",
        refused(() -> forged(8, 1_000_000_000, new long[] {5}, 0)));
  }

  private static TokenRing<String> forged(int tokens, int count, long[] positions, int... nodes) {
    byte[] state = State.write((byte) 'T', 1, body -> {
      body.writeInt(tokens);
      State.writeNodes(body, Roster.of(List.of(Node.of("a"), Node.of("b")), id -> id), id -> id);
      body.writeInt(count);
      for (int i = 0; i < positions.length; i++) {
        body.writeLong(positions[i]);
        body.writeInt(nodes[i]);
      }
    });
    return TokenRing.decode(state, id -> id);
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
