package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.claims.Contention.Cost;
import dev.whiteboard.benchmarks.claims.Contention.Pause;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.ratelimit.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Claims about calls that are tried again. */
final class RetryClaims {
  /** As in Brooker's simulation. */
  private static final Duration BASE = Duration.ofMillis(5);

  private static final Duration CAP = Duration.ofSeconds(2);
  private static final double DEVIATION_MILLIS = 2;

  private RetryClaims() {}

  static List<Claim> all() {
    return List.of(jitterBeatsPlainBackoff(), retriesMultiply(), herdsNeedJitter());
  }

  private static Claim jitterBeatsPlainBackoff() {
    return new Claim(
        "B01",
        "ratelimit",
        "Jitter beats plain exponential backoff.",
        "preslavmihaylov/booknotes, understanding-distributed-systems/part04",
        Verdict.TRUE,
        "n clients change one record with optimistic concurrency control (Brooker, Exponential Backoff and Jitter, AWS, 2015). If "
            + "messages always take the same time, plain backoff keeps the losers in lockstep: each round one wins, "
            + "n (n + 1) / 2 calls, as many as without any wait. With noise there is no formula; measured, full "
            + "jitter needs 0.59 of plain backoff's calls for 50 clients, 0.48 for 100 and 0.37 for 200, and a twelfth of its time.",
        "Backoff lowers the rate of collisions, jitter their probability. Plain backoff spreads the losers only as far as the network "
            + "does, and waits up to its cap before they meet again.",
        List.of(Parameter.count("clients", 100, 50, 200), Parameter.count("rounds", 30, 10, 500)),
        settings -> {
          int clients = settings.count("clients");
          int rounds = settings.count("rounds");
          Cost plain = mean(clients, RetryClaims::plain, rounds);
          Cost full = mean(clients, RetryClaims::fullJitter, rounds);
          Cost lockstep = Contention.of(clients, plain(Settings.random(0)), 0, Settings.random(0));
          double[] sizes = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
          return Outcome.of(
                  Trials.within(
                      "calls, full jitter / plain", 0.3, 0.65, full.calls() / plain.calls()),
                  Trials.within(
                      "time, full jitter / plain", 0, 0.125, full.millis() / plain.millis()),
                  new Check(
                      "calls, plain, messages of equal times",
                      clients * (clients + 1) / 2.0,
                      lockstep.calls(),
                      0))
              .with(new Chart(
                  "Clients that compete for one record, until all are done",
                  Axis.linear("clients"),
                  Axis.log("writes that reach the server"),
                  List.of(
                      Series.of("n(n+1)/2", Mark.LINE, sizes, map(sizes, n -> n * (n + 1) / 2)),
                      calls("no wait", random -> (retries, last) -> Duration.ZERO, sizes),
                      calls("plain", RetryClaims::plain, sizes),
                      calls("decorrelated jitter", RetryClaims::decorrelated, sizes),
                      calls("full jitter", RetryClaims::fullJitter, sizes))));
        });
  }

  private static Pause plain(RandomGenerator random) {
    Backoff backoff = Backoff.of(BASE, CAP, random);
    return (retries, last) -> backoff.longest(retries);
  }

  private static Pause fullJitter(RandomGenerator random) {
    Backoff backoff = Backoff.of(BASE, CAP, random);
    return (retries, last) -> backoff.fullJitter(retries);
  }

  private static Pause decorrelated(RandomGenerator random) {
    Backoff backoff = Backoff.of(BASE, CAP, random);
    return (retries, last) -> backoff.decorrelatedJitter(last);
  }

  @FunctionalInterface
  private interface Policy {
    Pause with(RandomGenerator random);
  }

  private static Cost mean(int clients, Policy policy, int rounds) {
    RandomGenerator random = Settings.random(21);
    return Stream.generate(
            () -> Contention.of(clients, policy.with(random), DEVIATION_MILLIS, random))
        .limit(rounds)
        .reduce(Cost.NONE, (sum, cost) -> sum.plus(cost, 1.0 / rounds));
  }

  private static Series calls(String name, Policy policy, double[] sizes) {
    return Series.of(
        name,
        Mark.LINE_AND_DOTS,
        sizes,
        map(sizes, n -> mean((int) n, policy, 5).calls()));
  }

  private static Claim retriesMultiply() {
    return new Claim(
        "B02",
        "ratelimit",
        "Retries multiply down a chain of calls.",
        "preslavmihaylov/booknotes, understanding-distributed-systems/part04",
        Verdict.TRUE,
        "Each of k tiers tries its callee up to a times. If the lowest server is down, one request makes a^k calls. If each call "
            + "fails with probability p, it is as if one tier tried a^k times: (1 - p^(a^k)) / (1 - p) calls. With a budget of a "
            + "share s of retries per request, each tier multiplies by 1 + s at most: (1 + s)^k, and rounded down if the server "
            + "is down.",
        "The factor is largest when the server can bear it least: at one failure in two it is 2, at nine in ten 10. So retry in one "
            + "tier, or give each a RetryBudget. They will ask for its price: while most calls fail, most requests that a retry "
            + "might have saved fail too.",
        List.of(
            Parameter.count("tiers", 3, 1, 4),
            Parameter.count("attempts", 4, 2, 5),
            Parameter.real("share", 0.1, 0.01, 1),
            Parameter.count("requests", 20_000, 1000, 100_000)),
        settings -> {
          RetryChain chain = new RetryChain(
              settings.count("tiers"), settings.count("attempts"), settings.real("share"));
          int requests = settings.count("requests");
          double bound = Math.pow(1 + chain.share(), chain.tiers());
          double[] failing = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1};
          return Outcome.of(
                  new Check(
                      "calls for a request, server down",
                      chain.most(),
                      chain.calls(1, 10, false),
                      0),
                  new Check(
                      "the same with budgets",
                      chain.mostWithBudgets(requests),
                      chain.calls(1, requests, true),
                      0),
                  new Check(
                      "calls for a request, 9 of 10 calls fail",
                      chain.mean(0.9),
                      chain.calls(0.9, requests, false),
                      chain.tolerance(0.9, requests)),
                  Trials.within(
                      "the same with budgets", 1, bound, chain.calls(0.9, requests, true)))
              .with(new Chart(
                  "A chain that retries, while its lowest server fails",
                  Axis.linear("share of the calls that fail"),
                  Axis.log("calls of the lowest server for a request"),
                  List.of(
                      Series.of("theory", Mark.LINE, failing, map(failing, chain::mean)),
                      Series.of(
                          "every tier retries",
                          Mark.DOTS,
                          failing,
                          map(failing, p -> chain.calls(p, 2000, false))),
                      Series.of(
                          "each within its RetryBudget",
                          Mark.LINE_AND_DOTS,
                          failing,
                          map(failing, p -> chain.calls(p, 2000, true))))));
        });
  }

  private static Claim herdsNeedJitter() {
    return new Claim(
        "B03",
        "ratelimit",
        "Clients that failed together need jitter to recover.",
        "preslavmihaylov/booknotes, understanding-distributed-systems/part04",
        Verdict.TRUE,
        "n clients fail at once; the server bears c calls a second, and a client that is refused backs off from 1 s up to a cap. "
            + "Without jitter they come in w = n / c waves, rounded up, of which c are served each: n + (n - c) + ... calls, and "
            + "the waits of w - 1 retries. No policy is done before n / c - 1 s. Full jitter has no formula; measured for "
            + "50 to 400 waves, less than a third of the calls and a tenth of the time.",
        "\"Exponential backoff prevents the thundering herd\" is wrong: it moves the herd, whole, to ever later moments, and the "
            + "server idles in between. Jitter costs nothing and is a line. It does not bound the calls: for that, a RetryBudget.",
        List.of(
            Parameter.count("clients", 10_000, 5000, 20_000),
            Parameter.count("perSecond", 100, 50, 100),
            Parameter.count("capSeconds", 256, 60, 3600)),
        settings -> {
          int clients = settings.count("clients");
          int perSecond = settings.count("perSecond");
          Backoff backoff = Backoff.of(
              Duration.ofSeconds(1),
              Duration.ofSeconds(settings.count("capSeconds")),
              Settings.random(23));
          Herd plain = Herd.of(clients, perSecond, backoff::longest);
          Herd jitter = Herd.of(clients, perSecond, backoff::fullJitter);
          int waves = (clients + perSecond - 1) / perSecond;
          long calls = IntStream.range(0, waves)
              .mapToLong(wave -> clients - (long) wave * perSecond)
              .sum();
          long seconds = IntStream.range(0, waves - 1)
              .mapToLong(wave -> backoff.longest(wave).toSeconds())
              .sum();
          int shown = 130;
          return Outcome.of(
                  Trials.within(
                      "calls, full jitter / plain", 0, 1 / 3.0, jitter.calls() / plain.calls()),
                  Trials.within(
                      "seconds until all are served, full jitter",
                      (double) clients / perSecond - 1,
                      seconds / 10.0,
                      jitter.seconds()),
                  new Check("calls, plain", calls, plain.calls(), 0),
                  new Check("seconds until all are served, plain", seconds, plain.seconds(), 0))
              .with(new Chart(
                  "The herd comes back whole; jitter spreads it",
                  Axis.linear("time, s"),
                  Axis.linear("calls in a second"),
                  List.of(
                      plain.series("plain backoff", shown),
                      jitter.series("full jitter", shown),
                      Series.of(
                          "what the server bears",
                          Mark.LINE,
                          new double[] {0, shown},
                          new double[] {perSecond, perSecond}))));
        });
  }
}
