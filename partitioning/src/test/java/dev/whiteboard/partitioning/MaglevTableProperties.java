package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MaglevTableProperties {
  @Provide
  Arbitrary<List<Node<String>>> nodes() {
    Arbitrary<Integer> weights = Arbitraries.oneOf(
        Arbitraries.integers().between(1, 4), Arbitraries.integers().greaterOrEqual(1));
    Arbitrary<Node<String>> any = Combinators.combine(
            Arbitraries.integers().between(0, 40), weights, Arbitraries.of("", "x", "y", "z"))
        .as((id, weight, zone) -> new Node<>("10.0.0." + id, weight, zone));
    Arbitrary<Node<String>> equal = any.map(node -> new Node<>(node.id(), 3, node.zone()));
    return Arbitraries.of(any, equal)
        .flatMap(node -> node.list().uniqueElements(Node::id).ofMinSize(1).ofMaxSize(20));
  }

  @Provide
  Arbitrary<Integer> primes() {
    return Arbitraries.of(23, 29, 101);
  }

  private static MaglevTable<String> table(List<Node<String>> nodes, int size) {
    return MaglevTable.create(nodes, size, id -> id);
  }

  /** The least hash of the slot: slot * 2^64 / size, rounded up to an even number. */
  private static long hash(int slot, int size) {
    BigInteger exact = BigInteger.valueOf(slot).shiftLeft(63);
    return exact
            .add(BigInteger.valueOf(size - 1L))
            .divide(BigInteger.valueOf(size))
            .longValue()
        << 1;
  }

  private static <N> List<N> owners(MaglevTable<N> table) {
    int size = table.tableSize();
    return IntStream.range(0, size)
        .mapToObj(slot -> table.locate(hash(slot, size)))
        .toList();
  }

  private static <N> Map<N, Integer> slots(MaglevTable<N> table) {
    Map<N, Integer> slots = new LinkedHashMap<>();
    owners(table).forEach(owner -> slots.merge(owner, 1, Integer::sum));
    return slots;
  }

  /** The slow obvious way: each node writes its ranking down, and strikes out what is taken. */
  @Property(tries = 200)
  void nodesInTurnTakeTheBestFreeSlotOfTheirRanking(
      @ForAll("nodes") List<Node<String>> nodes,
      @ForAll("primes") int size,
      @ForAll Random random) {
    int[] offsets = random.ints(nodes.size(), 0, size).toArray();
    int[] skips = random.ints(nodes.size(), 1, size).toArray();
    int[] weights = nodes.stream().mapToInt(Node::weight).toArray();
    BigInteger heaviest = BigInteger.valueOf(IntStream.of(weights).max().orElseThrow());
    int[] turns = new int[nodes.size()];
    Map<Integer, Integer> table = new HashMap<>();
    for (int round = 1; table.size() < size; round++) {
      for (int node = 0; node < nodes.size() && table.size() < size; node++) {
        BigInteger credit = BigInteger.valueOf(round).multiply(BigInteger.valueOf(weights[node]));
        if (credit.compareTo(heaviest.multiply(BigInteger.valueOf(turns[node]))) >= 0) {
          turns[node]++;
          List<Integer> ranking = new ArrayList<>();
          for (long place = 0; place < size; place++) {
            ranking.add((int) ((offsets[node] + place * skips[node]) % size));
          }
          ranking.removeAll(table.keySet());
          table.put(ranking.get(0), node);
        }
      }
    }
    assertEquals(
        IntStream.range(0, size).mapToObj(table::get).toList(),
        Arrays.stream(MaglevTable.fill(offsets, skips, weights, size)).boxed().toList());
  }

  /** Round i gives a node its turn number i * weight / heaviest, rounded down, and the first round one to everyone. */
  @Property(tries = 200)
  void slotsAreInProportionToTheWeights(
      @ForAll("nodes") List<Node<String>> nodes, @ForAll("primes") int size) {
    Map<String, Integer> slots = slots(table(nodes, size));
    int heaviest = nodes.stream().mapToInt(Node::weight).max().orElseThrow();
    long rounds = nodes.stream()
        .filter(node -> node.weight() == heaviest)
        .mapToInt(node -> slots.get(node.id()))
        .max()
        .orElseThrow();
    for (Node<String> node : nodes) {
      long expected = rounds * node.weight() / heaviest;
      long actual = slots.get(node.id());
      assertTrue(
          actual >= Math.max(1, expected - 1) && actual <= expected + 2,
          () -> node + " has " + actual + " slots, the heaviest " + rounds);
    }
  }

  /** The paper's balance, exactly. */
  @Property(tries = 100)
  void equalNodesHaveEqualSlotsGiveOrTakeOne(
      @ForAll("nodes") List<Node<String>> nodes, @ForAll("primes") int size) {
    List<Node<String>> equal = nodes.stream().map(node -> Node.of(node.id())).toList();
    Map<String, Integer> slots = slots(table(equal, size));
    assertEquals(nodes.size(), slots.size());
    for (int count : slots.values()) {
      assertTrue(
          count == size / nodes.size() || count == size / nodes.size() + 1,
          () -> size + " slots for " + nodes.size() + " nodes, one has " + count);
    }
  }

  @Property(tries = 100)
  void equalWeightsAreAsGoodAsNone(
      @ForAll("nodes") List<Node<String>> nodes, @ForAll("primes") int size) {
    List<Node<String>> light = nodes.stream().map(node -> Node.of(node.id())).toList();
    List<Node<String>> heavy =
        nodes.stream().map(node -> Node.of(node.id(), Integer.MAX_VALUE)).toList();
    assertEquals(owners(table(light, size)), owners(table(heavy, size)));
  }

  @Property(tries = 100)
  void orderOfInsertionDoesNotMatter(
      @ForAll("nodes") List<Node<String>> nodes,
      @ForAll("primes") int size,
      @ForAll Random random) {
    List<Node<String>> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, random);
    MaglevTable<String> grown = table(List.of(), size);
    for (Node<String> node : shuffled) {
      grown = grown.with(node);
    }
    assertEquals(table(nodes, size).members(), grown.members());
    assertEquals(owners(table(nodes, size)), owners(grown));
    String leaving = nodes.get(0).id();
    assertEquals(owners(table(nodes, size)), owners(grown.without(leaving).with(nodes.get(0))));
  }

  @Property(tries = 100)
  void replicasAreTheNextOwnersAroundTheTable(
      @ForAll("nodes") List<Node<String>> nodes,
      @ForAll("primes") int size,
      @ForAll Random random) {
    MaglevTable<String> table = table(nodes, size);
    int slot = random.nextInt(size);
    List<String> owners = new ArrayList<>(owners(table));
    Collections.rotate(owners, -slot);
    Map<String, Node<String>> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.id(), node));
    List<String> distinct = owners.stream().distinct().toList();
    Set<String> zones = new HashSet<>();
    List<String> expected = new ArrayList<>(distinct.stream()
        .map(byId::get)
        .filter(node -> node.zone().isEmpty() || zones.add(node.zone()))
        .map(Node::id)
        .toList());
    distinct.stream().filter(id -> !expected.contains(id)).toList().forEach(expected::add);
    for (int count = 1; count <= nodes.size(); count++) {
      assertEquals(expected.subList(0, count), table.replicas(hash(slot, size), count));
    }
  }

  /**
   * The paper's section 5.3: with slots enough, few move that need not. At 65,537 slots and 100 nodes 1 % must move, and
   * for these labels 0.5 % to 0.6 % do besides. Read backwards it says the same of a node that joins.
   */
  @Test
  void leavingNodeMovesLittleMoreThanItMust() {
    MaglevTable<Integer> before =
        MaglevTable.create(IntStream.range(0, 100).mapToObj(Node::of).toList());
    List<Integer> owners = owners(before);
    for (int leaving = 0; leaving < 100; leaving += 20) {
      List<Integer> after = owners(before.without(leaving));
      int needless = 0;
      for (int slot = 0; slot < owners.size(); slot++) {
        int owner = owners.get(slot);
        needless += owner != leaving && owner != after.get(slot) ? 1 : 0;
      }
      assertEquals(0.0055, needless / 65_537.0, 0.0006, "node " + leaving);
    }
  }
}
