package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BoundedLoadProperties {
  @Provide
  Arbitrary<Double> factors() {
    return Arbitraries.oneOf(
        Arbitraries.of(1.1, 1.25, 1.5, 2.0, 1000.0, Math.nextUp(1.0), 1.000001, 1.0000014),
        Arbitraries.doubles().between(1, 3).ofScale(7).filter(factor -> factor > 1));
  }

  /** Equal weights, small ones, and some so large that products do not fit into 64 bits. */
  @Provide
  Arbitrary<Rotation<Integer>> nodes() {
    Arbitrary<Integer> weight = Arbitraries.oneOf(
        Arbitraries.just(1),
        Arbitraries.integers().between(1, 10),
        Arbitraries.integers().between(Integer.MAX_VALUE - 10, Integer.MAX_VALUE));
    Arbitrary<Node<Integer>> node =
        Combinators.combine(Arbitraries.integers().between(0, 9), weight).as(Node::of);
    return node.list().uniqueElements(Node::id).ofMinSize(1).ofMaxSize(8).map(Rotation::new);
  }

  private static BigDecimal cap(double factor, long requests, Rotation<Integer> nodes, int id) {
    long whole = nodes.members().stream().mapToLong(Node::weight).sum();
    long weight = nodes.members().stream()
        .filter(node -> node.id() == id)
        .mapToLong(Node::weight)
        .sum();
    return new BigDecimal(Double.toString(factor))
        .setScale(6, RoundingMode.CEILING)
        .multiply(BigDecimal.valueOf(requests))
        .multiply(BigDecimal.valueOf(weight))
        .divide(BigDecimal.valueOf(whole), 0, RoundingMode.CEILING);
  }

  /** The slow obvious bounded load. */
  private static int choose(
      double factor, Rotation<Integer> nodes, Map<Integer, Long> loads, int hash) {
    long requests = 1;
    for (int id : nodes.nodes()) {
      requests += loads.getOrDefault(id, 0L);
    }
    for (int id : nodes.replicas(hash, nodes.nodes().size())) {
      if (BigDecimal.valueOf(loads.getOrDefault(id, 0L)).compareTo(cap(factor, requests, nodes, id))
          < 0) {
        return id;
      }
    }
    throw new AssertionError("no node has room");
  }

  @Property(tries = 300)
  void requestsGoWhereASlowModelPutsThem(
      @ForAll("factors") double factor,
      @ForAll @Size(min = 1, max = 5) List<@From("nodes") Rotation<Integer>> memberships,
      @ForAll @Size(max = 200) List<@IntRange(min = -9, max = 9) Integer> steps) {
    BoundedLoad<Integer> load = BoundedLoad.over(memberships.get(0), factor);
    Rotation<Integer> nodes = memberships.get(0);
    Map<Integer, Long> model = new LinkedHashMap<>();
    int updates = 0;
    for (int step : steps) {
      if (step == 0) {
        nodes = memberships.get(++updates % memberships.size());
        load.update(nodes);
      } else if (step > 0) {
        int expected = choose(factor, nodes, model, step);
        model.merge(expected, 1L, Long::sum);
        assertEquals(expected, load.acquire(step));
      } else {
        release(load, model, -step);
      }
      assertAgrees(factor, nodes, model, load);
    }
  }

  private static void release(BoundedLoad<Integer> load, Map<Integer, Long> model, int id) {
    if (model.getOrDefault(id, 0L) > 0) {
      load.release(id);
      model.merge(id, -1L, Long::sum);
    } else {
      assertThrows(RuntimeException.class, () -> load.release(id));
    }
  }

  private static void assertAgrees(
      double factor, Rotation<Integer> nodes, Map<Integer, Long> model, BoundedLoad<Integer> load) {
    long total = 0;
    for (int id : nodes.nodes()) {
      assertEquals(model.getOrDefault(id, 0L), load.load(id));
      assertEquals(load.load(id), load.loads().get(id));
      total += load.load(id);
    }
    assertEquals(List.copyOf(nodes.nodes()), List.copyOf(load.loads().keySet()));
    assertEquals(total, load.total());
    for (int id : nodes.nodes()) {
      assertEquals(cap(factor, total, nodes, id).longValueExact(), load.cap(id));
    }
  }

  @Property(tries = 300)
  void noNodeIsAboveItsCapWhileNothingIsReleased(
      @ForAll("factors") double factor,
      @ForAll("nodes") Rotation<Integer> nodes,
      @ForAll @Size(max = 200) List<@IntRange(max = 3) Integer> hashes) {
    BoundedLoad<Integer> load = BoundedLoad.over(nodes, factor);
    for (int hash : hashes) {
      load.acquire(hash);
      for (int id : nodes.nodes()) {
        assertTrue(load.load(id) <= load.cap(id), "above its cap");
      }
    }
  }

  @Property
  void capIsTheExactCeiling(
      @ForAll @LongRange(min = 1, max = 1L << 61) long share,
      @ForAll @LongRange(min = 0) long requests,
      @ForAll @LongRange(min = 1) long whole) {
    BigDecimal exact = BigDecimal.valueOf(share)
        .multiply(BigDecimal.valueOf(requests))
        .divide(BigDecimal.valueOf(whole), 0, RoundingMode.CEILING);
    assertEquals(
        exact.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact(),
        BoundedLoad.cap(share, requests, whole));
  }

  /** The fewer places a request may go, the fuller they are: the first node in the order that has room is taken. */
  @Property(tries = 300)
  void firstNodesOfTheOrderAreAtTheirCaps(
      @ForAll("factors") double factor,
      @ForAll("nodes") Rotation<Integer> nodes,
      @ForAll @IntRange(min = 1, max = 200) int requests) {
    BoundedLoad<Integer> load = BoundedLoad.over(nodes, factor);
    for (int i = 0; i < requests; i++) {
      int chosen = load.acquire(0);
      List<Integer> order = new ArrayList<>(nodes.replicas(0, nodes.nodes().size()));
      for (int full : order.subList(0, order.indexOf(chosen))) {
        assertEquals(load.cap(full), load.load(full));
      }
    }
  }
}
