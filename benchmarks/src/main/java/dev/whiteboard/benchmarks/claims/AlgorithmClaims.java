package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.BoundedLoad;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.JumpHash;
import dev.whiteboard.partitioning.MaglevTable;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.Partitioner;
import dev.whiteboard.partitioning.RendezvousHash;
import dev.whiteboard.partitioning.SlotTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Claims about the other algorithms that say who owns a key. */
final class AlgorithmClaims {
  /** The two table sizes of the Maglev paper. */
  private static final int SLOTS = MaglevTable.DEFAULT_TABLE_SIZE;

  private static final int MORE_SLOTS = 655_373;

  /** Keys for one dot of a picture. */
  private static final int SAMPLE = 50_000;

  private AlgorithmClaims() {}

  static List<Claim> all() {
    return List.of(
        jumpLosesOnlyTheLast(), rendezvousMovesTheMinimum(), maglevMovesMore(), loadsAreBounded());
  }

  private static Claim jumpLosesOnlyTheLast() {
    return new Claim(
        "P06",
        "partitioning",
        "Jump hash: no memory, near perfect balance, but only the last bucket can be removed.",
        "Prateeshtalasu/SystemDesignGuide, Phase-05.5/06-consistent-hashing.md",
        Verdict.TRUE,
        "K keys fall on n buckets as if at random: the deviation is sqrt((n - 1) / K) of the mean. A new bucket takes 1 / (n + 1). "
            + "If server i of n leaves and the others close ranks, the keys before it stay, i / n of all, and 1 in n - 1 of those "
            + "of the last bucket: 1 - i / n - 1 / (n (n - 1)) move. Lamping and Veach 2014, and counting.",
        "The API has no other removal than withoutLast. They will ask what to do when another node fails. Close ranks, and almost "
            + "every key may move; so number shards, not machines, and give a dead machine's number to its replacement.",
        List.of(
            Parameter.count("nodes", 10, 3, 1000),
            Parameter.count("keys", 200_000, 10_000, 5_000_000)),
        settings -> {
          int nodes = settings.count("nodes");
          int keys = settings.count("keys");
          JumpHash<Integer> jump = JumpHash.create(Trials.nodes(nodes));
          JumpHash<Integer> grown = jump.with(Node.of(nodes));
          double[] leaving = IntStream.range(0, 10).mapToDouble(i -> i).toArray();
          return Outcome.of(
                  Trials.noise(
                      "deviation of a bucket's keys / mean",
                      nodes,
                      keys,
                      Trials.deviation(Trials.counts(jump, nodes, keys))),
                  Trials.share(
                      "share moved when a bucket joins",
                      1.0 / (nodes + 1),
                      Trials.moved(jump, grown, keys),
                      keys),
                  new Check(
                      "share moved between old buckets then",
                      0,
                      Trials.movedNeedlessly(jump, grown, keys),
                      0),
                  Trials.share(
                      "share moved when the first leaves and the rest close ranks",
                      movedByClosingRanks(0, nodes),
                      Trials.moved(jump, closeRanks(0, nodes), keys),
                      keys))
              .with(new Chart(
                  "One of ten leaves: with jump hash, its number matters",
                  Axis.linear("number of the server that leaves"),
                  Axis.linear("share of keys that move"),
                  List.of(
                      Series.of(
                          "jump hash",
                          Mark.DOTS,
                          leaving,
                          map(
                              leaving,
                              i -> Trials.moved(
                                  JumpHash.create(Trials.nodes(10)),
                                  closeRanks((int) i, 10),
                                  20_000))),
                      Series.of(
                          "1 - i/n - 1/(n(n-1))",
                          Mark.LINE,
                          leaving,
                          map(leaving, i -> movedByClosingRanks((int) i, 10))),
                      Series.of(
                          "rendezvous hash",
                          Mark.DOTS,
                          leaving,
                          map(
                              leaving,
                              i -> Trials.moved(
                                  RendezvousHash.create(Trials.nodes(10)),
                                  RendezvousHash.create(Trials.nodes(10)).without((int) i),
                                  20_000))),
                      Series.of("1/n", Mark.LINE, leaving, map(leaving, i -> 0.1)))));
        });
  }

  private static double movedByClosingRanks(int leaving, int nodes) {
    double kept = leaving == nodes - 1 ? 0 : 1.0 / nodes / (nodes - 1);
    return 1 - (double) leaving / nodes - kept;
  }

  private static JumpHash<Integer> closeRanks(int leaving, int nodes) {
    List<Node<Integer>> rest = new ArrayList<>(Trials.nodes(nodes));
    rest.remove(leaving);
    return JumpHash.create(rest);
  }

  private static Claim rendezvousMovesTheMinimum() {
    return new Claim(
        "P07",
        "partitioning",
        "Rendezvous hashing balances perfectly and moves only the lost node's keys, at O(n) per lookup.",
        "Prateeshtalasu/SystemDesignGuide, Phase-05.5/06-consistent-hashing.md",
        Verdict.TRUE,
        "Each node wins a key with probability 1 / n, independently: the deviation is sqrt((n - 1) / K) of the mean, and the keys "
            + "of a lost node fall on the n - 1 others in the same way. Thaler and Ravishankar 1998.",
        "Perfectly means: as evenly as chance permits, so not to one key. They will ask about the O(n): PartitionerBenchmark times "
            + "it. For many nodes compile it into a slot table, and a lookup costs one array read.",
        List.of(
            Parameter.count("nodes", 10, 3, 200),
            Parameter.count("keys", 200_000, 10_000, 5_000_000)),
        settings -> {
          int nodes = settings.count("nodes");
          int keys = settings.count("keys");
          RendezvousHash<Integer> full = RendezvousHash.create(Trials.nodes(nodes));
          RendezvousHash<Integer> without = full.without(0);
          int[] before = Trials.counts(full, nodes, keys);
          int[] after = Trials.counts(without, nodes, keys);
          int[] gains = IntStream.range(1, nodes).map(i -> after[i] - before[i]).toArray();
          return Outcome.of(
                  Trials.noise(
                      "deviation of a node's keys / mean", nodes, keys, Trials.deviation(before)),
                  Trials.share(
                      "share moved when a node is lost",
                      1.0 / nodes,
                      Trials.moved(full, without, keys),
                      keys),
                  new Check(
                      "share moved between nodes that stay",
                      0,
                      Trials.movedNeedlessly(full, without, keys),
                      0),
                  Trials.noise(
                      "deviation of what a survivor inherits / mean",
                      nodes - 1,
                      before[0],
                      Trials.deviation(gains)))
              .with(movedWhenOneJoins());
        });
  }

  private static Chart movedWhenOneJoins() {
    double[] sizes = {4, 8, 16, 32, 64};
    return new Chart(
        "One server joins n: all but hash mod n move the minimum",
        Axis.log("servers before, n"),
        Axis.log("share of keys that move"),
        List.of(
            Series.of("n/(n+1)", Mark.LINE, sizes, map(sizes, n -> n / (n + 1))),
            Series.of("1/(n+1)", Mark.LINE, sizes, map(sizes, n -> 1 / (n + 1))),
            joins("ring", sizes, AlgorithmClaims::ring, HashRing::with),
            joins("jump", sizes, JumpHash::create, JumpHash::with),
            joins("rendezvous", sizes, RendezvousHash::create, RendezvousHash::with),
            joins("slot table", sizes, AlgorithmClaims::slotTable, SlotTable::with),
            Series.of("mod n", Mark.DOTS, sizes, map(sizes, n -> movedByModulo((int) n)))));
  }

  /** What moves when a node joins, for some numbers of nodes before. */
  private static <P extends Partitioner<Integer>> Series joins(
      String name,
      double[] sizes,
      Function<List<Node<Integer>>, P> create,
      BiFunction<P, Node<Integer>, P> with) {
    return Series.of(name, Mark.DOTS, sizes, map(sizes, n -> {
      P before = create.apply(Trials.nodes((int) n));
      return Trials.moved(before, with.apply(before, Node.of((int) n)), SAMPLE);
    }));
  }

  private static double movedByModulo(int nodes) {
    return Trials.mean(
        SAMPLE,
        key -> Long.remainderUnsigned(Xxh3.hash(key), nodes)
                == Long.remainderUnsigned(Xxh3.hash(key), nodes + 1)
            ? 0
            : 1);
  }

  private static Claim maglevMovesMore() {
    return new Claim(
        "P08",
        "partitioning",
        "Maglev balances almost perfectly but moves a little more than the minimum.",
        "envoyproxy/envoy, docs/root/intro/arch_overview/upstream/load_balancing/load_balancers.rst",
        Verdict.TRUE,
        "Nodes take slots in turns, so each of n has M / n of M slots, rounded up or down: exact. For the moves there is no formula. "
            + "Eisenbud et al. 2016 measure that they are few, and fewer with more slots. The bounds here are measured too: for "
            + "10 to 1,000 nodes, 65,537 slots stay below 1 % and 655,373 below 0.4 %.",
        "Envoy says \"approximately double\". It depends: with 100 nodes 1.6 times the minimum moves, 1.1 times with ten times the "
            + "slots, and with 1,000 nodes 7 times. A connection that moves is a cache miss, a file that moves is a copy: "
            + "it is for load balancers, not for storage.",
        List.of(
            Parameter.count("nodes", 100, 10, 1000),
            Parameter.count("keys", 200_000, 10_000, 5_000_000)),
        settings -> {
          int nodes = settings.count("nodes");
          int keys = settings.count("keys");
          MaglevTable<Integer> table = maglev(Trials.nodes(nodes), SLOTS);
          IntSummaryStatistics loads = SlotTable.compile(table, SLOTS, 1).loads().values().stream()
              .mapToInt(load -> load)
              .summaryStatistics();
          double[] sizes = {10, 30, 100, 300};
          return Outcome.of(
                  new Check(
                      "slots of the fullest node, of 65,537",
                      Math.ceil((double) SLOTS / nodes),
                      loads.getMax(),
                      0),
                  new Check(
                      "slots of the emptiest node",
                      Math.floor((double) SLOTS / nodes),
                      loads.getMin(),
                      0),
                  Trials.within(
                      "share of keys moved needlessly when a node leaves",
                      0,
                      0.01,
                      Trials.movedNeedlessly(table, table.without(0), keys)),
                  Trials.within(
                      "the same, 655,373 slots",
                      0,
                      0.004,
                      movedNeedlessly(nodes, MORE_SLOTS, 1, keys)))
              .with(new Chart(
                  "Maglev: needless moves when a node leaves",
                  Axis.log("slots per node, M / n"),
                  Axis.log("share of keys moved needlessly"),
                  IntStream.of(10, 30, 100, 300)
                      .mapToObj(n -> Series.of(
                          n + " nodes",
                          Mark.LINE_AND_DOTS,
                          sizes,
                          map(sizes, m -> movedNeedlessly(n, primeFrom((int) (m * n)), 3, 30_000))))
                      .toList()));
        });
  }

  /** The mean over some nodes that leave, each from the full table. */
  private static double movedNeedlessly(int nodes, int slots, int leaving, int keys) {
    MaglevTable<Integer> table = maglev(Trials.nodes(nodes), slots);
    return Trials.mean(
        leaving, i -> Trials.movedNeedlessly(table, table.without(i * nodes / leaving), keys));
  }

  private static int primeFrom(int least) {
    return BigInteger.valueOf(least - 1).nextProbablePrime().intValueExact();
  }

  private static Claim loadsAreBounded() {
    return new Claim(
        "P09",
        "partitioning",
        "Consistent hashing with bounded loads caps any node at (1 + e) times the mean.",
        "Prateeshtalasu/SystemDesignGuide, Phase-05.5/06-consistent-hashing.md",
        Verdict.TRUE,
        "With m requests in flight on n nodes, no request is placed above ceil(c m / n), c = 1 + e: exact, at every moment. "
            + "A node whose keys would bring it more stands at its cap, so the fullest is near c times the mean, or where the "
            + "ring alone puts it if that is less. Mirrokni, Thorup and Zadimoghaddam 2018.",
        "The cap is for placing. When others' requests end the mean falls, and a full node is above it until its own end. They "
            + "will ask for the price: keys above the cap are served where their cache is cold. A hot key is spread too, "
            + "which no ring does; but what a key stores cannot follow it.",
        List.of(
            Parameter.count("nodes", 50, 2, 500),
            Parameter.count("requests", 200_000, 1000, 2_000_000),
            Parameter.real("factor", 1.1, 1.01, 3)),
        settings -> {
          int nodes = settings.count("nodes");
          int requests = settings.count("requests");
          double factor = settings.real("factor");
          double mean = (double) requests / nodes;
          HashRing<Integer> ring = ring(Trials.nodes(nodes));
          double alone = fullest(Trials.counts(ring, nodes, requests)) / mean;
          BoundedLoad<Integer> bounded = BoundedLoad.over(ring, factor);
          double beyond = mostBeyondCap(bounded, factor, nodes, requests);
          double[] factors = {1.02, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5};
          int few = 20_000;
          return Outcome.of(
                  new Check("most requests of a node above its cap, ever", 0, beyond, 0),
                  new Check(
                      "fullest node / mean",
                      Math.min(factor, alone),
                      Collections.max(bounded.loads().values()) / mean,
                      4 / Math.sqrt(mean)))
              .with(new Chart(
                  "The fullest node of 50, with and without a bound",
                  Axis.linear("factor c"),
                  Axis.linear("fullest node / mean"),
                  List.of(
                      Series.of("c", Mark.LINE, factors, factors),
                      Series.of("ring with bounded loads", Mark.DOTS, factors, map(factors, c -> {
                        BoundedLoad<Integer> loads = BoundedLoad.over(ring(Trials.nodes(50)), c);
                        mostBeyondCap(loads, c, 50, few);
                        return 50.0 * Collections.max(loads.loads().values()) / few;
                      })),
                      Series.of(
                          "ring alone",
                          Mark.LINE,
                          factors,
                          map(
                              factors,
                              c -> 50.0
                                  * fullest(Trials.counts(ring(Trials.nodes(50)), 50, few))
                                  / few)))));
        });
  }

  /** Places requests that do not end, and compares each with the cap at that moment. */
  private static double mostBeyondCap(
      BoundedLoad<Integer> bounded, double factor, int nodes, int requests) {
    double most = Double.NEGATIVE_INFINITY;
    for (int request = 1; request <= requests; request++) {
      long load = bounded.load(bounded.acquire(Xxh3.hash(request)));
      // Without the small number, 1.1 x 10 requests rounds up to 12.
      most = Math.max(most, load - Math.ceil(factor * request / nodes - 1e-9));
    }
    return most;
  }

  private static int fullest(int[] counts) {
    return Arrays.stream(counts).max().orElseThrow();
  }

  private static HashRing<Integer> ring(List<Node<Integer>> nodes) {
    return HashRing.<Integer>builder().nodes(nodes).build();
  }

  private static SlotTable<Integer> slotTable(List<Node<Integer>> nodes) {
    return SlotTable.<Integer>builder().nodes(nodes).build();
  }

  private static MaglevTable<Integer> maglev(List<Node<Integer>> nodes, int slots) {
    return MaglevTable.create(nodes, slots, Object::toString);
  }
}
