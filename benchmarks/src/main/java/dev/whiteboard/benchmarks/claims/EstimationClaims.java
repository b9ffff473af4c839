package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.estimation.Queueing;
import dev.whiteboard.estimation.TailLatency;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Claims about the formulas of an estimate. */
final class EstimationClaims {
  private static final double FAST_MILLIS = 5;

  private EstimationClaims() {}

  static List<Claim> all() {
    return List.of(littlesLaw(), fanOutAmplifiesTheTail(), hedgingCutsTheTail());
  }

  private static Claim littlesLaw() {
    return new Claim(
        "E04",
        "estimation",
        "Little's law: the number in the system is the arrival rate times the time in the system.",
        "donnemartin/system-design-primer, README",
        Verdict.TRUE,
        "L = lambda W, for any arrivals, any service and any order (J. D. C. Little, A Proof for the Queuing Formula L = lambda W, "
            + "Operations Research 9(3), 1961).",
        "L is the time average of a counter, W the average over requests: the simulation measures them apart.",
        List.of(
            Parameter.real("utilisation", 0.8, 0.05, 0.95),
            Parameter.count("servers", 4, 1, 100),
            Parameter.count("requests", 400_000, 10_000, 10_000_000)),
        settings -> {
          int servers = settings.count("servers");
          Observed seen =
              simulate(servers, settings.real("utilisation") * servers, settings.count("requests"));
          double expected = Queueing.itemsInSystem(seen.arrivalRate, seen.meanTime);
          return Outcome.of(
              new Check("mean number in the system", expected, seen.meanNumber, 0.02 * expected));
        });
  }

  private static Claim fanOutAmplifiesTheTail() {
    return new Claim(
        "E06",
        "estimation",
        "Fan-out amplifies the tail: with 1 % slow answers, asking 100 servers is slow 63 % of the time.",
        "Dean and Barroso, The Tail at Scale, CACM 56(2), 2013",
        Verdict.TRUE_ONLY_IF,
        "All of n independent answers are fast with probability (1 - p)^n, so that 1 - (1 - p)^n are slow.",
        "True if slowness strikes servers independently. If one cause slows all of them at once, fan-out adds nothing.",
        List.of(
            Parameter.real("slowShare", 0.01, 0.0001, 0.5),
            Parameter.count("fanOut", 100, 1, 2000),
            Parameter.count("requests", 100_000, 1000, 1_000_000)),
        settings -> {
          double slow = settings.real("slowShare");
          int requests = settings.count("requests");
          double[] sizes = {1, 3, 10, 30, 100, 300};
          double[] fine = IntStream.rangeClosed(1, 300).asDoubleStream().toArray();
          return new Outcome(
                  IntStream.concat(IntStream.of(settings.count("fanOut")), IntStream.of(10))
                      .distinct()
                      .mapToObj(n -> {
                        double expected = TailLatency.slowShareOfFanOut(slow, n);
                        double sigma = Math.sqrt(expected * (1 - expected) / requests);
                        return new Check(
                            "slow share, fan-out " + n,
                            expected,
                            slowShare(slow, n, requests),
                            4 * sigma);
                      })
                      .toList(),
                  null)
              .with(new Chart(
                  "One slow answer in a hundred, asked of many servers",
                  Axis.log("fan-out, servers"),
                  Axis.linear("share of requests that are slow"),
                  List.of(
                      Series.of(
                          "measured",
                          Mark.DOTS,
                          sizes,
                          map(sizes, n -> slowShare(0.01, (int) n, 10_000))),
                      Series.of(
                          "1-(1-p)^n",
                          Mark.LINE,
                          fine,
                          map(fine, n -> TailLatency.slowShareOfFanOut(0.01, (int) n))))));
        });
  }

  private static double slowShare(double slow, int fanOut, int requests) {
    RandomGenerator random = Settings.random(6);
    int slowRequests = 0;
    for (int request = 0; request < requests; request++) {
      for (int server = 0; server < fanOut; server++) {
        if (random.nextDouble() < slow) {
          slowRequests++;
          break;
        }
      }
    }
    return (double) slowRequests / requests;
  }

  private static Claim hedgingCutsTheTail() {
    return new Claim(
        "E07",
        "estimation",
        "A request that is sent again after the 95th percentile costs 5 % more load and cuts the 99.9th percentile sharply.",
        "Dean and Barroso, The Tail at Scale, CACM 56(2), 2013",
        Verdict.TRUE_ONLY_IF,
        "With S(t) of the answers slower than t and a second request after d, S(t) S(t - d) are slower than t > d, and S(d) are sent "
            + "twice. Here 99 % of the answers take 5 ms in the mean and 1 % take 100 ms, both exponential.",
        "True if the other server is likely to be fast. If the request itself is slow (a large result, a hot key), both are, and the "
            + "tail stays. And if all servers become slow, every request passes the delay and the load doubles when it must not: "
            + "bound hedging with a budget, and cancel the loser.",
        List.of(
            Parameter.real("slowShare", 0.01, 0.0001, 0.5),
            Parameter.real("slowMillis", 100, 5, 10_000),
            Parameter.real("hedgedShare", 0.05, 0.01, 0.5),
            Parameter.count("requests", 500_000, 50_000, 5_000_000)),
        settings -> {
          Hedging hedging =
              new Hedging(settings.real("slowShare"), FAST_MILLIS, settings.real("slowMillis"));
          double delay = TailLatency.timeExceededBy(hedging::slower, settings.real("hedgedShare"));
          return hedged(hedging, delay, settings.count("requests"));
        });
  }

  private static Outcome hedged(Hedging hedging, double delay, int requests) {
    DoubleUnaryOperator helped = TailLatency.hedged(hedging::slower, delay);
    DoubleUnaryOperator stuck = time -> hedging.slowerIfRequestIsSlow(time, delay);
    double[] once = hedging.once(requests);
    double[] twice = hedging.twice(requests, delay);
    double[] ownFault = hedging.twiceIfRequestIsSlow(requests, delay);
    return Outcome.of(
            Trials.share(
                "requests sent twice",
                hedging.slower(delay),
                Hedging.shareAbove(delay, once),
                requests),
            percentile("ms, 99.9th percentile, hedged", helped, twice, 0.001),
            percentile("ms, 99.9th, sent once", hedging::slower, once, 0.001),
            percentile("ms, 99.9th, hedged, slow requests", stuck, ownFault, 0.001),
            percentile("ms, 99th, hedged", helped, twice, 0.01),
            percentile("ms, 99th, sent once", hedging::slower, once, 0.01))
        .with(new Chart(
            "A second request after the 95th percentile",
            Axis.linear("time, ms"),
            Axis.log("share of requests that take longer"),
            List.of(
                line("hedged, the request is slow", stuck),
                line("sent once", hedging::slower),
                dots("measured once", once),
                line("hedged", helped),
                dots("measured hedged", twice))));
  }

  /** A percentile's tolerance is where the share would be four standard deviations away. */
  private static Check percentile(
      String what, DoubleUnaryOperator slower, double[] times, double share) {
    double noise = 4 * Math.sqrt(share * (1 - share) / times.length);
    double expected = TailLatency.timeExceededBy(slower, share);
    return new Check(
        what,
        expected,
        Hedging.exceededBy(share, times),
        Math.max(
            TailLatency.timeExceededBy(slower, share - noise) - expected,
            expected - TailLatency.timeExceededBy(slower, share + noise)));
  }

  private static Series line(String name, DoubleUnaryOperator slower) {
    double[] shares =
        IntStream.rangeClosed(0, 60).mapToDouble(i -> Math.pow(10, -i / 20.0)).toArray();
    return Series.of(
        name, Mark.LINE, map(shares, s -> TailLatency.timeExceededBy(slower, s)), shares);
  }

  private static Series dots(String name, double[] times) {
    double[] shares = {0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001};
    return Series.of(name, Mark.DOTS, map(shares, s -> Hedging.exceededBy(s, times)), shares);
  }

  /** What a simulated queue showed, each number counted by itself. */
  private record Observed(double arrivalRate, double meanTime, double meanNumber) {}

  /** Random arrivals, one queue, some servers whose mean service takes one second. */
  private static Observed simulate(int servers, double arrivalRate, int requests) {
    RandomGenerator random = Settings.random(4);
    PriorityQueue<Double> freeAt = new PriorityQueue<>();
    IntStream.range(0, servers).forEach(i -> freeAt.add(0.0));
    PriorityQueue<Double> departures = new PriorityQueue<>();
    double now = 0;
    double totalTime = 0;
    double area = 0;
    for (int i = 0; i < requests; i++) {
      double arrival = now + random.nextExponential() / arrivalRate;
      area += advance(now, arrival, departures);
      now = arrival;
      double departure = Math.max(now, freeAt.remove()) + random.nextExponential();
      freeAt.add(departure);
      departures.add(departure);
      totalTime += departure - arrival;
    }
    return new Observed(requests / now, totalTime / requests, area / now);
  }

  /** The integral of the number in the system from one instant to another; who leaves in between is taken off. */
  private static double advance(double from, double to, PriorityQueue<Double> departures) {
    double area = 0;
    double at = from;
    while (!departures.isEmpty() && departures.element() <= to) {
      double next = departures.remove();
      area += (departures.size() + 1) * (next - at);
      at = next;
    }
    return area + departures.size() * (to - at);
  }
}
