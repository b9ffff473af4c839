package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AnchorHashTest {
  /** Capacity 4: the top two bits of a hash are its bucket. */
  private static final long BUCKET_0 = 0;

  private static final long BUCKET_1 = 1L << 62;
  private static final long BUCKET_2 = 2L << 62;
  private static final long BUCKET_3 = 3L << 62;

  @SafeVarargs
  private static <N> AnchorHash<N> ofFour(N... ids) {
    AnchorHash<N> anchor = AnchorHash.create(4, List.of());
    for (N id : ids) {
      anchor = anchor.with(Node.of(id));
    }
    return anchor;
  }

  @Test
  void locate_allBucketsInUse_isTheBucketOfTheTopBits() {
    AnchorHash<String> anchor = ofFour("a", "b", "c", "d");
    assertEquals("a", anchor.locate(BUCKET_0));
    assertEquals("a", anchor.locate(BUCKET_1 - 1));
    assertEquals("b", anchor.locate(BUCKET_1));
    assertEquals("c", anchor.locate(BUCKET_2));
    assertEquals("d", anchor.locate(BUCKET_3));
    assertEquals("d", anchor.locate(-1));
  }

  @Test
  void locate_bucketFreed_onlyItsKeysMoveAndToAllOthers() {
    AnchorHash<String> anchor = ofFour("a", "b", "c", "d").without("b");
    assertEquals("a", anchor.locate(BUCKET_0));
    assertEquals("c", anchor.locate(BUCKET_2));
    assertEquals("d", anchor.locate(BUCKET_3));
    Set<String> owners = new TreeSet<>();
    for (long i = 0; i < 100; i++) {
      owners.add(anchor.locate(BUCKET_1 + i));
    }
    assertEquals(Set.of("a", "c", "d"), owners);
  }

  @Test
  void with_freedBuckets_theLastOneFreedIsTakenFirst() {
    AnchorHash<String> anchor = ofFour("a", "b", "c", "d").without("b").without("d");
    assertEquals("x", anchor.with(Node.of("x")).locate(BUCKET_3));
    AnchorHash<String> both = anchor.with(Node.of("x")).with(Node.of("y"));
    assertEquals("y", both.locate(BUCKET_1));
    assertEquals(List.of("a", "y", "c", "x"), List.copyOf(both.nodes()));
  }

  /** The same nodes came and went in another order. */
  @Test
  void locate_otherHistory_mayBeAnotherOwner() {
    AnchorHash<String> one = ofFour("a", "b", "c", "d").without("b").with(Node.of("b"));
    AnchorHash<String> other =
        ofFour("a", "b", "c", "d").without("b").without("d").with(Node.of("b")).with(Node.of("d"));
    assertEquals("b", one.locate(BUCKET_1));
    assertEquals("d", other.locate(BUCKET_1));
    assertEquals(one.nodes(), other.nodes());
  }

  @Test
  void create_nodes_getTheFirstBuckets() {
    AnchorHash<String> created =
        AnchorHash.create(4, List.of(Node.of("c"), Node.of("a").inZone("x")));
    assertEquals(List.of("c", "a"), List.copyOf(created.nodes()));
    assertEquals(List.of(Node.of("c"), Node.of("a").inZone("x")), created.members());
    assertEquals("c", created.locate(BUCKET_0));
    assertEquals("a", created.locate(BUCKET_1));
    assertEquals(4, created.capacity());
    assertArrayEquals(new int[] {3, 2}, created.removed());
    assertThrows(UnsupportedOperationException.class, () -> created.nodes().clear());
    assertThrows(
        UnsupportedOperationException.class, () -> created.replicas(0, 2).clear());
  }

  @Test
  void create_singleBucket_ownsEverything() {
    AnchorHash<String> anchor = AnchorHash.create(1, List.of(Node.of("only")));
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals("only", anchor.locate(hash));
      assertEquals(List.of("only"), anchor.replicas(hash, 1));
    }
  }

  @Test
  void locate_oneNodeInAGreatCapacity_ownsEverything() {
    AnchorHash<String> anchor = AnchorHash.create(1_000_000, List.of(Node.of("only")));
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals("only", anchor.locate(hash));
    }
  }

  @Test
  void create_capacityOutOfRange_isRefused() {
    assertEquals(
        "capacity must be in [1, 16777216], was 0",
        refused(() -> AnchorHash.create(0, List.<Node<String>>of())));
    assertEquals(
        "capacity must be in [1, 16777216], was 16777217",
        refused(() -> AnchorHash.create((1 << 24) + 1, List.<Node<String>>of())));
  }

  @Test
  void with_noFreeBucket_isRefused() {
    AnchorHash<String> full = ofFour("a", "b", "c", "d");
    assertEquals(
        "nodes must be <= 4, the capacity, were 5", refused(() -> full.with(Node.of("e"))));
    assertEquals(
        "nodes must be <= 1, the capacity, were 2",
        refused(() -> AnchorHash.create(1, List.of(Node.of("a"), Node.of("b")))));
    assertEquals("e", full.without("c").with(Node.of("e")).locate(BUCKET_2));
  }

  @Test
  void with_nodeThatIsThere_isRefused() {
    AnchorHash<String> anchor = ofFour("a", "b");
    assertEquals("node b is there already", refused(() -> anchor.with(Node.of("b"))));
    assertEquals(Set.of("a", "b"), anchor.nodes());
  }

  @Test
  void with_weight_isRefused() {
    assertEquals(
        "weight of node b must be 1, was 2", refused(() -> ofFour("a").with(Node.of("b", 2))));
  }

  @Test
  void without_unknownNode_isRefused() {
    AnchorHash<String> anchor = ofFour("a", "b");
    assertEquals("node c is not there", refused(() -> anchor.without("c")));
    assertEquals(Set.of("a", "b"), anchor.nodes());
  }

  @Test
  void null_namesTheArgument() {
    assertEquals("nodes", missing(() -> AnchorHash.create(4, null)));
    assertEquals("node", missing(() -> AnchorHash.create(4, Arrays.asList(Node.of("a"), null))));
    assertEquals("node", missing(() -> ofFour("a").with(null)));
    assertEquals("id", missing(() -> ofFour("a").without(null)));
  }

  @Test
  void replicas_zones_areDistinctWhileTheyLast() {
    AnchorHash<String> anchor = AnchorHash.create(
        9,
        List.of(Node.of("a").inZone("x"), Node.of("b").inZone("x"), Node.of("c").inZone("y")));
    for (long hash = 0; hash < 100; hash++) {
      List<String> replicas = anchor.replicas(hash, 3);
      assertEquals(anchor.locate(hash), replicas.get(0));
      assertEquals(Set.of("a", "b", "c"), Set.copyOf(replicas));
      assertTrue(replicas.subList(0, 2).contains("c"), "two copies in a zone: " + replicas);
    }
  }

  @Test
  void replicas_countOutOfRange_isRefused() {
    AnchorHash<String> anchor = ofFour("a", "b", "c");
    assertEquals("count must be in [1, 3], was 0", refused(() -> anchor.replicas(0, 0)));
    assertEquals("count must be in [1, 3], was 4", refused(() -> anchor.replicas(0, 4)));
  }

  @Test
  void restore_badState_isRefused() {
    List<Node<String>> nodes = List.of(Node.of("a"), Node.of("b"));
    assertEquals(
        "capacity must be in [1, 16777216], was 0",
        refused(() -> AnchorHash.restore(0, nodes, new int[0])));
    assertEquals(
        "nodes and removed buckets must be 4, the capacity, were 3",
        refused(() -> AnchorHash.restore(4, nodes, new int[] {3})));
    assertEquals(
        "removed bucket must be in [0, 3], was 4",
        refused(() -> AnchorHash.restore(4, nodes, new int[] {3, 4})));
    assertEquals(
        "removed bucket must be in [0, 3], was -1",
        refused(() -> AnchorHash.restore(4, nodes, new int[] {-1, 3})));
    assertEquals(
        "bucket 3 is removed twice", refused(() -> AnchorHash.restore(4, nodes, new int[] {3, 3})));
    assertEquals("nodes", missing(() -> AnchorHash.restore(4, null, new int[0])));
    assertEquals("removed", missing(() -> AnchorHash.restore(4, nodes, null)));
  }

  @Test
  void restore_arrayChangedAfterwards_makesNoDifference() {
    int[] removed = {3, 2};
    AnchorHash<String> anchor = AnchorHash.restore(4, List.of(Node.of("a"), Node.of("b")), removed);
    removed[1] = 0;
    anchor.removed()[1] = 0;
    assertArrayEquals(new int[] {3, 2}, anchor.removed());
    assertEquals("c", anchor.with(Node.of("c")).locate(BUCKET_2));
  }

  @Nested
  class WhenEmpty {
    private final AnchorHash<String> anchor = AnchorHash.create(4, List.of());

    @Test
    void lookUp_saysThatThereIsNoNode() {
      assertEquals("there is no node", illegalState(() -> anchor.locate(0)));
      assertEquals("there is no node", illegalState(() -> anchor.replicas(0, 1)));
    }

    /** Bucket 2 is the last one in use, and it is removed when none is. */
    @Test
    void without_lastNode_isEmptyAgain() {
      AnchorHash<String> again =
          ofFour("a", "b", "c", "d").without("b").without("a").without("d").without("c");
      assertEquals(Set.of(), again.nodes());
      assertEquals("there is no node", illegalState(() -> again.locate(BUCKET_2)));
      assertArrayEquals(new int[] {1, 0, 3, 2}, again.removed());
      AnchorHash<String> one = again.with(Node.of("e"));
      assertEquals("e", one.locate(BUCKET_0));
      assertEquals("e", one.locate(BUCKET_2));
    }
  }

  @Test
  void decode_whatWasEncoded_ownsAndChangesAlike() {
    AnchorHash<String> anchor =
        ofFour("a", "b", "c", "d").without("b").with(Node.of("e")).without("c");
    AnchorHash<String> read = AnchorHash.decode(anchor.encode(id -> id), id -> id);
    assertEquals(anchor.members(), read.members());
    assertEquals(4, read.capacity());
    assertArrayEquals(anchor.removed(), read.removed());
    assertArrayEquals(
        anchor.with(Node.of("f")).without("a").removed(),
        read.with(Node.of("f")).without("a").removed());
  }

  @Test
  void decode_damagedState_isRefused() {
    byte[] state = ofFour("a", "b", "c", "d").without("b").encode(id -> id);
    for (int i = 0; i < state.length; i++) {
      byte[] flipped = state.clone();
      flipped[i] ^= 1;
      assertThrows(
          IllegalArgumentException.class, () -> AnchorHash.decode(flipped, id -> id), "byte " + i);
      byte[] cut = Arrays.copyOf(state, i);
      assertThrows(IllegalArgumentException.class, () -> AnchorHash.decode(cut, id -> id));
    }
    byte[] ring = TokenRing.of("a").encode(id -> id);
    assertEquals("state kind must be 65, was 84", refused(() -> AnchorHash.decode(ring, id -> id)));
    assertEquals("state", missing(() -> AnchorHash.decode(null, id -> id)));
    assertEquals("reader", missing(() -> AnchorHash.decode(state, null)));
    assertEquals("writer", missing(() -> ofFour("a", "b", "c", "d").encode(null)));
  }

  /** States that a program has made, with checksums that are right. */
  @Test
  void decode_stateThatContradictsItself_isRefused() {
    assertEquals("removed bucket must be in [0, 1], was 2", refused(() -> forged(1, 2)));
    assertEquals("bucket 1 is removed twice", refused(() -> forged(2, 1, 1)));
    assertEquals(
        "state must have 1000000000 removed buckets, has 4 bytes of them",
        refused(() -> forged(1_000_000_000, 1)));
  }

  private static AnchorHash<String> forged(int count, int... removed) {
    byte[] state = State.write((byte) 'A', 1, body -> {
      State.writeNodes(body, NumberedNodes.roster(List.of(Node.of("a"))), id -> id);
      body.writeInt(count);
      for (int bucket : removed) {
        body.writeInt(bucket);
      }
    });
    return AnchorHash.decode(state, id -> id);
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
