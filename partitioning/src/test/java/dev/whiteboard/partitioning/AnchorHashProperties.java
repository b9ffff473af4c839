package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AnchorHashProperties {
  private static final int KEYS = 100;

  /**
   * The paper's definition, word for word: every removed bucket remembers the list of those in use just after, and the
   * key is hashed into that. In the list the last bucket has the place of the one removed.
   */
  private static final class Model {
    final TreeMap<Integer, Integer> nodes = new TreeMap<>();
    final Map<Integer, List<Integer>> inUseAfter = new HashMap<>();
    final Deque<List<Integer>> inUseBefore = new ArrayDeque<>();
    final Deque<Integer> removed = new ArrayDeque<>();
    final int capacity;
    List<Integer> inUse;

    Model(int capacity) {
      this.capacity = capacity;
      inUse = IntStream.range(0, capacity).boxed().toList();
      for (int bucket = capacity - 1; bucket >= 0; bucket--) {
        remove(bucket);
      }
    }

    void remove(int bucket) {
      inUseBefore.push(inUse);
      List<Integer> fewer = new ArrayList<>(inUse);
      int last = fewer.remove(fewer.size() - 1);
      fewer.replaceAll(b -> b == bucket ? last : b);
      inUse = fewer;
      inUseAfter.put(bucket, inUse);
      removed.push(bucket);
      nodes.remove(bucket);
    }

    void add(int node) {
      inUse = inUseBefore.pop();
      inUseAfter.remove(removed.peek());
      nodes.put(removed.pop(), node);
    }

    int locate(long hash) {
      int bucket = scale(hash, capacity);
      while (inUseAfter.containsKey(bucket)) {
        List<Integer> set = inUseAfter.get(bucket);
        bucket = set.get(scale(Xxh3.hash(hash, bucket), set.size()));
      }
      return nodes.get(bucket);
    }

    int bucketOf(int node) {
      return nodes.keySet().stream()
          .filter(b -> nodes.get(b) == node)
          .findFirst()
          .orElseThrow();
    }

    /** Floor of hash * size / 2^64. */
    private static int scale(long hash, int size) {
      return new BigInteger(Long.toUnsignedString(hash))
          .multiply(BigInteger.valueOf(size))
          .shiftRight(64)
          .intValue();
    }
  }

  /** A history over the nodes 0 to 29: each number is a node that joins if it is away and leaves if it is there. */
  private static AnchorHash<Integer> toggled(AnchorHash<Integer> anchor, int node) {
    if (anchor.nodes().contains(node)) {
      return anchor.without(node);
    }
    return anchor.nodes().size() < anchor.capacity() ? anchor.with(Node.of(node)) : anchor;
  }

  private static AnchorHash<Integer> after(List<Integer> history, int capacity) {
    AnchorHash<Integer> anchor = AnchorHash.create(capacity, List.of());
    for (int node : history) {
      anchor = toggled(anchor, node);
    }
    return anchor;
  }

  @Property(tries = 300)
  void ownerIsThatOfThePapersDefinition(
      @ForAll @Size(max = 60) List<@IntRange(max = 29) Integer> history,
      @ForAll @IntRange(min = 1, max = 30) int capacity,
      @ForAll Random random) {
    AnchorHash<Integer> anchor = AnchorHash.create(capacity, List.of());
    Model model = new Model(capacity);
    for (int node : history) {
      if (anchor.nodes().contains(node)) {
        model.remove(model.bucketOf(node));
      } else if (model.nodes.size() < capacity) {
        model.add(node);
      }
      anchor = toggled(anchor, node);
    }
    assertEquals(List.copyOf(model.nodes.values()), List.copyOf(anchor.nodes()));
    for (int i = 0; i < KEYS && !model.nodes.isEmpty(); i++) {
      long hash = random.nextLong();
      assertEquals(model.locate(hash), anchor.locate(hash));
    }
  }

  @Property(tries = 200)
  void nodesAtTheStartAreNodesThatJoinOneByOne(
      @ForAll @IntRange(min = 1, max = 30) int capacity, @ForAll Random random) {
    List<Integer> nodes =
        IntStream.range(0, 1 + random.nextInt(capacity)).boxed().toList();
    assertSame(
        AnchorHash.create(capacity, nodes.stream().map(Node::of).toList()),
        after(nodes, capacity),
        random);
  }

  /** Read backwards it says that a node that joins takes keys and no other node does. */
  @Property(tries = 300)
  void leavingNodeGivesUpItsKeysAndNoOtherKeyMoves(
      @ForAll @Size(min = 2, max = 60) List<@IntRange(max = 29) Integer> history,
      @ForAll @IntRange(min = 2, max = 30) int capacity,
      @ForAll Random random) {
    AnchorHash<Integer> before = after(history, capacity);
    if (before.nodes().size() >= 2) {
      int leaving = before.nodes().iterator().next();
      AnchorHash<Integer> after = before.without(leaving);
      for (int i = 0; i < KEYS; i++) {
        long hash = random.nextLong();
        int owner = before.locate(hash);
        assertTrue(
            owner == leaving || owner == after.locate(hash), "a key moved between other nodes");
      }
    }
  }

  /** Nodes that leave and return in the opposite order find the keys that they had. */
  @Property(tries = 200)
  void nodesThatReturnLastInFirstOutRestoreTheMapping(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 29) Integer> history,
      @ForAll @IntRange(min = 1, max = 30) int capacity,
      @ForAll Random random) {
    AnchorHash<Integer> before = after(history, capacity);
    List<Node<Integer>> leaving = new ArrayList<>(before.members());
    Collections.shuffle(leaving, random);
    AnchorHash<Integer> after = before;
    for (Node<Integer> node : leaving) {
      after = after.without(node.id());
    }
    Collections.reverse(leaving);
    for (Node<Integer> node : leaving) {
      after = after.with(node);
    }
    assertSame(before, after, random);
  }

  @Property(tries = 200)
  void membersAndRemovedBucketsAreTheWholeState(
      @ForAll @Size(max = 60) List<@IntRange(max = 29) Integer> history,
      @ForAll @IntRange(min = 1, max = 30) int capacity,
      @ForAll Random random) {
    AnchorHash<Integer> anchor = after(history, capacity);
    AnchorHash<Integer> restored = AnchorHash.restore(capacity, anchor.members(), anchor.removed());
    assertSame(anchor, restored, random);
    assertSame(toggled(anchor, 30), toggled(restored, 30), random);
  }

  private static void assertSame(
      AnchorHash<Integer> expected, AnchorHash<Integer> actual, Random random) {
    assertEquals(expected.members(), actual.members());
    for (int i = 0; i < KEYS && !expected.nodes().isEmpty(); i++) {
      long hash = random.nextLong();
      assertEquals(expected.locate(hash), actual.locate(hash));
    }
  }

  @Property(tries = 200)
  void replicasAreTheOwnersOfFurtherHashes(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 29) Integer> history,
      @ForAll long hash) {
    AnchorHash<Integer> anchor = after(history, 30);
    int nodes = anchor.nodes().size();
    Set<Integer> owners = new LinkedHashSet<>();
    for (long i = 0; owners.size() < nodes; i++) {
      owners.add(anchor.locate(i == 0 ? hash : Xxh3.hash(hash, -i)));
    }
    for (int count = 1; count <= nodes; count++) {
      assertEquals(new ArrayList<>(owners).subList(0, count), anchor.replicas(hash, count));
    }
  }

  /** Else the walk from successor to successor would be longer than the paper's, though it ends at the same bucket. */
  @Property(tries = 200)
  void successorWasInUseWhenItsBucketWasRemoved(
      @ForAll @IntRange(min = 10, max = 30) int capacity, @ForAll Random random) {
    List<Integer> removed = new ArrayList<>(IntStream.range(0, capacity).boxed().toList());
    Collections.shuffle(removed, random);
    AnchorHash<Integer> anchor = AnchorHash.restore(
        capacity, List.of(), removed.stream().mapToInt(bucket -> bucket).toArray());
    for (int i = 0; i < capacity; i++) {
      int successor = anchor.successor(removed.get(i));
      assertTrue(
          removed.indexOf(successor) >= i, () -> "a successor was removed before: " + removed);
    }
  }

  /** Of K keys a node has K/n on average with variance K/n (1 - 1/n), whatever came and went before. */
  @Test
  void keysAreSpreadEvenlyAfterAThousandChanges() {
    Random random = new Random(42);
    AnchorHash<Integer> anchor =
        AnchorHash.create(100, IntStream.range(0, 50).mapToObj(Node::of).toList());
    for (int i = 0; i < 1000; i++) {
      anchor = toggled(anchor, random.nextInt(90));
    }
    int keys = 400_000;
    int[] counts = new int[90];
    for (int key = 0; key < keys; key++) {
      counts[anchor.locate(Xxh3.hash(key))]++;
    }
    double share = 1.0 / anchor.nodes().size();
    double sigma = Math.sqrt(keys * share * (1 - share));
    for (int node : anchor.nodes()) {
      assertEquals(keys * share, counts[node], 4 * sigma, "node " + node);
    }
  }

  /** The keys of the node that left are even among the nine others: K/9 with variance K/9 * 8/9. */
  @Test
  void keysOfANodeThatLeavesAreSpreadEvenly() {
    AnchorHash<Integer> before =
        AnchorHash.create(20, IntStream.range(0, 10).mapToObj(Node::of).toList());
    AnchorHash<Integer> after = before.without(3);
    int[] counts = new int[10];
    int moved = 0;
    for (int key = 0; key < 500_000; key++) {
      long hash = Xxh3.hash(key);
      if (before.locate(hash) == 3) {
        counts[after.locate(hash)]++;
        moved++;
      }
    }
    double sigma = Math.sqrt(moved * (1 / 9.0) * (8 / 9.0));
    for (int node : after.nodes()) {
      assertEquals(moved / 9.0, counts[node], 4 * sigma, "node " + node);
    }
  }
}
