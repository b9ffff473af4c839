package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.partitioning.balancing.Backend;
import dev.whiteboard.partitioning.balancing.Balancer;
import dev.whiteboard.partitioning.balancing.LeastInFlight;
import dev.whiteboard.partitioning.balancing.RoundRobin;
import dev.whiteboard.partitioning.balancing.TwoChoices;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Claims about which server gets the next request. */
final class BalancingClaims {
  private BalancingClaims() {}

  static List<Claim> all() {
    return List.of(twoChoicesTakeALogarithm(), twoChoicesAreAlmostLeastInFlight());
  }

  private static Claim twoChoicesTakeALogarithm() {
    return new Claim(
        "P10",
        "partitioning",
        "Two random choices cut the largest load from ln n / ln ln n to ln ln n / ln 2.",
        "gsharma/load-balancer, README.md",
        Verdict.TRUE_ONLY_IF,
        "Throw n balls into n bins. With one choice, the share s_k of bins with k balls or more is that of a Poisson variable of mean "
            + "1. With two, ds_k/dt = s_(k-1)^2 - s_k^2 from t = 0 to 1 (Mitzenmacher 1996). The fullest bin holds "
            + "sum(1 - (1 - s_k)^n) balls on average.",
        "Only as orders of growth; the formulas are not the numbers. For n = 65,536 they say 4.6 and 3.5; it is 7.6 and 3.3. "
            + "Say \"8 becomes 3 or 4\". They will ask about a third choice: it saves one ball at most.",
        List.of(Parameter.count("bins", 65_536, 64, 65_536), Parameter.count("rounds", 20, 5, 300)),
        settings -> {
          int bins = settings.count("bins");
          int rounds = settings.count("rounds");
          double[] one = tailsOfOneChoice();
          double[] two = tailsOfTwoChoices();
          double[] sizes = {64, 256, 1024, 4096, 16_384, 65_536};
          return Outcome.of(
                  fullest("one choice", one, bins, rounds, fullestOfOneChoice(bins, rounds)),
                  fullest("two choices", two, bins, rounds, fullestOfTwoChoices(bins, rounds)))
              .with(new Chart(
                  "n balls in n bins: the formulas miss the level",
                  Axis.log("balls and bins, n"),
                  Axis.linear("balls in the fullest bin"),
                  List.of(
                      Series.of(
                          "1 choice",
                          Mark.DOTS,
                          sizes,
                          map(sizes, n -> fullestOfOneChoice((int) n, 10))),
                      Series.of("theory", Mark.LINE, sizes, map(sizes, n -> meanOfFullest(one, n))),
                      Series.of(
                          "2 choices",
                          Mark.DOTS,
                          sizes,
                          map(sizes, n -> fullestOfTwoChoices((int) n, 10))),
                      Series.of("theory", Mark.LINE, sizes, map(sizes, n -> meanOfFullest(two, n))),
                      Series.of(
                          "ln n/ln ln n",
                          Mark.LINE,
                          sizes,
                          map(sizes, n -> Math.log(n) / Math.log(Math.log(n)))),
                      Series.of(
                          "ln ln n/ln 2",
                          Mark.LINE,
                          sizes,
                          map(sizes, n -> Math.log(Math.log(n)) / Math.log(2))))));
        });
  }

  /** The mean over rounds: four standard deviations, and 0.05 because bins are not quite independent. */
  private static Check fullest(String what, double[] tails, int bins, int rounds, double measured) {
    double mean = meanOfFullest(tails, bins);
    double square = IntStream.range(1, tails.length)
        .mapToDouble(k -> (2 * k - 1) * someBinHas(tails[k], bins))
        .sum();
    return new Check(
        "balls in the fullest bin, " + what,
        mean,
        measured,
        4 * Math.sqrt((square - mean * mean) / rounds) + 0.05);
  }

  private static double meanOfFullest(double[] tails, double bins) {
    return Arrays.stream(tails).skip(1).map(tail -> someBinHas(tail, bins)).sum();
  }

  private static double someBinHas(double tail, double bins) {
    return -Math.expm1(bins * Math.log1p(-tail));
  }

  /** P(X >= k) for a Poisson variable of mean 1, from k = 0. */
  private static double[] tailsOfOneChoice() {
    double[] tails = new double[30];
    double probability = Math.exp(-1);
    double[] probabilities = new double[tails.length];
    for (int k = 0; k < tails.length; k++) {
      probabilities[k] = probability;
      probability /= k + 1;
    }
    for (int k = tails.length - 1; k >= 0; k--) {
      tails[k] = probabilities[k] + (k + 1 < tails.length ? tails[k + 1] : 0);
    }
    return tails;
  }

  /** The shares s_k at t = 1, by steps so small that the rarest that matters is right to 0.1 %. */
  private static double[] tailsOfTwoChoices() {
    int steps = 100_000;
    double[] tails = new double[8];
    tails[0] = 1;
    for (int step = 0; step < steps; step++) {
      for (int k = tails.length - 1; k >= 1; k--) {
        tails[k] += (tails[k - 1] * tails[k - 1] - tails[k] * tails[k]) / steps;
      }
    }
    return tails;
  }

  private static double fullestOfOneChoice(int bins, int rounds) {
    RandomGenerator random = Settings.random(10);
    return Trials.mean(rounds, round -> {
      int[] balls = new int[bins];
      for (int ball = 0; ball < bins; ball++) {
        balls[random.nextInt(bins)]++;
      }
      return Arrays.stream(balls).max().orElseThrow();
    });
  }

  /** A ball is a request that does not end within its round. */
  private static double fullestOfTwoChoices(int bins, int rounds) {
    TwoChoices<Integer> balancer = TwoChoices.of(backends(bins), Settings.random(10));
    return Trials.mean(rounds, round -> {
      for (int ball = 0; ball < bins; ball++) {
        balancer.pick();
      }
      int fullest = 0;
      for (Backend<Integer> backend : balancer.backends()) {
        fullest = Math.max(fullest, backend.inFlight());
        for (int left = backend.inFlight(); left > 0; left--) {
          balancer.cancel(backend);
        }
      }
      return fullest;
    });
  }

  private static List<Backend<Integer>> backends(int count) {
    return Trials.nodes(count).stream().map(Backend::of).toList();
  }

  private static Claim twoChoicesAreAlmostLeastInFlight() {
    return new Claim(
        "P11",
        "partitioning",
        "The power of two choices is nearly as good as least connections, and much cheaper.",
        "pragwl/learning-docs, system-design/power-of-two-choices-lb-algo.md",
        Verdict.TRUE_ONLY_IF,
        "Poisson arrivals, exponential service of mean 1, utilisation u. Random: n queues M/M/1, 1 / (1 - u). Round robin: each server "
            + "sees every n-th arrival, Erlang/M/1, 1 / (1 - s) with s = (n u / (n u + 1 - s))^n. Two choices: sum u^(2^i - 2) for "
            + "many servers (Mitzenmacher 2001); n servers are O(1/n) above it (Gast and Van Houdt 2017), for which "
            + "0.5 / ((1 - u) n) is allowed. Least in flight has no formula, but bounds: nothing beats one common queue, M/M/n, and "
            + "the shortest queue is the best to join (Winston 1977), better than the shortest of ten.",
        "Two choices get 5/6 of what least connections gain over random, for two looks instead of n. Only if service times have a "
            + "moderate tail: if theirs falls with a power of time below 2, the queues' tail is a power too (Bramson, Lu and "
            + "Prabhakar 2012). \"Round robin is the worst\" is wrong: it halves random's response time.",
        List.of(
            Parameter.count("servers", 100, 50, 1000),
            Parameter.real("utilisation", 0.9, 0.3, 0.9),
            Parameter.count("requests", 400_000, 100_000, 20_000_000)),
        settings -> {
          int servers = settings.count("servers");
          int requests = settings.count("requests");
          double utilisation = settings.real("utilisation");
          Queues queues = new Queues(servers, utilisation, requests);
          RandomGenerator draws = Settings.random(11);
          Queues.Times random = queues.run(() -> draws.nextInt(servers), server -> {});
          Queues.Times roundRobin = run(queues, servers, RoundRobin::of);
          Queues.Times twoChoices =
              run(queues, servers, backends -> TwoChoices.of(backends, Settings.random(12)));
          Queues.Times leastInFlight = run(queues, servers, LeastInFlight::of);
          return Outcome.of(
                  new Check(
                      "mean response / service time, two choices",
                      choices(2, utilisation),
                      twoChoices.mean(),
                      twoChoices.tolerance() + 0.5 / ((1 - utilisation) * servers)),
                  new Check(
                      "random",
                      1 / (1 - utilisation),
                      random.mean(),
                      toleranceOfRandom(utilisation, servers, requests)),
                  new Check(
                      "round robin",
                      roundRobin(servers, utilisation),
                      roundRobin.mean(),
                      roundRobin.tolerance()),
                  Trials.within(
                      "least in flight",
                      commonQueue(servers, utilisation),
                      choices(10, utilisation),
                      leastInFlight.mean(),
                      leastInFlight.tolerance()))
              .with(new Chart(
                  "Response times of " + servers + " servers: the tail tells more than the mean",
                  Axis.linear("percentile of requests: 50, 90, 99"),
                  Axis.linear("response time / mean service time"),
                  List.of(
                      percentiles("random", random),
                      percentiles("round robin", roundRobin),
                      percentiles("two choices", twoChoices),
                      percentiles("least in flight", leastInFlight))));
        });
  }

  private static Queues.Times run(
      Queues queues, int servers, Function<List<Backend<Integer>>, Balancer<Integer>> create) {
    List<Backend<Integer>> backends = backends(servers);
    Balancer<Integer> balancer = create.apply(backends);
    return queues.run(() -> balancer.pick().id(), server -> balancer.done(backends.get(server), 0));
  }

  private static Series percentiles(String name, Queues.Times times) {
    double[] percents = {50, 90, 99};
    return Series.of(name, Mark.BARS, percents, map(percents, p -> times.quantile(p / 100)));
  }

  /** The mean response time if each request joins the shortest of d queues out of infinitely many: sum u^((d^i - d) / (d - 1)). */
  private static double choices(int d, double utilisation) {
    return DoubleStream.iterate(d, power -> power * d)
        .map(power -> Math.pow(utilisation, (power - d) / (d - 1)))
        .takeWhile(term -> term > 1e-12)
        .sum();
  }

  /** The smallest fixed point, found from below. */
  private static double roundRobin(int servers, double utilisation) {
    double arrivals = servers * utilisation;
    double waits = 0;
    for (int i = 0; i < 10_000; i++) {
      waits = Math.pow(arrivals / (arrivals + 1 - waits), servers);
    }
    return 1 / (1 - waits);
  }

  /** M/M/n: the wait of those who wait, 1 / (n (1 - u)), by Erlang's formula C. */
  private static double commonQueue(int servers, double utilisation) {
    double blocked = 1;
    for (int n = 1; n <= servers; n++) {
      blocked = servers * utilisation * blocked / (n + servers * utilisation * blocked);
    }
    double waits = blocked / (1 - utilisation * (1 - blocked));
    return 1 + waits / (servers * (1 - utilisation));
  }

  /**
   * Four standard deviations of the mean over independent M/M/1 queues: the number in one, averaged over a long time T, has
   * the variance 2 u (1 + u) / ((1 - u)^4 T) (Whitt, Planning Queueing Simulations, 1989), and the response time is that over u.
   */
  private static double toleranceOfRandom(double u, int servers, int requests) {
    double times = (1 - Queues.WARM_UP) * requests / (u * servers);
    return 4 * Math.sqrt(2 * u * (1 + u) / (Math.pow(1 - u, 4) * servers * times)) / u;
  }
}
