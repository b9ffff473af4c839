package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.SlotTable;
import dev.whiteboard.partitioning.TokenRing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.GammaDistribution;

/** Claims about slots and tokens that are dealt out, where a ring leaves them to chance. */
final class PlacementClaims {
  private static final double ROUNDING = 1e-9;

  private PlacementClaims() {}

  static List<Claim> all() {
    return List.of(slotTableMovesTheMinimum(), fewTokensSuffice());
  }

  private static Claim slotTableMovesTheMinimum() {
    return new Claim(
        "P14",
        "partitioning",
        "A table of hash slots balances to one slot, and a change moves no slot that need not move.",
        "redis/docs, content/operate/oss_and_stack/reference/cluster-spec.md",
        Verdict.TRUE,
        "S slots are divided among n nodes, S / n each, rounded up or down. A node that joins needs S / (n + 1) rounded down, one that "
            + "leaves gives up what it has; what the others gain in all is the least that can move. All exact.",
        "Balanced in slots; keys scatter among slots by chance, and a hot key is one slot's. A table has a history that must be kept "
            + "and agreed on, where a ring follows from the names: that is the price. Have 64 slots a node or more, for 1.6 %.",
        List.of(
            Parameter.count("nodes", 100, 2, 1000),
            Parameter.count("slots", SlotTable.DEFAULT_SLOTS, 1001, 1 << 18),
            Parameter.count("changes", 30, 1, 500)),
        settings -> {
          int nodes = settings.count("nodes");
          int slots = settings.count("slots");
          SlotTable<Integer> table = slotTable(nodes, slots);
          Collection<Integer> loads = table.loads().values();
          double[] sizes = {10, 25, 50, 100, 200, 400};
          List<Check> checks = new ArrayList<>(List.of(
              new Check(
                  "slots of the fullest node",
                  Math.ceil((double) slots / nodes),
                  Collections.max(loads),
                  0),
              new Check(
                  "slots of the emptiest node",
                  Math.floor((double) slots / nodes),
                  Collections.min(loads),
                  0),
              new Check(
                  "slots moved when a node joins",
                  Math.floor(slots / (nodes + 1.0)),
                  moved(table, table.with(Node.of(nodes))),
                  0),
              new Check(
                  "slots moved when a node leaves",
                  table.slotsOf(0).length,
                  moved(table, table.without(0)),
                  0)));
          checks.addAll(afterChanges(table, settings.count("changes")));
          return new Outcome(checks, null)
              .with(new Chart(
                  "The fullest node: slots dealt out, or 160 points by chance",
                  Axis.log("nodes, n"),
                  Axis.linear("fullest node / mean"),
                  List.of(
                      Series.of(
                          "ring",
                          Mark.DOTS,
                          sizes,
                          map(sizes, n -> Trials.mean(2, s -> busiest(ring(s, (int) n, 160))))),
                      Series.of(
                          "gamma quantile",
                          Mark.LINE,
                          sizes,
                          map(sizes, n -> busiestByChance((int) n, 160))),
                      Series.of(
                          "slot table",
                          Mark.DOTS,
                          sizes,
                          map(
                              sizes,
                              n -> n
                                  * Collections.max(
                                      slotTable((int) n, 16_384).loads().values())
                                  / 16_384)),
                      Series.of(
                          "S/n rounded up",
                          Mark.LINE,
                          sizes,
                          map(sizes, n -> n * Math.ceil(16_384 / n) / 16_384)))));
        });
  }

  /** Nodes join and leave as a coin says; each table is compared with the one before. */
  private static List<Check> afterChanges(SlotTable<Integer> first, int changes) {
    RandomGenerator random = Settings.random(14);
    SlotTable<Integer> table = first;
    int beyond = 0;
    int next = first.nodes().size();
    for (int change = 0; change < changes; change++) {
      List<Integer> nodes = List.copyOf(table.nodes());
      boolean joins = nodes.size() < 3 || random.nextBoolean();
      SlotTable<Integer> after = joins
          ? table.with(Node.of(next++))
          : table.without(nodes.get(random.nextInt(nodes.size())));
      beyond += moved(table, after) - leastMoves(table, after);
      table = after;
    }
    int size = table.nodes().size();
    int fullest = Collections.max(table.loads().values());
    String then = " after " + changes + " changes";
    return List.of(
        new Check("slots moved beyond the minimum" + then, 0, beyond, 0),
        new Check(
            "slots of the fullest node" + then,
            Math.ceil((double) table.slots() / size),
            fullest,
            0));
  }

  private static int moved(SlotTable<Integer> before, SlotTable<Integer> after) {
    return (int) IntStream.range(0, before.slots())
        .filter(slot -> !before.ownerOf(slot).equals(after.ownerOf(slot)))
        .count();
  }

  /** Each node must be given what it has more than before. */
  private static int leastMoves(SlotTable<Integer> before, SlotTable<Integer> after) {
    Map<Integer, Integer> loads = before.loads();
    return after.loads().entrySet().stream()
        .mapToInt(load -> Math.max(0, load.getValue() - loads.getOrDefault(load.getKey(), 0)))
        .sum();
  }

  private static SlotTable<Integer> slotTable(int nodes, int slots) {
    return SlotTable.<Integer>builder().nodes(Trials.nodes(nodes)).slots(slots).build();
  }

  private static Claim fewTokensSuffice() {
    return new Claim(
        "P15",
        "partitioning",
        "Sixteen tokens that are placed well balance better than ten times as many at random.",
        "apache/cassandra, doc/modules/cassandra/pages/getting-started/production.adoc",
        Verdict.TRUE,
        "Random points: the busiest of n nodes is near the (n - 3/8) / (n + 1/4) quantile of a gamma variable of shape V and mean 1. "
            + "Placed tokens: each join and leave moves what brings every node to at most 3 % above its fair share.",
        "The same balance by chance takes 400 times as many points, 7,000 a node. They will ask for the catch: where a token lies "
            + "depends on who joined before, so nodes must agree on it. And Cassandra balances the copies' ranges too.",
        List.of(
            Parameter.count("nodes", 100, 10, 300),
            Parameter.count("tokens", 16, 16, 64),
            Parameter.count("changes", 40, 1, 500)),
        settings -> {
          int nodes = settings.count("nodes");
          int tokens = settings.count("tokens");
          int changes = settings.count("changes");
          TokenRing<Integer> placed = TokenRing.create(Trials.nodes(nodes), tokens);
          TokenRing<Integer> changed = changed(placed, changes);
          double[] counts = {4, 8, 16, 32, 64, 128, 256};
          return Outcome.of(
                  Trials.within(
                      "busiest / mean, " + tokens + " placed tokens",
                      1,
                      1.03,
                      busiest(placed.ownership()),
                      ROUNDING),
                  Trials.within(
                      "the same after " + changes + " joins and leaves",
                      1,
                      1.03,
                      busiest(changed.ownership()),
                      ROUNDING),
                  Trials.within(
                      "tokens of a node then",
                      0,
                      1.25 * tokens,
                      (double) changed.tokenCount() / changed.nodes().size()),
                  new Check(
                      "busiest / mean, " + 10 * tokens + " random points",
                      busiestByChance(nodes, 10 * tokens),
                      Trials.mean(20, s -> busiest(ring(s, nodes, 10 * tokens))),
                      0.4 / Math.sqrt(10 * tokens)))
              .with(new Chart(
                  "A hundred nodes: what a token buys, placed and at random",
                  Axis.log("tokens per node"),
                  Axis.linear("busiest node / mean"),
                  List.of(
                      Series.of(
                          "random",
                          Mark.DOTS,
                          counts,
                          map(counts, v -> Trials.mean(3, s -> busiest(ring(s, 100, (int) v))))),
                      Series.of(
                          "gamma quantile",
                          Mark.LINE,
                          counts,
                          map(counts, v -> busiestByChance(100, (int) v))),
                      Series.of(
                          "placed",
                          Mark.LINE_AND_DOTS,
                          counts,
                          map(
                              counts,
                              v -> busiest(
                                  TokenRing.create(Trials.nodes(100), (int) v).ownership()))))));
        });
  }

  private static TokenRing<Integer> changed(TokenRing<Integer> first, int changes) {
    RandomGenerator random = Settings.random(15);
    TokenRing<Integer> ring = first;
    int next = first.nodes().size();
    for (int change = 0; change < changes; change++) {
      List<Integer> nodes = List.copyOf(ring.nodes());
      ring = nodes.size() < 10 || random.nextBoolean()
          ? ring.with(Node.of(next++))
          : ring.without(nodes.get(random.nextInt(nodes.size())));
    }
    return ring;
  }

  private static double busiestByChance(int nodes, int points) {
    return new GammaDistribution(points, 1.0 / points)
        .inverseCumulativeProbability((nodes - 0.375) / (nodes + 0.25));
  }

  /** Shares of a ring whose node names, and so whose points, differ from seed to seed. */
  private static Map<String, Double> ring(int seed, int nodes, int points) {
    return HashRing.<String>builder()
        .virtualNodes(points)
        .nodes(IntStream.range(0, nodes).mapToObj(i -> Node.of(seed + "/" + i)).toList())
        .build()
        .ownership();
  }

  private static double busiest(Map<?, Double> shares) {
    return Collections.max(shares.values()) * shares.size();
  }
}
