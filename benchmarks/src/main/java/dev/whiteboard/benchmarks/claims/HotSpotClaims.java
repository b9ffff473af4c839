package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.estimation.Zipf;
import dev.whiteboard.partitioning.KeySalting;
import dev.whiteboard.partitioning.RangeLoad;
import dev.whiteboard.partitioning.RangeLoad.Hottest;
import dev.whiteboard.partitioning.RangePartitioner;
import dev.whiteboard.partitioning.RendezvousHash;
import dev.whiteboard.partitioning.SlotTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Claims about nodes that get more than their share. */
final class HotSpotClaims {
  /** How many keys are in a range before any is written. */
  private static final long RANGE = 1_000_000;

  private HotSpotClaims() {}

  static List<Claim> all() {
    return List.of(growingKeysHaveOneHotRange(), shardingDoesNotFixHotKeys());
  }

  private static Claim growingKeysHaveOneHotRange() {
    return new Claim(
        "P12",
        "partitioning",
        "Range partitioning on a growing key makes one hot shard.",
        "selimslab/selimslab.github.io, _CONTENT/eng/dist/partitioning.md",
        Verdict.TRUE,
        "A new key is larger than all before, so the last range takes it: all of the writes, however often that range is split. Hashed "
            + "keys fall on a node with probability 1 / n each.",
        "Times and sequence numbers grow, and so do ids that begin with a time. Ranges made ahead do not help: one after the other is "
            + "the hot one. Put a hash or the tenant before the time. They will ask for the price: a scan over time then asks "
            + "every node.",
        List.of(
            Parameter.count("nodes", 16, 2, 200),
            Parameter.count("writes", 100_000, 1000, 1_000_000),
            Parameter.count("splits", 8, 1, 100)),
        settings -> {
          int nodes = settings.count("nodes");
          int writes = settings.count("writes");
          int splits = settings.count("splits");
          RangePartitioner<Long, Integer> ranges = presplit(nodes);
          RendezvousHash<Integer> hashed = RendezvousHash.create(Trials.nodes(nodes));
          int byHash = Trials.counts(hashed, nodes, writes)[nodes - 1];
          int scanned = 1000;
          Set<Integer> asked = new HashSet<>();
          IntStream.range(0, scanned).forEach(key -> asked.add(hashed.locate(Xxh3.hash(key))));
          double missed = Math.pow(1 - 1.0 / nodes, scanned);
          double[] sizes = {2, 4, 8, 16, 32, 64};
          return Outcome.of(
                  new Check(
                      "share of writes on the last of the ranges",
                      1,
                      writtenToLast(ranges, newKey(nodes), writes),
                      0),
                  new Check(
                      "the least such share after each of " + splits + " splits",
                      1,
                      leastAfterSplits(ranges, splits, writes / splits),
                      0),
                  Trials.share(
                      "share on the last of the nodes, keys hashed",
                      1.0 / nodes,
                      (double) byHash / writes,
                      writes),
                  new Check(
                      "nodes that hold the newest 1,000 keys, ranges",
                      1,
                      ranges.ranges(newKey(nodes), newKey(nodes) + scanned).stream()
                          .map(RangePartitioner.Range::owner)
                          .distinct()
                          .count(),
                      0),
                  new Check(
                      "nodes that hold 1,000 keys, hashed",
                      nodes * (1 - missed),
                      asked.size(),
                      4 * Math.sqrt(nodes * missed)))
              .with(new Chart(
                  "More shards do not help a key that grows",
                  Axis.log("shards"),
                  Axis.log("share of new writes on the last shard"),
                  List.of(
                      Series.of(
                          "ranges",
                          Mark.LINE_AND_DOTS,
                          sizes,
                          map(sizes, n -> writtenToLast(presplit((int) n), newKey((int) n), 1000))),
                      Series.of(
                          "hashed",
                          Mark.DOTS,
                          sizes,
                          map(
                              sizes,
                              n -> Trials.counts(
                                      RendezvousHash.create(Trials.nodes((int) n)),
                                      (int) n,
                                      50_000)[0]
                                  / 50_000.0)),
                      Series.of("1/n", Mark.LINE, sizes, map(sizes, n -> 1 / n)))));
        });
  }

  /** Ranges that hold the keys so far, one on each node; new keys are larger. */
  private static RangePartitioner<Long, Integer> presplit(int nodes) {
    TreeMap<Long, Integer> starts = new TreeMap<>();
    IntStream.range(1, nodes).forEach(node -> starts.put(node * RANGE, node));
    return RangePartitioner.of(0, starts);
  }

  private static double writtenToLast(
      RangePartitioner<Long, Integer> ranges, long firstKey, int writes) {
    RangeLoad<Long, Integer> load = load(ranges, firstKey, writes);
    List<Long> hits = List.copyOf(load.hits().values());
    return (double) hits.get(hits.size() - 1) / writes;
  }

  private static RangeLoad<Long, Integer> load(
      RangePartitioner<Long, Integer> ranges, long firstKey, int writes) {
    RangeLoad<Long, Integer> load = RangeLoad.of(ranges, Settings.random(12));
    LongStream.range(firstKey, firstKey + writes).forEach(load::record);
    return load;
  }

  /** Splits the hot range where it is advised, gives the upper half to a new node, and writes on. */
  private static double leastAfterSplits(
      RangePartitioner<Long, Integer> presplit, int splits, int writes) {
    RangePartitioner<Long, Integer> ranges = presplit;
    long next = newKey(presplit.nodes().size());
    double least = 1;
    for (int split = 0; split < splits; split++) {
      long middle =
          load(ranges, next, writes).hottest().flatMap(Hottest::splitAt).orElseThrow();
      ranges = ranges.split(middle, ranges.nodes().size());
      next += writes;
      least = Math.min(least, writtenToLast(ranges, next, writes));
    }
    return least;
  }

  private static long newKey(int nodes) {
    return nodes * RANGE;
  }

  private static Claim shardingDoesNotFixHotKeys() {
    return new Claim(
        "P13",
        "partitioning",
        "Sharding fixes hot keys.",
        "preslavmihaylov/booknotes, system-design-interview/chapter06",
        Verdict.FALSE,
        "Shards divide keys, not requests. By Zipf's law the first of K keys has the share p = 1 / H, H = 1 + 1/2^s + ... + 1/K^s. Its "
            + "shard has p + (1 - p) / n on average, with the variance sum(p_k^2) (1 - 1/n) / n over the other keys: p, "
            + "however large n is.",
        "Nor do virtual nodes split a key. Cache it if it is read; if it is written, salt it: sixteen sub-keys, each on a shard of "
            + "its own, and a read that asks all. They will ask how one knows the hot keys: count them, salt only those. Then the "
            + "hottest key without salt is the limit.",
        List.of(
            Parameter.count("keys", 1_000_000, 1000, 5_000_000),
            Parameter.real("skew", 1, 0.5, 2),
            Parameter.count("shards", 100, 2, 1000),
            Parameter.count("saltedKeys", 10, 1, 1000),
            Parameter.count("salts", 16, 2, 1000)),
        settings -> {
          int shards = settings.count("shards");
          Traffic plain = Traffic.zipf(settings.count("keys"), settings.real("skew"));
          Traffic salted =
              plain.salted(settings.count("saltedKeys"), KeySalting.of(settings.count("salts")));
          double[] sizes = {4, 16, 64, 256, 1000};
          double first = plain.shares[0];
          return Outcome.of(
                  shardOfFirst("share of the hottest key's shard, of " + shards, plain, shards),
                  shardOfFirst("the same of " + 10 * shards, plain, 10 * shards),
                  shardOfFirst("the same of " + shards + ", hot keys salted", salted, shards),
                  firstKeys(settings, 1, first),
                  firstKeys(settings, 10, Arrays.stream(plain.shares).limit(10).sum()))
              .with(new Chart(
                  "More shards do not split a key; salt does",
                  Axis.log("shards, n"),
                  Axis.log("busiest shard / mean"),
                  List.of(
                      Series.of(
                          "as it is",
                          Mark.DOTS,
                          sizes,
                          map(sizes, n -> n * plain.busiest((int) n))),
                      Series.of(
                          "1 + p (n - 1)", Mark.LINE, sizes, map(sizes, n -> 1 + first * (n - 1))),
                      Series.of(
                          "hot keys salted",
                          Mark.LINE_AND_DOTS,
                          sizes,
                          map(sizes, n -> n * salted.busiest((int) n))))));
        });
  }

  /** The sum itself against the library's approximation of it, which is right to 1e-9. */
  private static Check firstKeys(Settings settings, int count, double share) {
    Zipf zipf = Zipf.of(settings.count("keys"), settings.real("skew"));
    return new Check(
        "share of the " + (count == 1 ? "first key" : "first " + count + " keys"),
        zipf.shareOfTop(count),
        share,
        1e-9);
  }

  private static Check shardOfFirst(String what, Traffic traffic, int shards) {
    double first = traffic.shares[0];
    double squares =
        Arrays.stream(traffic.shares).skip(1).map(share -> share * share).sum();
    double sigma = Math.sqrt(squares * (1 - 1.0 / shards) / shards);
    SlotTable<Integer> table = table(shards);
    double measured = traffic.perShard(table)[table.locate(traffic.hashes[0])];
    return new Check(what, first + (1 - first) / shards, measured, 4 * sigma);
  }

  private static SlotTable<Integer> table(int shards) {
    return SlotTable.<Integer>builder().nodes(Trials.nodes(shards)).build();
  }

  /** Keys, each with a hash and the share of the requests that it gets: exact, not drawn. */
  private static final class Traffic {
    final double[] shares;
    final long[] hashes;

    Traffic(double[] shares, long[] hashes) {
      this.shares = shares;
      this.hashes = hashes;
    }

    static Traffic zipf(int keys, double skew) {
      double[] weights = new double[keys];
      Arrays.setAll(weights, i -> Math.pow(i + 1, -skew));
      double sum = Arrays.stream(weights).sum();
      return new Traffic(
          Arrays.stream(weights).map(weight -> weight / sum).toArray(),
          LongStream.range(0, keys).map(Xxh3::hash).toArray());
    }

    /** Spreads each of the first keys over sub-keys. */
    Traffic salted(int count, KeySalting salting) {
      int salts = salting.read(0).length;
      return new Traffic(
          DoubleStream.concat(
                  Arrays.stream(shares, 0, count)
                      .flatMap(
                          share -> DoubleStream.generate(() -> share / salts).limit(salts)),
                  Arrays.stream(shares, count, shares.length))
              .toArray(),
          LongStream.concat(
                  Arrays.stream(hashes, 0, count)
                      .flatMap(hash -> Arrays.stream(salting.read(hash))),
                  Arrays.stream(hashes, count, hashes.length))
              .toArray());
    }

    double[] perShard(SlotTable<Integer> table) {
      double[] perShard = new double[table.nodes().size()];
      for (int i = 0; i < shares.length; i++) {
        perShard[table.locate(hashes[i])] += shares[i];
      }
      return perShard;
    }

    double busiest(int shards) {
      return Arrays.stream(perShard(table(shards))).max().orElseThrow();
    }
  }
}
