package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JumpHashTest {
  /** The key 1 jumps to bucket 6 and then to 17: the reference code says so. */
  @Test
  void locate_growingList_jumpsWithTheKey() {
    JumpHash<Integer> jump = JumpHash.of();
    for (int n = 1; n <= 19; n++) {
      jump = jump.with(Node.of(n - 1));
      assertEquals(n < 7 ? 0 : n < 18 ? 6 : 17, jump.locate(1));
    }
  }

  @Test
  void locate_orderOfNodes_matters() {
    assertEquals("c", JumpHash.of("a", "b", "c").locate(0xDEADBEEFL));
    assertEquals("a", JumpHash.of("c", "b", "a").locate(0xDEADBEEFL));
  }

  @Test
  void locate_singleNode_ownsEverything() {
    JumpHash<String> jump = JumpHash.of("only");
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals("only", jump.locate(hash));
      assertEquals(List.of("only"), jump.replicas(hash, 1));
    }
  }

  @Test
  void bucket_extremes_areInRange() {
    for (long key : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals(0, JumpHash.bucket(key, 1));
      int bucket = JumpHash.bucket(key, Integer.MAX_VALUE);
      assertTrue(bucket >= 0 && bucket < Integer.MAX_VALUE, "bucket " + bucket);
    }
  }

  @Test
  void bucket_noBuckets_isRefused() {
    assertEquals("buckets must be >= 1, was 0", refused(() -> JumpHash.bucket(1, 0)));
    assertEquals(
        "buckets must be >= 1, was -2147483648",
        refused(() -> JumpHash.bucket(1, Integer.MIN_VALUE)));
  }

  @Test
  void replicas_zones_areDistinctWhileTheyLast() {
    JumpHash<String> jump = JumpHash.create(List.of(
        Node.of("a").inZone("x"),
        Node.of("b").inZone("x"),
        Node.of("c"),
        Node.of("d").inZone("y")));
    for (long hash = 0; hash < 100; hash++) {
      List<String> replicas = jump.replicas(hash, 4);
      assertEquals(jump.locate(hash), replicas.get(0));
      assertEquals(Set.of("a", "b", "c", "d"), Set.copyOf(replicas));
      assertEquals(replicas.subList(0, 3), jump.replicas(hash, 3));
      assertTrue(
          !replicas.subList(0, 3).containsAll(List.of("a", "b")),
          "two copies in a zone: " + replicas);
    }
  }

  @Test
  void replicas_countOutOfRange_isRefused() {
    JumpHash<String> jump = JumpHash.of("a", "b", "c");
    assertEquals("count must be in [1, 3], was 0", refused(() -> jump.replicas(0, 0)));
    assertEquals("count must be in [1, 3], was 4", refused(() -> jump.replicas(0, 4)));
  }

  @Test
  void nodes_areInTheOrderGiven() {
    JumpHash<String> jump = JumpHash.of("c", "a").with(Node.of("b").inZone("x"));
    assertEquals(List.of("c", "a", "b"), List.copyOf(jump.nodes()));
    assertEquals(List.of(Node.of("c"), Node.of("a"), Node.of("b").inZone("x")), jump.members());
    assertThrows(UnsupportedOperationException.class, () -> jump.nodes().clear());
    assertThrows(UnsupportedOperationException.class, () -> jump.replicas(0, 2).clear());
  }

  @Test
  void nodes_equalTexts_areDifferentNodes() {
    assertEquals(List.of(1, "1"), List.copyOf(JumpHash.<Object>of(1, "1").nodes()));
  }

  @Test
  void with_nodeThatIsThere_isRefused() {
    JumpHash<String> jump = JumpHash.of("a", "b");
    assertEquals("node b is there already", refused(() -> jump.with(Node.of("b"))));
    assertEquals("node a is there already", refused(() -> JumpHash.of("a", "a")));
    assertEquals(Set.of("a", "b"), jump.nodes());
  }

  @Test
  void with_weight_isRefused() {
    assertEquals(
        "weight of node b must be 1, was 2", refused(() -> JumpHash.of("a").with(Node.of("b", 2))));
    assertEquals(
        "weight of node a must be 1, was 2147483647",
        refused(() -> JumpHash.create(List.of(Node.of("a", Integer.MAX_VALUE)))));
  }

  @Test
  void null_namesTheArgument() {
    assertEquals("ids", missing(() -> JumpHash.of((String[]) null)));
    assertEquals("id", missing(() -> JumpHash.of("a", null)));
    assertEquals("nodes", missing(() -> JumpHash.create(null)));
    assertEquals("node", missing(() -> JumpHash.create(Arrays.asList(Node.of("a"), null))));
    assertEquals("node", missing(() -> JumpHash.of("a").with(null)));
  }

  @Nested
  class WhenEmpty {
    private final JumpHash<String> jump = JumpHash.of();

    @Test
    void lookUp_saysThatThereIsNoNode() {
      assertEquals("there is no node", illegalState(() -> jump.locate(0)));
      assertEquals("there is no node", illegalState(() -> jump.replicas(0, 1)));
      assertEquals("there is no node", illegalState(jump::withoutLast));
    }

    @Test
    void withoutLast_ofOneNode_isEmptyAgain() {
      JumpHash<String> again = jump.with(Node.of("a")).withoutLast();
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
