package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Admissions.MILLI;
import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.compare.Footprints;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.LimiterBuilder;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.SlidingWindowCounter;
import dev.whiteboard.ratelimit.SlidingWindowLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;

/** Claims about limiters that count in windows. Each limit here is for a second. */
final class WindowClaims {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final int BATCHES = 20;

  private WindowClaims() {}

  static List<Claim> all() {
    return List.of(
        fixedWindowsLetTwiceThrough(),
        counterRarelyErrs(),
        counterRemovesTheEdge(),
        logCostsMemory());
  }

  private static Claim fixedWindowsLetTwiceThrough() {
    return new Claim(
        "R04",
        "ratelimit",
        "Fixed windows let twice the limit through at the edge.",
        "liquidslr/system-design-notes, 04",
        Verdict.TRUE,
        "A client asks without pause from 1 ms before the edge on. A counter that starts again in each period admits L just before "
            + "the edge and L just after it: 2 L within 2 ms. The others admit L at once, a token bucket with a strict limit "
            + "L / 10. In any second: 2 L, L + L - 1 (burst and rate), L (the log), and L (strict).",
        "They will say that a token bucket is safe here. It has no edge, but its burst and a second's tokens make nearly 2 L in a "
            + "second too. If no second may exceed L, use the log, or a token bucket with Limit.strict, which gives up a tenth "
            + "of the rate for 64 bytes.",
        List.of(Parameter.count("limit", 100, 1, 400)),
        settings -> {
          int limit = settings.count("limit");
          Limit perSecond = Limit.perSecond(limit);
          Limit strict = Limit.strict(limit, Duration.ofSeconds(1));
          Admissions window = askAroundEdge(RateLimiter.fixedWindow(perSecond), 3 * limit);
          Admissions bucket = askAroundEdge(RateLimiter.tokenBucket(perSecond), 3 * limit);
          Admissions log = askAroundEdge(RateLimiter.slidingWindowLog(perSecond), 3 * limit);
          Admissions gentle = askAroundEdge(RateLimiter.tokenBucket(strict), 3 * limit);
          return Outcome.of(
                  most("fixed window, within 2 ms", 2.0 * limit, window, 2 * MILLI),
                  most("token bucket, within 2 ms", limit, bucket, 2 * MILLI),
                  most("sliding log, within 2 ms", limit, log, 2 * MILLI),
                  most("strict bucket, within 2 ms", (double) strict.burst(), gentle, 2 * MILLI),
                  most("fixed window, in any second", 2.0 * limit, window, SECOND),
                  most("token bucket, in any second", 2.0 * limit - 1, bucket, SECOND),
                  most("sliding log, in any second", limit, log, SECOND),
                  most("strict bucket, in any second", limit, gentle, SECOND))
              .with(new Chart(
                  "A client that asks without pause from 1 ms before the edge on",
                  Axis.linear("time, ms; a window ends at 1,000 and at 2,000"),
                  Axis.linear("requests admitted so far"),
                  List.of(
                      window.stairs("fixed window", 900, 2200),
                      bucket.stairs("token bucket", 900, 2200),
                      log.stairs("sliding log", 900, 2200),
                      gentle.stairs("token bucket, strict limit", 900, 2200))));
        });
  }

  /** The most in a window that includes its start and not its end. */
  private static Check most(String what, double expected, Admissions admissions, long window) {
    return new Check("admitted by a " + what, expected, admissions.mostWithin(window - 1), 0);
  }

  /** Asks so often in each millisecond from 999 to 3,000, and at the last nanosecond of each. */
  private static Admissions askAroundEdge(
      LimiterBuilder<? extends RateLimiter> limiter, int often) {
    ManualTicker ticker = new ManualTicker();
    RateLimiter built = limiter.ticker(ticker).build();
    Admissions admissions = new Admissions();
    for (long ms = 999; ms < 3000; ms++) {
      for (long nanos : new long[] {ms * MILLI, (ms + 1) * MILLI - 2}) {
        ticker.nanos = nanos;
        for (int i = 0; i < often && built.tryAcquire(); i++) {
          admissions.add(nanos);
        }
      }
    }
    return admissions;
  }

  private static Claim counterRarelyErrs() {
    return new Claim(
        "R05",
        "ratelimit",
        "A sliding-window counter errs on about 0.003 % of requests.",
        "preslavmihaylov/booknotes, system-design-interview/chapter05",
        Verdict.TRUE_ONLY_IF,
        "Poisson arrivals at u times the limit L. Counter and log can differ only if one refuses: the log then has seen L arrivals "
            + "in a second, P(Poisson(u L) >= L), and the counter, whose estimate varies less, hardly more often. So at most "
            + "twice that; below the limit it is tiny. At and above it there is no formula; measured, about 0.95 / sqrt(L) "
            + "differ at u = 1, and 30 % at u = 1.5. What is let through too much stays small: the estimate is off by a binomial "
            + "error of at most sqrt(L) / 2, so the most is below L + 3 sqrt(L) + 1 at six of these.",
        "It is a mean over Cloudflare's traffic (400 million requests, 2017) and says nothing about a client at its limit: there one "
            + "decision in thirty to one in three differs. It matters little, as both admit nearly as many, only not the same ones. "
            + "Say \"about the limit, and never more than twice\".",
        List.of(
            Parameter.count("limit", 1000, 10, 1000),
            Parameter.count("requests", 200_000, 100_000, 5_000_000)),
        settings -> {
          int limit = settings.count("limit");
          int requests = settings.count("requests");
          double root = Math.sqrt(limit);
          Comparison atLimit = Comparison.of(limit, 1, requests);
          Comparison above = Comparison.of(limit, 1.5, requests);
          double[] loads = {0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1, 1.1, 1.2, 1.3, 1.5};
          return Outcome.of(
                  belowLimit(limit, 0.9, requests),
                  belowLimit(limit, 0.5, requests),
                  Trials.within(
                      "the same, load 1", 0.5 / root, 1.2 / root, atLimit.share(), atLimit.noise()),
                  Trials.within("the same, load 1.5", 0.25, 0.35, above.share(), above.noise()),
                  mostInAnySecond("load 1", limit, atLimit),
                  mostInAnySecond("load 1.5", limit, above))
              .with(new Chart(
                  "Counter and log agree well below the limit, and only there",
                  Axis.linear("load, arrivals / limit"),
                  Axis.linear("share of decisions that differ"),
                  IntStream.of(10, 100, 1000)
                      .mapToObj(l -> Series.of(
                          "limit " + Numbers.format(l),
                          Mark.LINE_AND_DOTS,
                          loads,
                          map(
                              loads,
                              load -> Comparison.of(l, load, 20_000 + 60 * l).share())))
                      .toList()));
        });
  }

  private static Check belowLimit(int limit, double load, int requests) {
    Comparison comparison = Comparison.of(limit, load, requests);
    return new Check(
        "share of decisions that differ, load " + Numbers.format(load),
        0,
        comparison.share(),
        2 * Gamma.regularizedGammaP(limit, load * limit) + comparison.noise());
  }

  private static Check mostInAnySecond(String load, int limit, Comparison comparison) {
    return Trials.within(
        "most in any second / limit, " + load,
        1,
        1 + 3 / Math.sqrt(limit) + 1.0 / limit,
        (double) comparison.byCounter().mostWithin(SECOND - 1) / limit);
  }

  /** The same Poisson arrivals at a counter and at a log: the share of decisions that differ, four sigma of it, the counter's. */
  private record Comparison(double share, double noise, Admissions byCounter) {
    static Comparison of(int limit, double load, int requests) {
      ManualTicker ticker = new ManualTicker();
      Limit perSecond = Limit.perSecond(limit);
      SlidingWindowCounter counter =
          RateLimiter.slidingWindowCounter(perSecond).ticker(ticker).build();
      SlidingWindowLog log =
          RateLimiter.slidingWindowLog(perSecond).ticker(ticker).build();
      RandomGenerator random = Settings.random(5);
      Admissions byCounter = new Admissions();
      double[] shares = new double[BATCHES];
      int length = requests / BATCHES;
      double now = 0;
      for (int request = 0; request < length * BATCHES; request++) {
        now += random.nextExponential() * SECOND / (load * limit);
        ticker.nanos = (long) now;
        boolean admitted = counter.tryAcquire();
        if (admitted) {
          byCounter.add(ticker.nanos);
        }
        shares[request / length] += log.tryAcquire() == admitted ? 0 : 1.0 / length;
      }
      // Neighbours decide alike, batches hardly.
      return new Comparison(
          Trials.mean(BATCHES, batch -> shares[batch]), Trials.fourSigma(shares), byCounter);
    }
  }

  private static Claim counterRemovesTheEdge() {
    return new Claim(
        "R06",
        "ratelimit",
        "A sliding-window counter removes the problem at the edge of fixed windows.",
        "karanpratapsingh/system-design, README.md",
        Verdict.HALF_WRONG,
        "L pass just before the edge. At a share f of the next window, floor((1 - f) L) of them still count, and L - floor((1 - f) L) "
            + "more have passed: next to none at the edge, all L at the end of the window. The second from the edge on so sees 2 L, "
            + "and no more, as two windows hold no more.",
        "The burst at the edge is gone: 2 L within 2 ms becomes L + 1. The bound is not: 2 L in a second is the same as for the fixed "
            + "window. It takes a client that stores its requests up for the edge; random traffic exceeds the limit by a few "
            + "percent (R05).",
        List.of(Parameter.count("limit", 100, 1, 400)),
        settings -> {
          int limit = settings.count("limit");
          Limit perSecond = Limit.perSecond(limit);
          Admissions window = askAroundEdge(RateLimiter.fixedWindow(perSecond), 3 * limit);
          Admissions counter =
              askAroundEdge(RateLimiter.slidingWindowCounter(perSecond), 3 * limit);
          Admissions log = askAroundEdge(RateLimiter.slidingWindowLog(perSecond), 3 * limit);
          return Outcome.of(
                  most("counter, in any second", 2.0 * limit, counter, SECOND),
                  most(
                      "counter, within 2 ms",
                      2 * limit - Math.floor((1 - 1e-3) * limit),
                      counter,
                      2 * MILLI),
                  most("log, in any second", limit, log, SECOND))
              .with(new Chart(
                  "L at the end of a window: how many passed in the latest second",
                  Axis.linear("time, ms; a window ends at 1,000 and at 2,000"),
                  Axis.linear("requests in the latest second"),
                  List.of(
                      window.latest("fixed window", 1000, 900, 2600),
                      counter.latest("sliding-window counter", 1000, 900, 2600),
                      log.latest("sliding log", 1000, 900, 2600))));
        });
  }

  private static Claim logCostsMemory() {
    return new Claim(
        "R07",
        "ratelimit",
        "A sliding-window log is exact but costs O(limit) memory for each key.",
        "preslavmihaylov/booknotes, system-design-interview/chapter05",
        Verdict.TRUE,
        "The log keeps the time of each permit, a long: 8 L bytes. A token bucket is a level and a time, 16 bytes, or one time alone "
            + "(GCRA), 8. A counter is two counts and a window, 24. Objects add their headers and what they refer to, whatever L is.",
        "A million keys with 1,000 permits each: 8 GB, against 64 MB of token buckets. Counted with JOL on this JVM, with limit and "
            + "clock included. A log of Redis sorted-set members costs several times 8 bytes.",
        List.of(Parameter.count("limit", 1000, 1, 1_000_000)),
        settings -> {
          int limit = settings.count("limit");
          double[] sizes = {10, 30, 100, 300, 1000, 3000, 10_000};
          return Outcome.of(
                  perPermit("log", Long.BYTES, RateLimiter::slidingWindowLog, limit),
                  perPermit("token bucket", 0, RateLimiter::tokenBucket, limit),
                  perPermit("counter", 0, RateLimiter::slidingWindowCounter, limit),
                  Trials.within(
                      "bytes of a token bucket",
                      Long.BYTES,
                      400,
                      bytes(RateLimiter::tokenBucket, limit)))
              .with(new Chart(
                  "Bytes for one key: the log grows with its limit",
                  Axis.log("limit, permits"),
                  Axis.log("bytes on the heap"),
                  List.of(
                      Series.of("8 L", Mark.LINE, sizes, map(sizes, l -> 8 * l)),
                      grows("sliding log", RateLimiter::slidingWindowLog, sizes),
                      grows("sliding-window counter", RateLimiter::slidingWindowCounter, sizes),
                      grows("token bucket", RateLimiter::tokenBucket, sizes))));
        });
  }

  /** What a limit twice as large adds, so that what does not grow does not count. */
  private static Check perPermit(String name, int expected, Kind create, int limit) {
    double added = bytes(create, 2 * limit) - bytes(create, limit);
    return new Check("bytes for each permit of the limit, " + name, expected, added / limit, 0);
  }

  private interface Kind extends Function<Limit, LimiterBuilder<? extends RateLimiter>> {}

  private static double bytes(Kind create, int limit) {
    return Footprints.size(
        create.apply(Limit.perSecond(limit)).ticker(new ManualTicker()).build());
  }

  private static Series grows(String name, Kind create, double[] sizes) {
    return Series.of(
        name, Mark.LINE_AND_DOTS, sizes, map(sizes, limit -> bytes(create, (int) limit)));
  }
}
