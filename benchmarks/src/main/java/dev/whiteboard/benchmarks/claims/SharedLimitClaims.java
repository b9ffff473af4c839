package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.ratelimit.FixedWindow;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.LimiterBuilder;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Gamma;

/** Claims about one limit that several keep: threads, or nodes. */
final class SharedLimitClaims {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private SharedLimitClaims() {}

  static List<Claim> all() {
    return List.of(checkThenActLetsTooManyThrough(), splittingIsNotEquivalent());
  }

  private static Claim checkThenActLetsTooManyThrough() {
    return new Claim(
        "R08",
        "ratelimit",
        "A counter that is first checked and then changed lets too many through under concurrency.",
        "preslavmihaylov/booknotes, system-design-interview/chapter05",
        Verdict.TRUE,
        "One permit is left and n clients come. Who checks before the first of them counts is admitted: all n in the worst schedule. "
            + "If each next step is that of a random remaining one, j or more are admitted with probability "
            + "prod_(i<j) 2 (n - i) / (2 n - i), so about sqrt(pi n) - 1 of them. With check and count in one step: one.",
        "Here each step is atomic; the gap between them is what hurts, and an AtomicInteger, a volatile or a GET followed by INCR has "
            + "it too. Ours looks first as well (peek), which may be out of date, and then decides in one compare-and-set. "
            + "No threads run: the schedule is played step by step.",
        List.of(
            Parameter.count("clients", 8, 1, 100),
            Parameter.count("limit", 100, 2, 1000),
            Parameter.count("schedules", 5000, 100, 100_000)),
        settings -> {
          int clients = settings.count("clients");
          int limit = settings.count("limit");
          int rounds = settings.count("schedules");
          int[] worst =
              IntStream.range(0, 2 * clients).map(step -> step % clients).toArray();
          int[][] schedules = randomSchedules(clients, rounds);
          LimiterBuilder<TokenBucket> buckets =
              RateLimiter.tokenBucket(Limit.perSecond(limit)).ticker(new ManualTicker());
          double[] sizes = {1, 2, 4, 8, 16, 32};
          return Outcome.of(
                  new Check(
                      "admitted of a limit of " + limit + ", all check before any counts",
                      limit + clients - 1.0,
                      limit - 1 + byTextbook(worst),
                      0),
                  new Check("the same, TokenBucket", limit, byTokenBucket(worst, buckets), 0),
                  new Check(
                      "mean in random schedules",
                      limit - 1 + meanAdmitted(clients),
                      limit - 1 + Trials.mean(rounds, round -> byTextbook(schedules[round])),
                      4 * Math.sqrt(varianceOfAdmitted(clients) / rounds)),
                  new Check(
                      "most in random schedules, TokenBucket",
                      limit,
                      Arrays.stream(schedules)
                          .mapToInt(schedule -> byTokenBucket(schedule, buckets))
                          .max()
                          .orElseThrow(),
                      0))
              .with(new Chart(
                  "Clients that meet at the last permit, in random order",
                  Axis.linear("clients, n"),
                  Axis.linear("admitted by one permit"),
                  List.of(
                      Series.of("check, then count", Mark.DOTS, sizes, map(sizes, n -> {
                        int[][] some = randomSchedules((int) n, 1000);
                        return Trials.mean(some.length, i -> byTextbook(some[i]));
                      })),
                      Series.of("theory", Mark.LINE, sizes, map(sizes, n -> meanAdmitted((int) n))),
                      Series.of("worst schedule", Mark.LINE, sizes, sizes),
                      Series.of(
                          "TokenBucket",
                          Mark.LINE_AND_DOTS,
                          sizes,
                          map(
                              sizes,
                              n -> byTokenBucket(randomSchedules((int) n, 1)[0], buckets)
                                  - limit
                                  + 1)))));
        });
  }

  /** Orders of 2 n steps: a client's number stands for its next step. */
  private static int[][] randomSchedules(int clients, int count) {
    RandomGenerator random = Settings.random(8);
    return Stream.generate(() -> {
          int[] steps = IntStream.range(0, 2 * clients).map(step -> step / 2).toArray();
          for (int i = steps.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = steps[i];
            steps[i] = steps[j];
            steps[j] = swapped;
          }
          return steps;
        })
        .limit(count)
        .toArray(int[][]::new);
  }

  /** Of the clients that meet at the last permit, how many a counter admits. */
  private static int byTextbook(int[] schedule) {
    AtomicInteger used = new AtomicInteger();
    return admitted(schedule, () -> used.get() < 1, () -> used.incrementAndGet() > 0);
  }

  /** How many a bucket admits whose limit is taken but for the last permit, these included. */
  private static int byTokenBucket(int[] schedule, LimiterBuilder<TokenBucket> buckets) {
    TokenBucket bucket = buckets.build();
    int before = (int) bucket.limit().burst() - 1;
    bucket.tryAcquire(before);
    return before + admitted(schedule, () -> bucket.peek(1).allowed(), bucket::tryAcquire);
  }

  /** Each client's first step checks; its second one acts if the check said yes. */
  private static int admitted(int[] schedule, BooleanSupplier check, BooleanSupplier act) {
    int clients = schedule.length / 2;
    boolean[] checked = new boolean[clients];
    boolean[] passed = new boolean[clients];
    int admitted = 0;
    for (int client : schedule) {
      if (!checked[client]) {
        checked[client] = true;
        passed[client] = check.getAsBoolean();
      } else if (passed[client] && act.getAsBoolean()) {
        admitted++;
      }
    }
    return admitted;
  }

  private static double meanAdmitted(int clients) {
    return Arrays.stream(atLeast(clients)).sum();
  }

  private static double varianceOfAdmitted(int clients) {
    double[] tail = atLeast(clients);
    double square =
        IntStream.range(0, clients).mapToDouble(i -> (2 * i + 1) * tail[i]).sum();
    return square - Math.pow(meanAdmitted(clients), 2);
  }

  /** The probabilities that 1, 2, ... clients are admitted: so many steps at the beginning are all checks. */
  private static double[] atLeast(int clients) {
    double[] tail = new double[clients];
    double probability = 1;
    for (int i = 0; i < clients; i++) {
      probability *= 2.0 * (clients - i) / (2 * clients - i);
      tail[i] = probability;
    }
    return tail;
  }

  private static Claim splittingIsNotEquivalent() {
    return new Claim(
        "R10",
        "ratelimit",
        "A global limit can be kept without coordination: divide it by the number of nodes.",
        "ceph/ceph, doc/radosgw/admin.rst",
        Verdict.FALSE,
        "Poisson arrivals at u times the limit L = n l, a balancer that draws the node at random. A node loses (X - l)+ of the X "
            + "requests of a window, Poisson with mean u l; a common counter would lose (S - L)+ of S, mean u L. The difference "
            + "is lost wrongly: (n E(X - l)+ - E(S - L)+) / (u L), with E(X - l)+ = m P(X >= l) - l P(X >= l + 1) for mean m.",
        "Nearly equivalent well below the limit, and never above it: the nodes' sum is L. But with a client that sticks to one node "
            + "1 - 1/n is lost. The other way out, the whole limit at each node, admits n L. In between: nodes lease permits "
            + "from a common store, or count there.",
        List.of(
            Parameter.count("nodes", 10, 2, 50),
            Parameter.count("limitPerNode", 100, 1, 1000),
            Parameter.count("windows", 500, 50, 1000)),
        settings -> {
          int nodes = settings.count("nodes");
          int each = settings.count("limitPerNode");
          int windows = settings.count("windows");
          int limit = nodes * each;
          double[] loads = {0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5};
          return Outcome.of(
                  wronglyLost(1, nodes, each, windows),
                  wronglyLost(0.9, nodes, each, windows),
                  wronglyLost(0.8, nodes, each, windows),
                  new Check(
                      "share lost, all on one node, load 1",
                      1 - 1.0 / nodes,
                      1 - (double) admitted(nodes, each, limit, i -> 0) / limit,
                      0),
                  new Check(
                      "admitted with the whole limit at each node",
                      (double) nodes * limit,
                      admitted(nodes, limit, 2 * nodes * limit, i -> i % nodes),
                      0))
              .with(new Chart(
                  "A limit of 1,000 split over nodes, each request to a random one",
                  Axis.linear("load, arrivals / limit"),
                  Axis.linear("share of requests rejected wrongly"),
                  Stream.of(2, 10, 50)
                      .flatMap(n -> Stream.of(
                          Series.of(
                              n + " nodes",
                              Mark.DOTS,
                              loads,
                              map(loads, u -> mean(wronglyLostByWindow(u, n, 1000 / n, 60)))),
                          Series.of(
                              "theory", Mark.LINE, loads, map(loads, u -> theory(u, n, 1000 / n)))))
                      .toList()));
        });
  }

  private static Check wronglyLost(double load, int nodes, int each, int windows) {
    double[] lost = wronglyLostByWindow(load, nodes, each, windows);
    return new Check(
        "share rejected wrongly, load " + Numbers.format(load),
        theory(load, nodes, each),
        mean(lost),
        Trials.fourSigma(lost));
  }

  private static double theory(double load, int nodes, int each) {
    double arrivals = load * nodes * each;
    return (nodes * excess(load * each, each) - excess(arrivals, nodes * each)) / arrivals;
  }

  /** E(X - limit)+ for a Poisson variable X. */
  private static double excess(double mean, int limit) {
    return mean * Gamma.regularizedGammaP(limit, mean)
        - limit * Gamma.regularizedGammaP(limit + 1, mean);
  }

  /** For each of some windows: what the nodes reject and a common counter admits, over the mean number of arrivals. */
  private static double[] wronglyLostByWindow(double load, int nodes, int each, int windows) {
    RandomGenerator random = Settings.random(9);
    ManualTicker ticker = new ManualTicker();
    List<FixedWindow> parts = nodes(nodes, each, ticker);
    FixedWindow common = nodes(1, nodes * each, ticker).get(0);
    double arrivals = load * nodes * each;
    int[] lost = new int[windows];
    double next = random.nextExponential() * SECOND / arrivals;
    for (int window = 0; window < windows; window++) {
      for (; next < (window + 1.0) * SECOND; next += random.nextExponential() * SECOND / arrivals) {
        ticker.nanos = (long) next;
        boolean fits = common.tryAcquire();
        boolean admitted = parts.get(random.nextInt(nodes)).tryAcquire();
        lost[window] += (fits ? 1 : 0) - (admitted ? 1 : 0);
      }
    }
    return Arrays.stream(lost).mapToDouble(count -> count / arrivals).toArray();
  }

  /** How many of some requests that come at once the nodes admit. */
  private static int admitted(int nodes, int each, int requests, IntUnaryOperator balancer) {
    List<FixedWindow> parts = nodes(nodes, each, new ManualTicker());
    return (int) IntStream.range(0, requests)
        .filter(request -> parts.get(balancer.applyAsInt(request)).tryAcquire())
        .count();
  }

  private static List<FixedWindow> nodes(int nodes, int each, ManualTicker ticker) {
    return Stream.generate(
            () -> RateLimiter.fixedWindow(Limit.perSecond(each)).ticker(ticker).build())
        .limit(nodes)
        .toList();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }
}
