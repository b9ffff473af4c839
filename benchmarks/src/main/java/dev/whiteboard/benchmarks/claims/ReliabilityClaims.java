package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import com.google.common.math.IntMath;
import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.estimation.Availability;
import dev.whiteboard.estimation.CalendarUnit;
import dev.whiteboard.estimation.Durability;
import dev.whiteboard.estimation.TimeSpan;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Claims about servers that are down and data that is lost. */
final class ReliabilityClaims {
  /** Disks bad enough to see them lose data: one failure a year, ten days to replace one. */
  private static final double BAD_FAILURES = 1;

  private static final TimeSpan BAD_REPAIR = TimeSpan.of(10, CalendarUnit.DAY);

  /** What a file takes on a disk is rounded up to this. */
  private static final int BLOCK = 4096;

  private ReliabilityClaims() {}

  static List<Claim> all() {
    return List.of(availabilityMultiplies(), erasureCodesSaveHalf(), threeCopiesSixNines());
  }

  private static Claim availabilityMultiplies() {
    return new Claim(
        "E03",
        "estimation",
        "Availability multiplies in sequence; in parallel it is 1 - prod (1 - a).",
        "donnemartin/system-design-primer, README",
        Verdict.TRUE_ONLY_IF,
        "Two of 99.9 % in sequence: 99.8 %; in parallel: 99.9999 %. Thirty dependencies of 99.99 %: 99.70 %. If a share b of a "
            + "copy's failures strikes all copies, m of them are down for b u + (1 - b u) v^m of the time, with "
            + "v = (1 - b) u / (1 - b u) (the beta factor of K. N. Fleming, 1975).",
        "True if failures are independent. With a tenth of them in common (a rack, a release, a certificate) a second copy brings one "
            + "nine and a third none. In sequence common causes help: the parts are down together.",
        List.of(
            Parameter.count("dependencies", 30, 1, 200),
            Parameter.real("dependency", 0.9999, 0.5, 1),
            Parameter.real("copy", 0.99, 0.5, 0.999),
            Parameter.real("commonShare", 0.1, 0, 1),
            Parameter.count("instants", 1_000_000, 100_000, 10_000_000)),
        settings -> {
          int instants = settings.count("instants");
          int length = settings.count("dependencies");
          double part = settings.real("dependency");
          double[] chain = new double[length];
          Arrays.fill(chain, part);
          double copy = settings.real("copy");
          Parts independent = new Parts(1 - copy, 0);
          Parts related = new Parts(1 - copy, settings.real("commonShare"));
          return Outcome.of(
                  Trials.share(
                      "availability of " + length + " in sequence",
                      Availability.series(chain),
                      1 - new Parts(1 - part, 0).observedAnyDown(length, instants),
                      instants),
                  Trials.share(
                      "two copies down",
                      1 - Availability.parallel(copy, copy),
                      independent.observedAllDown(2, instants),
                      instants),
                  Trials.share(
                      "two copies down, some causes in common",
                      related.allDown(2),
                      related.observedAllDown(2, instants),
                      instants))
              .with(copiesChart(independent, related));
        });
  }

  private static Chart copiesChart(Parts independent, Parts related) {
    return new Chart(
        "A common cause is where more copies stop helping",
        Axis.linear("copies"),
        Axis.linear("nines of availability"),
        List.of(
            line("independent", independent),
            dots("measured", independent),
            line("some causes in common", related),
            dots("measured", related)));
  }

  private static Series line(String name, Parts parts) {
    double[] counts = {1, 2, 3, 4, 5};
    return Series.of(
        name, Mark.LINE, counts, map(counts, n -> Durability.nines(parts.allDown((int) n))));
  }

  /** Only up to five nines, which are ten instants in a million. */
  private static Series dots(String name, Parts parts) {
    double[] counts = IntStream.rangeClosed(1, 5)
        .filter(n -> parts.allDown(n) > 1e-5)
        .asDoubleStream()
        .toArray();
    return Series.of(
        name,
        Mark.DOTS,
        counts,
        map(counts, n -> Durability.nines(parts.observedAllDown((int) n, 1_000_000))));
  }

  private static Claim erasureCodesSaveHalf() {
    return new Claim(
        "E09",
        "estimation",
        "Erasure coding stores 1.5 times the data instead of 3 times.",
        "BBG101, erasure-coding; preslavmihaylov/booknotes, system-design-interview/chapter25",
        Verdict.TRUE,
        "k data shards and m parity shards take (k + m) / k, 1.5 for 4 + 2, and like three copies survive any two failures. But three "
            + "of six disks can fail in C(6, 3) = 20 ways and three of three in one: at the same repair time an object is lost 20 "
            + "times as often, a little less if disks are often down. lossOfErasureCode looks at windows of one repair time and "
            + "misses what crosses their edges: up to m + 1 times less.",
        "True of large objects. An object of 1 KB is six shards that take a block each, twice what three copies take: pack small "
            + "objects first. They will ask what it costs: a repair reads k shards to make one, so that it lasts longer.",
        List.of(
            Parameter.count("dataShards", 4, 1, 12),
            Parameter.count("parityShards", 2, 1, 2),
            Parameter.count("objectMegabytes", 8, 1, 1000),
            Parameter.count("years", 200_000, 20_000, 10_000_000)),
        settings -> {
          int data = settings.count("dataShards");
          int parity = settings.count("parityShards");
          int years = settings.count("years");
          int mean = settings.count("objectMegabytes") * 1_000_000;
          double factor = (double) (data + parity) / data;
          Disks code = bad(data + parity, parity + 1);
          double copies = bad(3, 3).expectedLosses();
          double lost = code.losses(years, Settings.random(9));
          double block =
              -Math.log1p(-Durability.lossOfErasureCode(data, parity, BAD_FAILURES, BAD_REPAIR));
          return Outcome.of(
              Trials.within(
                  "bytes stored / bytes, " + data + " + " + parity,
                  factor,
                  factor * (1 + (double) data * BLOCK / mean),
                  stored(data, data + parity, 2 * mean)),
              new Check(
                  "objects of up to 1 KB: stored / in three copies",
                  (data + parity) / 3.0,
                  stored(data, data + parity, 1000) / stored(1, 3, 1000),
                  1e-12),
              new Check(
                  "losses, bad disks / those of three copies",
                  code.expectedLosses() / copies,
                  lost / copies,
                  noise(code, years) / copies),
              overBlock("losses / lossOfErasureCode", code, lost, block, years));
        });
  }

  /** What is stored for a byte if objects of random sizes are cut into shards, each in blocks of its own. */
  private static double stored(int dataShards, int shards, int largest) {
    RandomGenerator random = Settings.random(10);
    double bytes = 0;
    double onDisk = 0;
    for (int object = 0; object < 10_000; object++) {
      int size = random.nextInt(1, largest + 1);
      int blocks = divide(divide(size, dataShards), BLOCK);
      bytes += size;
      onDisk += (double) blocks * BLOCK * shards;
    }
    return onDisk / bytes;
  }

  private static int divide(int size, int by) {
    return IntMath.divide(size, by, RoundingMode.CEILING);
  }

  private static Disks bad(int disks, int fatal) {
    return new Disks(disks, fatal, BAD_FAILURES, BAD_REPAIR.in(CalendarUnit.YEAR));
  }

  /** Five standard deviations of a Poisson variable: losses come in small clusters, which adds less than a quarter. */
  private static double noise(Disks disks, int years) {
    return 5 * Math.sqrt(disks.expectedLosses() / years);
  }

  /**
   * The block counts the failures in windows as long as a repair, and so misses those across an edge: to first order
   * {@code fatal} losses happen where it counts one, and fewer by no more than the share of the time in which any disk is down.
   */
  private static Check overBlock(String what, Disks disks, double lost, double block, int years) {
    double anyDown = disks.disks() * disks.failuresPerYear() * disks.repairYears();
    return Trials.within(
        what,
        disks.fatal() * (1 - anyDown),
        disks.fatal(),
        lost / block,
        noise(disks, years) / block);
  }

  private static Claim threeCopiesSixNines() {
    return new Claim(
        "E10",
        "estimation",
        "Three copies on disks of which 0.81 % fail in a year give six nines of durability.",
        "liquidslr/system-design-notes, 24",
        Verdict.HALF_WRONG,
        "0.0081^3 = 5.3e-7 is the probability that all three fail within one year in which nobody replaces a disk. With repair in a "
            + "time T, three must fail within T of each other: about 3 x 0.0081^3 T^2 a year, T in years, or "
            + "0.0081^3 T^2 if only failures in the same window of length T count, as lossOfCopies does.",
        "The sum is right and answers another question: it leaves out the repair, which makes eleven nines of it within a day. Disks "
            + "that fail together (a batch, a fire, a bug) undo that. And it is for one object: of a million placed "
            + "independently, without repair, some are lost in four years of ten.",
        List.of(
            Parameter.count("copies", 3, 1, 3),
            Parameter.real("failuresPerYear", 0.0081, 0.0001, 0.5),
            Parameter.real("repairDays", 1, 0.01, 30),
            Parameter.count("years", 1_000_000, 20_000, 10_000_000)),
        settings -> {
          int copies = settings.count("copies");
          double failures = settings.real("failuresPerYear");
          double repair = settings.real("repairDays") / 365;
          int years = settings.count("years");
          Disks disks = bad(copies, copies);
          double lost = disks.losses(years, Settings.random(11));
          double block = -Math.log1p(-Durability.lossOfCopies(copies, BAD_FAILURES, BAD_REPAIR));
          return Outcome.of(
              new Check(
                  "nines, nothing replaced for a year",
                  -copies * Math.log10(-Math.expm1(-failures)),
                  nines(copies, failures, 1),
                  1e-12),
              new Check(
                  "nines, replaced after " + Numbers.format(365 * repair) + " d",
                  -Math.log10(-Math.expm1(
                      -new Disks(copies, copies, failures, repair).expectedLosses() / copies)),
                  nines(copies, failures, repair),
                  0.1),
              new Check(
                  "losses, bad disks, per year", disks.expectedLosses(), lost, noise(disks, years)),
              overBlock("losses / lossOfCopies", disks, lost, block, years));
        });
  }

  private static double nines(int copies, double failures, double repairYears) {
    return Durability.nines(
        Durability.lossOfCopies(copies, failures, TimeSpan.of(repairYears, CalendarUnit.YEAR)));
  }
}
