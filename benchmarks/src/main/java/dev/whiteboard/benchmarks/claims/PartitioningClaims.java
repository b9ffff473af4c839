package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;
import static dev.whiteboard.benchmarks.claims.Trials.mean;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.GammaDistribution;

/** Claims about who owns a key. */
final class PartitioningClaims {
  /** The name of the server that joins a ring. */
  private static final String JOINING = "joins";

  private PartitioningClaims() {}

  static List<Claim> all() {
    return List.of(
        moduloRemapsAlmostAll(),
        ringMovesItsShare(),
        onePointIsSkewed(),
        virtualNodes(),
        moreServers());
  }

  private static Claim moduloRemapsAlmostAll() {
    return new Claim(
        "P01",
        "partitioning",
        "With hash mod n, adding one server remaps almost all keys.",
        "Prateeshtalasu/SystemDesignGuide, Phase-05.5/06-consistent-hashing.md",
        Verdict.TRUE,
        "A key stays if its hash has the same rest modulo n and n + 1, which is so for 1 in n + 1: n / (n + 1) move.",
        "The source itself says first that 1/n of the keys move with modulo: that is the ring's figure.",
        List.of(
            Parameter.count("nodes", 4, 1, 100_000),
            Parameter.count("keys", 200_000, 1000, 10_000_000)),
        settings -> {
          int nodes = settings.count("nodes");
          int keys = settings.count("keys");
          return new Outcome(
              IntStream.concat(IntStream.of(nodes), IntStream.of(3, 9, 99))
                  .distinct()
                  .mapToObj(n -> {
                    double expected = n / (n + 1.0);
                    double sigma = Math.sqrt(expected * (1 - expected) / keys);
                    return new Check(
                        "share moved, " + n + " to " + (n + 1) + " servers",
                        expected,
                        movedByModulo(n, keys),
                        4 * sigma);
                  })
                  .toList(),
              null);
        });
  }

  private static Claim ringMovesItsShare() {
    return new Claim(
        "P02",
        "partitioning",
        "Consistent hashing moves only K/n keys when a node joins, all of them to the new node.",
        "preslavmihaylov/booknotes, system-design-interview/chapter06",
        Verdict.TRUE,
        "The new node, one of n + 1 equal ones, owns 1 / (n + 1) on average, and nothing else changes hands. Its own share "
            + "varies by the factor sqrt(n / ((n + 1) V + 1)) with V virtual nodes.",
        "Often said as 1/n, and as \"only K/n servers are remapped\": it is keys that move, and 1/(n + 1) of them.",
        List.of(
            Parameter.count("nodes", 9, 1, 1000),
            Parameter.count("virtualNodes", 160, 1, 10_000),
            Parameter.count("rings", 20, 2, 1000)),
        settings -> {
          int nodes = settings.count("nodes");
          int virtualNodes = settings.count("virtualNodes");
          int rings = settings.count("rings");
          double expected = 1.0 / (nodes + 1);
          double sigma =
              expected * Math.sqrt(nodes / ((nodes + 1.0) * virtualNodes + 1)) / Math.sqrt(rings);
          List<Map<String, Double>> gains = IntStream.range(0, rings)
              .mapToObj(seed -> gains(ring(seed, nodes, virtualNodes)))
              .toList();
          double[] sizes = {2, 4, 8, 16, 32, 64};
          return new Outcome(
                  List.of(
                      new Check(
                          "share moved to the new node, mean",
                          expected,
                          mean(rings, i -> gains.get(i).getOrDefault(JOINING, 0.0)),
                          4 * sigma),
                      new Check(
                          "share moved to any other node",
                          0,
                          mean(rings, i -> gainOfOthers(gains.get(i))),
                          0)),
                  null)
              .with(new Chart(
                  "One server joins n: what moves",
                  Axis.log("servers before, n"),
                  Axis.linear("share of keys that move"),
                  List.of(
                      Series.of(
                          "hash mod n",
                          Mark.DOTS,
                          sizes,
                          map(sizes, n -> movedByModulo((int) n, 20_000))),
                      Series.of("n/(n+1)", Mark.LINE, sizes, map(sizes, n -> n / (n + 1))),
                      Series.of(
                          "ring",
                          Mark.DOTS,
                          sizes,
                          map(
                              sizes,
                              n -> mean(
                                  5,
                                  s -> gains(ring(s, (int) n, 160)).getOrDefault(JOINING, 0.0)))),
                      Series.of("1/(n+1)", Mark.LINE, sizes, map(sizes, n -> 1 / (n + 1))))));
        });
  }

  private static Claim onePointIsSkewed() {
    return new Claim(
        "P03",
        "partitioning",
        "A ring with one point per server is badly skewed.",
        "preslavmihaylov/booknotes, system-design-interview/chapter06",
        Verdict.TRUE,
        "The n arcs are exponential variables scaled to sum 1: the deviation is sqrt((n - 1) / (n + 1)) of the mean, and the "
            + "largest is H(n) = 1 + 1/2 + ... + 1/n times the mean.",
        "With ten servers the busiest has three times its share.",
        List.of(Parameter.count("nodes", 10, 2, 1000), Parameter.count("rings", 400, 10, 10_000)),
        settings -> {
          int nodes = settings.count("nodes");
          int rings = settings.count("rings");
          double harmonic =
              IntStream.rangeClosed(1, nodes).mapToDouble(i -> 1.0 / i).sum();
          // The largest of n exponentials has a standard deviation below pi / sqrt(6) of their
          // mean.
          double sigmaOfMax = Math.PI / Math.sqrt(6) / Math.sqrt(rings);
          return Outcome.of(
              new Check(
                  "busiest server / mean",
                  harmonic,
                  mean(rings, s -> busiest(ring(s, nodes, 1))),
                  4 * sigmaOfMax),
              new Check(
                  "deviation / mean",
                  Math.sqrt((nodes - 1.0) / (nodes + 1)),
                  deviation(rings, s -> ring(s, nodes, 1)),
                  // A squared exponential has a deviation of sqrt(20) of its mean's square, halved
                  // by the root.
                  4 * Math.sqrt(20) / 2 / Math.sqrt((double) rings * nodes)));
        });
  }

  private static Claim virtualNodes() {
    return new Claim(
        "P04",
        "partitioning",
        "100 to 200 virtual nodes give a standard deviation of 10 % to 5 % of the mean.",
        "preslavmihaylov/booknotes, system-design-interview/chapter06",
        Verdict.HALF_WRONG,
        "Each share is a sum of V arcs: the deviation is sqrt((n - 1) / (n V + 1)) of the mean, about 1 / sqrt(V).",
        "100 give 10 %, but 200 give 7 %: halving the deviation takes four times the points, 400.",
        List.of(
            Parameter.count("nodes", 100, 2, 1000),
            Parameter.count("virtualNodes", 200, 1, 2000),
            Parameter.count("rings", 20, 5, 1000)),
        settings -> {
          int nodes = settings.count("nodes");
          int rings = settings.count("rings");
          double[] counts = {1, 3, 10, 30, 100, 300};
          return new Outcome(
                  IntStream.concat(
                          IntStream.of(settings.count("virtualNodes")), IntStream.of(100, 400))
                      .distinct()
                      .mapToObj(v -> {
                        double expected = Math.sqrt((nodes - 1.0) / ((double) nodes * v + 1));
                        // A deviation estimated from m values is off by 1 / sqrt(2 m) of itself
                        // (more for V near 1).
                        double sigma =
                            expected * Math.sqrt((0.5 + 2.5 / v) / ((double) rings * (nodes - 1)));
                        return new Check(
                            "deviation / mean with V = " + v,
                            expected,
                            deviation(rings, s -> ring(s, nodes, v)),
                            4 * sigma);
                      })
                      .toList(),
                  null)
              .with(new Chart(
                  "Balance costs points: the deviation falls with the square root",
                  Axis.log("virtual nodes per server, V"),
                  Axis.log("deviation of a server's share / mean"),
                  List.of(
                      Series.of(
                          "measured, 50 servers",
                          Mark.DOTS,
                          counts,
                          map(counts, v -> deviation(5, s -> ring(s, 50, (int) v)))),
                      Series.of(
                          "sqrt((n-1)/(nV+1))",
                          Mark.LINE,
                          counts,
                          map(counts, v -> Math.sqrt(49.0 / (50 * v + 1)))))));
        });
  }

  private static Claim moreServers() {
    return new Claim(
        "P05",
        "partitioning",
        "Adding servers also adds balance.",
        "folklore",
        Verdict.FALSE,
        "The deviation, sqrt((n - 1) / (n V + 1)), hardly depends on n, and the largest of n shares grows with n: it is near "
            + "the (n - 3/8) / (n + 1/4) quantile of a gamma variable of shape V and mean 1 (Blom 1958).",
        "More servers at the same V make the busiest one busier, relative to the mean. Only more virtual nodes help.",
        List.of(
            Parameter.count("few", 10, 2, 1000),
            Parameter.count("many", 100, 2, 1000),
            Parameter.count("virtualNodes", 100, 10, 2000),
            Parameter.count("rings", 40, 5, 1000)),
        settings -> {
          int virtualNodes = settings.count("virtualNodes");
          int rings = settings.count("rings");
          List<Check> checks = new ArrayList<>();
          for (String size : List.of("many", "few")) {
            int nodes = settings.count(size);
            double quantile = new GammaDistribution(virtualNodes, 1.0 / virtualNodes)
                .inverseCumulativeProbability((nodes - 0.375) / (nodes + 0.25));
            checks.add(new Check(
                "busiest / mean with " + nodes + " servers",
                quantile,
                mean(rings, s -> busiest(ring(s, nodes, virtualNodes))),
                0.4 / Math.sqrt(virtualNodes)));
          }
          return new Outcome(checks, null);
        });
  }

  private static double movedByModulo(int nodes, int keys) {
    int moved = 0;
    for (int key = 0; key < keys; key++) {
      long hash = Xxh3.hash(key);
      if (Long.remainderUnsigned(hash, nodes) != Long.remainderUnsigned(hash, nodes + 1)) {
        moved++;
      }
    }
    return (double) moved / keys;
  }

  /** A ring whose server names, and so whose points, differ from seed to seed. */
  private static HashRing<String> ring(int seed, int nodes, int virtualNodes) {
    return HashRing.<String>builder()
        .virtualNodes(virtualNodes)
        .nodes(IntStream.range(0, nodes)
            .mapToObj(i -> Node.of("ring-" + seed + "/server-" + i))
            .toList())
        .build();
  }

  /** What each server gains when one more joins. */
  private static Map<String, Double> gains(HashRing<String> before) {
    return before.gains(before.with(Node.of(JOINING)));
  }

  private static double gainOfOthers(Map<String, Double> gains) {
    return gains.entrySet().stream()
        .filter(gain -> !gain.getKey().equals(JOINING))
        .mapToDouble(gain -> gain.getValue())
        .sum();
  }

  private static double busiest(HashRing<String> ring) {
    return shares(ring).max().orElseThrow() * ring.nodes().size();
  }

  /** The root mean square of share / mean - 1, over all nodes of some rings. */
  private static double deviation(int rings, IntFunction<HashRing<String>> ring) {
    return Math.sqrt(mean(rings, seed -> {
      HashRing<String> one = ring.apply(seed);
      int nodes = one.nodes().size();
      return shares(one).map(share -> Math.pow(share * nodes - 1, 2)).average().orElseThrow();
    }));
  }

  private static DoubleStream shares(HashRing<String> ring) {
    return ring.ownership().values().stream().mapToDouble(share -> share);
  }
}
