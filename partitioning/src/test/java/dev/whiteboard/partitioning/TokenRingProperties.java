package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenRingProperties {
  /** The bound that is promised, and rounding. */
  private static final double PEAK = 1.03 + 1e-9;

  private static double peak(TokenRing<String> ring) {
    Map<String, Double> ownership = ring.ownership();
    long total = ring.members().stream().mapToLong(Node::weight).sum();
    return ring.members().stream()
        .mapToDouble(node -> ownership.get(node.id()) * total / node.weight())
        .max()
        .orElseThrow();
  }

  @Property(tries = 100)
  void balanceSurvivesAnyHistory(
      @ForAll @IntRange(min = 1, max = 20) int nodes,
      @ForAll @IntRange(min = 4, max = 40) int tokens,
      @ForAll @IntRange(min = 1, max = 5) int heaviest,
      @ForAll Random random) {
    List<Node<String>> first = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      first.add(Node.of("first " + i, 1 + random.nextInt(heaviest)));
    }
    TokenRing<String> ring = TokenRing.create(first, tokens);
    for (int i = 0; i < 30; i++) {
      TokenRing<String> before = ring;
      List<String> ids = List.copyOf(ring.nodes());
      if (ids.size() > 1 && random.nextBoolean()) {
        String leaving = ids.get(random.nextInt(ids.size()));
        ring = ring.without(leaving);
        assertOnlyMovesFrom(leaving, before, ring);
      } else {
        ring = ring.with(Node.of("later " + i, 1 + random.nextInt(heaviest)));
        assertOnlyMovesTo("later " + i, before, ring);
      }
      assertTrue(peak(ring) <= PEAK, "peak " + peak(ring));
      assertEquals(
          1, ring.ownership().values().stream().mapToDouble(share -> share).sum(), 1e-12);
    }
  }

  private static void assertOnlyMovesTo(
      String joining, TokenRing<String> before, TokenRing<String> after) {
    Map<String, Double> gains = new HashMap<>(before.gains(after));
    assertEquals(after.ownership().get(joining), gains.remove(joining), 1e-15);
    assertTrue(gains.values().stream().allMatch(gain -> gain == 0), "another node gained keys");
  }

  private static void assertOnlyMovesFrom(
      String leaving, TokenRing<String> before, TokenRing<String> after) {
    Map<String, Double> losses = new HashMap<>(after.gains(before));
    assertEquals(before.ownership().get(leaving), losses.remove(leaving), 1e-15);
    assertTrue(losses.values().stream().allMatch(loss -> loss == 0), "another node lost keys");
  }

  @Property(tries = 50)
  void orderOfInsertionDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 20) int nodes, @ForAll Random random) {
    List<Node<String>> ordered = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      ordered.add(Node.of("node " + i, 1 + random.nextInt(3)));
    }
    List<Node<String>> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, random);
    TokenRing<String> one = TokenRing.create(ordered, 16);
    TokenRing<String> other = TokenRing.create(shuffled, 16);
    assertEquals(one.ownership(), other.ownership());
    assertEquals(0, one.gains(other).values().stream().mapToDouble(gain -> gain).sum());
  }

  @Property(tries = 50)
  void ownershipIsThatOfTheKeys(@ForAll @IntRange(min = 1, max = 10) int nodes) {
    List<Node<String>> members = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      members.add(Node.of("node " + i));
    }
    TokenRing<String> ring = TokenRing.create(members, 8);
    Map<String, Integer> seen = new HashMap<>();
    int samples = 1 << 12;
    for (int i = 0; i < samples; i++) {
      seen.merge(ring.locate((long) i << 52), 1, Integer::sum);
    }
    // Evenly spaced samples misjudge an arc by less than one, and a node has about 8 arcs.
    ring.ownership()
        .forEach((id, share) -> assertEquals(
            share, seen.get(id) / (double) samples, ring.tokenCount() / (double) samples));
  }

  /** A hundred nodes, and still after a thousand random joins and departures. */
  @Test
  void sixteenTokensKeepThePeakBelowThreePercent() {
    Random random = new Random(16);
    List<Node<String>> nodes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      nodes.add(Node.of("first " + i));
    }
    TokenRing<String> ring = TokenRing.create(nodes, 16);
    assertTrue(peak(ring) <= PEAK, "peak " + peak(ring));
    for (int i = 0; i < 1000; i++) {
      int size = ring.nodes().size();
      boolean join = size <= 80 || (size < 120 && random.nextBoolean());
      ring = join
          ? ring.with(Node.of("later " + i))
          : ring.without(List.copyOf(ring.nodes()).get(random.nextInt(size)));
      assertTrue(peak(ring) <= PEAK, "peak " + peak(ring));
      assertTrue(ring.tokenCount() <= 20 * ring.nodes().size(), ring.tokenCount() + " tokens");
    }
  }

  @Test
  void tinyWeightStillGetsItsShare() {
    TokenRing<String> ring =
        TokenRing.create(List.of(Node.of("heavy", 1_000_000), Node.of("light", 1)), 16);
    assertEquals(1e-6, ring.ownership().get("light"), 0.04e-6);
    ring = ring.with(Node.of("also light", 1));
    assertEquals(1e-6, ring.ownership().get("also light"), 0.04e-6);
    ring = ring.without("heavy");
    assertEquals(0.5, ring.ownership().get("light"), 0.02);
  }
}
