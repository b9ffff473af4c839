package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.estimation.Queueing;
import dev.whiteboard.estimation.TailLatency;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Claims about the formulas of an estimate. */
final class EstimationClaims {
  private EstimationClaims() {}

  static List<Claim> all() {
    return List.of(littlesLaw(), fanOutAmplifiesTheTail());
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
                          Arrays.stream(sizes)
                              .map(n -> slowShare(0.01, (int) n, 10_000))
                              .toArray()),
                      Series.of(
                          "1-(1-p)^n",
                          Mark.LINE,
                          IntStream.rangeClosed(0, 50)
                              .mapToDouble(i -> Math.pow(300, i / 50.0))
                              .toArray(),
                          IntStream.rangeClosed(0, 50)
                              .mapToDouble(i -> TailLatency.slowShareOfFanOut(
                                  0.01, (int) Math.round(Math.pow(300, i / 50.0))))
                              .toArray()))));
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
