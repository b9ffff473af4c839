package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.hash.Xxh3;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HashRingProperties {
  /** Some nodes, and a placement that is either the default or one so coarse that many points meet. */
  record Setup(List<Node<String>> nodes, Placement placement) {
    HashRing<String> ring() {
      return HashRing.<String>builder().placement(placement).nodes(nodes).build();
    }
  }

  /** Keeps the top {@code bits} bits of each position. */
  record Coarse(Placement fine, int bits) implements Placement {
    @Override
    public long points(int weight, int nodes, long totalWeight) {
      return fine.points(weight, nodes, totalWeight);
    }

    @Override
    public long[] positions(String label, int points) {
      long[] positions = fine.positions(label, points);
      for (int i = 0; i < points; i++) {
        positions[i] &= -1L << (64 - bits);
      }
      return positions;
    }

    @Override
    public long hash(String key) {
      return fine.hash(key);
    }
  }

  @Provide
  Arbitrary<Setup> setups() {
    Arbitrary<Node<String>> node = Combinators.combine(
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of("", "x", "y", "z"))
        .as((id, weight, zone) -> new Node<>("10.0.0." + id, weight, zone));
    Arbitrary<Placement> placement = Arbitraries.integers()
        .between(1, 20)
        .flatMap(virtualNodes -> Arbitraries.of(
            Placement.hashed(virtualNodes), new Coarse(Placement.hashed(virtualNodes), 5)));
    return Combinators.combine(
            node.list().uniqueElements(Node::id).ofMinSize(2).ofMaxSize(20), placement)
        .as(Setup::new);
  }

  /** The slow obvious ring: every point in a tree, first come first served in the order of labels. */
  private static NavigableMap<Long, List<Node<String>>> model(Setup setup) {
    TreeMap<Long, List<Node<String>>> points = new TreeMap<>(Long::compareUnsigned);
    List<Node<String>> byLabel = new ArrayList<>(setup.nodes());
    byLabel.sort((a, b) -> a.id().compareTo(b.id()));
    for (Node<String> node : byLabel) {
      int count = (int) setup.placement().points(node.weight(), 0, 0);
      for (long position : setup.placement().positions(node.id(), count)) {
        points.computeIfAbsent(position, p -> new ArrayList<>()).add(node);
      }
    }
    return points;
  }

  private static List<Node<String>> clockwise(
      NavigableMap<Long, List<Node<String>>> points, long hash) {
    Set<Node<String>> nodes = new LinkedHashSet<>();
    points.tailMap(hash, true).values().forEach(nodes::addAll);
    points.headMap(hash, false).values().forEach(nodes::addAll);
    return List.copyOf(nodes);
  }

  /** Hashes at which an error would show: every point and its neighbours, the ends, and the middle. */
  private static Set<Long> telling(Setup setup) {
    Set<Long> hashes = new HashSet<>(List.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
    for (long position : model(setup).keySet()) {
      Collections.addAll(hashes, position - 1, position, position + 1);
    }
    return hashes;
  }

  @Property(tries = 100)
  void ownerIsThatOfATreeOfPoints(@ForAll("setups") Setup setup) {
    HashRing<String> ring = setup.ring();
    NavigableMap<Long, List<Node<String>>> model = model(setup);
    for (long hash : telling(setup)) {
      assertEquals(clockwise(model, hash).get(0).id(), ring.locate(hash));
    }
  }

  @Property(tries = 100)
  void replicasAreTheFirstOfEachZoneThenTheRest(
      @ForAll("setups") Setup setup, @ForAll @Size(10) List<Long> hashes) {
    HashRing<String> ring = setup.ring();
    NavigableMap<Long, List<Node<String>>> model = model(setup);
    for (long hash : hashes) {
      List<Node<String>> nodes = clockwise(model, hash);
      List<String> expected = new ArrayList<>();
      Set<String> zones = new HashSet<>();
      nodes.stream()
          .filter(n -> n.zone().isEmpty() || zones.add(n.zone()))
          .forEach(n -> expected.add(n.id()));
      nodes.stream()
          .filter(n -> !expected.contains(n.id()))
          .toList()
          .forEach(n -> expected.add(n.id()));
      for (int count = 1; count <= expected.size(); count++) {
        assertEquals(expected.subList(0, count), ring.replicas(hash, count));
      }
    }
  }

  @Property(tries = 100)
  void orderOfInsertionDoesNotMatter(@ForAll("setups") Setup setup, @ForAll Random random) {
    List<Node<String>> shuffled = new ArrayList<>(setup.nodes());
    Collections.shuffle(shuffled, random);
    assertSame(setup, setup.ring(), new Setup(shuffled, setup.placement()).ring());
  }

  @Property(tries = 100)
  void changingARingIsBuildingItAnew(
      @ForAll("setups") Setup setup, @ForAll("setups") Setup other, @ForAll Random random) {
    HashRing<String> ring = setup.ring();
    Map<String, Node<String>> nodes = new HashMap<>();
    setup.nodes().forEach(node -> nodes.put(node.id(), node));
    for (Node<String> node : other.nodes()) {
      if (nodes.remove(node.id()) != null) {
        ring = ring.without(node.id());
      }
      if (random.nextInt(3) > 0 || nodes.isEmpty()) {
        nodes.put(node.id(), node);
        ring = ring.with(node);
      }
    }
    Setup anew = new Setup(List.copyOf(nodes.values()), setup.placement());
    assertSame(anew, anew.ring(), ring);
  }

  private static void assertSame(Setup setup, HashRing<String> expected, HashRing<String> actual) {
    assertEquals(List.copyOf(expected.nodes()), List.copyOf(actual.nodes()));
    for (long hash : telling(setup)) {
      assertEquals(expected.locate(hash), actual.locate(hash));
    }
    int all = expected.nodes().size();
    assertEquals(expected.replicas(0, all), actual.replicas(0, all));
    assertEquals(expected.replicas(-1, all), actual.replicas(-1, all));
  }

  @Property(tries = 100)
  void joiningNodeTakesKeysAndNoOtherNodeDoes(
      @ForAll("setups") Setup setup, @ForAll @IntRange(max = 19) int pick) {
    HashRing<String> after = setup.ring();
    Node<String> joining = setup.nodes().get(pick % setup.nodes().size());
    HashRing<String> before = after.without(joining.id());
    for (long hash : telling(setup)) {
      String owner = after.locate(hash);
      assertTrue(
          owner.equals(joining.id()) || owner.equals(before.locate(hash)),
          "a key moved between other nodes");
    }
    Map<String, Double> gains = new HashMap<>(before.gains(after));
    assertEquals(after.ownership().get(joining.id()), gains.remove(joining.id()));
    assertTrue(gains.values().stream().allMatch(gain -> gain == 0), "another node gained keys");
  }

  @Property(tries = 100)
  void leavingNodeGivesUpItsKeysAndNoOtherNodeDoes(
      @ForAll("setups") Setup setup, @ForAll @IntRange(max = 19) int pick) {
    HashRing<String> before = setup.ring();
    Node<String> leaving = setup.nodes().get(pick % setup.nodes().size());
    HashRing<String> after = before.without(leaving.id());
    for (long hash : telling(setup)) {
      String owner = before.locate(hash);
      assertTrue(
          owner.equals(leaving.id()) || owner.equals(after.locate(hash)),
          "a key moved between other nodes");
    }
    double moved =
        before.gains(after).values().stream().mapToDouble(gain -> gain).sum();
    assertEquals(before.ownership().get(leaving.id()), moved, 1e-15);
  }

  @Property(tries = 100)
  void ownershipIsTheLengthOfTheArcs(@ForAll("setups") Setup setup) {
    Map<String, BigInteger> arcs = new HashMap<>();
    setup.nodes().forEach(node -> arcs.put(node.id(), BigInteger.ZERO));
    NavigableMap<Long, List<Node<String>>> model = model(setup);
    BigInteger circle = BigInteger.ONE.shiftLeft(64);
    BigInteger previous = unsigned(model.lastKey()).subtract(circle);
    for (Map.Entry<Long, List<Node<String>>> point : model.entrySet()) {
      BigInteger position = unsigned(point.getKey());
      arcs.merge(point.getValue().get(0).id(), position.subtract(previous), BigInteger::add);
      previous = position;
    }
    Map<String, Double> ownership = setup.ring().ownership();
    assertEquals(arcs.keySet(), ownership.keySet());
    arcs.forEach((id, arc) -> assertEquals(
        new BigDecimal(arc)
            .divide(new BigDecimal(circle), MathContext.DECIMAL64)
            .doubleValue(),
        ownership.get(id),
        1e-15));
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  @Property(tries = 200)
  void textKeyIsItsXxh3(@ForAll String key) {
    HashRing<String> ring = HashRing.of("a", "b", "c");
    assertEquals(ring.locate(Xxh3.hash(key)), ring.locate(key));
  }

  /**
   * A share of weight w in W has mean w / W and variance (w/W)(1 - w/W) / (160 W + 1), since 160 W uniform points cut the
   * circle. 240 shares within 4 standard deviations: a false alarm in about 50 choices of labels; these are fixed. The
   * lightest node has a 103rd of the weight.
   */
  @Test
  void weightsAreHonoured() {
    int[] weights = {1, 2, 100};
    int total = 103;
    for (int round = 0; round < 80; round++) {
      HashRing.Builder<String> builder = HashRing.builder();
      for (int weight : weights) {
        builder.node(Node.of("round " + round + " weight " + weight, weight));
      }
      Map<String, Double> ownership = builder.build().ownership();
      for (int weight : weights) {
        double mean = weight / (double) total;
        double sigma = Math.sqrt(mean * (1 - mean) / (160 * total + 1));
        assertEquals(mean, ownership.get("round " + round + " weight " + weight), 4 * sigma);
      }
    }
  }

  /**
   * The squared coefficient of variation of n shares has mean (n - 1) / (nV + 1) and, over 60 rings of 20 nodes, a
   * relative standard deviation of about sqrt(2 / 19 / 60) = 4.2 %. Six of them are exceeded once in 10^8 choices of
   * labels; these are fixed.
   */
  @Test
  void balanceIsThatOfUniformPoints() {
    int n = 20;
    int rings = 60;
    for (int virtualNodes : new int[] {1, 10, 100, 200}) {
      double squares = 0;
      for (int ring = 0; ring < rings; ring++) {
        HashRing.Builder<String> builder = HashRing.<String>builder().virtualNodes(virtualNodes);
        for (int i = 0; i < n; i++) {
          builder.node(Node.of("ring " + ring + " node " + i));
        }
        for (double share : builder.build().ownership().values()) {
          squares += (share * n - 1) * (share * n - 1) / n;
        }
      }
      double expected = (n - 1.0) / (n * virtualNodes + 1);
      assertEquals(expected, squares / rings, 0.25 * expected, virtualNodes + " virtual nodes");
    }
  }
}
