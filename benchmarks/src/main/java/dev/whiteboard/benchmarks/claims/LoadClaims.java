package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.estimation.CalendarUnit;
import dev.whiteboard.estimation.Queueing;
import dev.whiteboard.estimation.Rate;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Claims about how much arrives, and how long it waits. */
final class LoadClaims {
  private static final ToDoubleFunction<RandomGenerator> EXPONENTIAL =
      RandomGenerator::nextExponential;

  private LoadClaims() {}

  static List<Claim> all() {
    return List.of(peakIsTwiceTheAverage(), latencyExplodesPastEighty());
  }

  private static Claim peakIsTwiceTheAverage() {
    return new Claim(
        "E02",
        "estimation",
        "The peak is twice the average.",
        "preslavmihaylov/booknotes, system-design-interview/chapter03",
        Verdict.TRUE_ONLY_IF,
        "A rate that follows a sine down to nothing at night is 1 + 1 times its mean at noon. Chance comes on top: the counts of "
            + "seconds are Poisson's, and the mean of the busiest is the sum over k of 1 - prod F(k), F(k) being the probability "
            + "that a second has at most k requests.",
        "True of the busiest hour, if users sleep at the same time. Without that rhythm chance alone adds 13 % at 1,160 requests a "
            + "second, and at 4 a second the peak is 3.8 times the average. A sale or a retry storm follows neither: measure, "
            + "or say what factor is assumed.",
        List.of(
            Parameter.count("requestsPerDay", 10_000_000, 100_000, 200_000_000),
            Parameter.real("swing", 1, 0, 1)),
        settings -> {
          double mean = Rate.of(settings.count("requestsPerDay"), CalendarUnit.DAY)
              .per(CalendarUnit.SECOND)
              .count();
          double swing = settings.real("swing");
          DailyLoad rhythm = new DailyLoad(mean, swing);
          double hour = rhythm.observe(Settings.random(2)).busiestHour();
          return Outcome.of(
                  new Check(
                      "busiest hour / average",
                      1 + swing,
                      hour / mean,
                      4 * Math.sqrt((1 + swing) / mean / 3600)),
                  busiestSecond("busiest second / average", rhythm, 1),
                  busiestSecond("the same at one rate all day", new DailyLoad(mean, 0), 1),
                  busiestSecond("the same at 4 requests per second", new DailyLoad(4, 0), 10))
              .with(peakChart());
        });
  }

  private static Check busiestSecond(String what, DailyLoad load, int days) {
    DailyLoad.Busiest expected = load.busiestSecond();
    return new Check(
        what,
        expected.mean() / load.mean(),
        observed(load, days),
        4 * expected.deviation() / Math.sqrt(days) / load.mean());
  }

  /** The busiest second over the average, in the mean of some days. */
  private static double observed(DailyLoad load, int days) {
    RandomGenerator random = Settings.random(3);
    return Trials.mean(days, day -> load.observe(random).busiestSecond()) / load.mean();
  }

  private static Chart peakChart() {
    double[] measured = {1, 3, 10, 30, 100};
    double[] rates =
        IntStream.rangeClosed(0, 35).mapToDouble(i -> Math.pow(10, i / 10.0)).toArray();
    return new Chart(
        "Peak over average: chance rules small services, the day large ones",
        Axis.log("requests per second, mean of a day"),
        Axis.log("busiest second / average"),
        List.of(
            peaks("sine down to nothing, theory", 1, rates),
            Series.of("measured", Mark.DOTS, measured, map(measured, m -> observedPeak(m, 1))),
            peaks("one rate all day, theory", 0, rates),
            Series.of("measured", Mark.DOTS, measured, map(measured, m -> observedPeak(m, 0))),
            Series.of(
                "twice", Mark.LINE, new double[] {rates[0], rates[35]}, new double[] {2, 2})));
  }

  /** Small services need more days to show the mean. */
  private static double observedPeak(double mean, double swing) {
    return observed(new DailyLoad(mean, swing), (int) Math.ceil(15 / mean));
  }

  private static Series peaks(String name, double swing, double[] rates) {
    return Series.of(
        name,
        Mark.LINE,
        rates,
        map(rates, mean -> new DailyLoad(mean, swing).busiestSecond().mean() / mean));
  }

  private static Claim latencyExplodesPastEighty() {
    return new Claim(
        "E05",
        "estimation",
        "Latency explodes past 80 % utilisation.",
        "Often said",
        Verdict.HALF_WRONG,
        "One server, random arrivals, exponential services: 1 / (1 - rho) services, 5 at 80 % and 10 at 90 %. c servers behind one "
            + "queue: 1 + C(c, c rho) / (c (1 - rho)), C being Erlang's (A. K. Erlang, 1917): for 4 servers 1.75 and 2.97. One "
            + "server, services all alike: 1 + rho / (2 (1 - rho)) (Pollaczek and Khinchine), 3 at 80 %.",
        "It does explode, but not at 80 %: the curve has no knee, each halving of the idle share doubles the wait, and where that "
            + "hurts depends on how many servers share the queue and how much services differ. What one server takes at 80 %, 4 "
            + "take at 94.5 % and 16 at 98.5 %. Sixteen queues of one server each are not 16 servers.",
        List.of(
            Parameter.real("utilisation", 0.8, 0.05, 0.9),
            Parameter.count("servers", 4, 2, 16),
            Parameter.count("requests", 1_000_000, 100_000, 10_000_000)),
        settings -> {
          double rho = settings.real("utilisation");
          int servers = settings.count("servers");
          int requests = settings.count("requests");
          double alone = Queueing.mm1(rho, 1).timeInSystem();
          double equal = asSlowAs(alone, servers);
          SharedQueue alike = new SharedQueue(1, rho, random -> 1);
          return Outcome.of(
                  time("services spent, 1 server", 1, rho, requests),
                  time("the same, " + servers + " servers", servers, rho, requests),
                  time(
                      "the same, " + servers + " servers, utilisation " + Numbers.format(equal),
                      servers,
                      equal,
                      3 * requests),
                  check(
                      "1 server, services all alike",
                      Queueing.mg1(rho, 1, 0).timeInSystem(),
                      alike.run(requests, Settings.random(5))))
              .with(latencyChart());
        });
  }

  /** The utilisation at which so many servers take that time. */
  private static double asSlowAs(double time, int servers) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (theory(servers, middle) < time) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double theory(int servers, double utilisation) {
    return Queueing.mmc(servers * utilisation, 1, servers).timeInSystem();
  }

  private static Check time(String what, int servers, double utilisation, int requests) {
    return check(what, theory(servers, utilisation), simulated(servers, utilisation, requests));
  }

  private static Check check(String what, double expected, SharedQueue.Time time) {
    return new Check(what, expected, time.mean(), time.tolerance());
  }

  private static SharedQueue.Time simulated(int servers, double utilisation, int requests) {
    return new SharedQueue(servers, utilisation, EXPONENTIAL).run(requests, Settings.random(5));
  }

  private static Chart latencyChart() {
    double[] fine = IntStream.rangeClosed(0, 97).mapToDouble(i -> i / 100.0).toArray();
    double[] coarse = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95};
    return new Chart(
        "No knee at 80 %: servers that share a queue put off the rise",
        Axis.linear("utilisation"),
        Axis.log("time in the system / time of a service"),
        IntStream.of(1, 4, 16)
            .boxed()
            .flatMap(servers -> Stream.of(
                Series.of(
                    "M/M/" + servers, Mark.LINE, fine, map(fine, rho -> theory(servers, rho))),
                Series.of(
                    servers + (servers == 1 ? " server" : " servers") + ", simulated",
                    Mark.DOTS,
                    coarse,
                    map(coarse, rho -> simulated(servers, rho, 60_000).mean()))))
            .toList());
  }
}
