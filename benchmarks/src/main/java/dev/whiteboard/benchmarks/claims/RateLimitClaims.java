package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Admissions.MILLI;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Point;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.ratelimit.LeakyBucket;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Claims about buckets. */
final class RateLimitClaims {
  private static final Duration AT_ANY_WAIT = Duration.ofNanos(Long.MAX_VALUE);

  private RateLimitClaims() {}

  static List<Claim> all() {
    return List.of(tokenBucketBoundsBursts(), bucketsAreNotDifferent(), queueSmooths());
  }

  private static Claim tokenBucketBoundsBursts() {
    return new Claim(
        "R01",
        "ratelimit",
        "A token bucket allows bursts but bounds them.",
        "preslavmihaylov/booknotes, system-design-interview/chapter05",
        Verdict.TRUE,
        "No window of length W lets more than burst + rate W through, and a client that waits and then asks without pause "
            + "reaches it.",
        "Often said as \"limits to the rate per second\": with burst = rate, up to twice the rate passes in one second.",
        List.of(
            Parameter.count("rate", 100, 1, 1000),
            Parameter.count("burst", 100, 1, 100_000),
            Parameter.count("windowMillis", 1000, 1, 10_000)),
        settings -> {
          int rate = settings.count("rate");
          int window = settings.count("windowMillis");
          int burst = settings.count("burst");
          ManualTicker ticker = new ManualTicker();
          TokenBucket bucket = RateLimiter.tokenBucket(Limit.perSecond(rate).burst(burst))
              .ticker(ticker)
              .build();
          Admissions greedy = askWithoutPause(ticker, 2 * window, bucket::tryAcquire);
          double bound = burst + Math.floor(rate * (window / 1000.0));
          return Outcome.of(new Check(
                  "most admitted in any window of " + window + " ms",
                  bound,
                  greedy.mostWithin(window * MILLI),
                  0))
              .with(new Chart(
                  "A client that asks without pause: the burst, then the rate",
                  Axis.linear("time, ms"),
                  Axis.linear("requests admitted so far"),
                  List.of(
                      greedy.stairs("token bucket", 0, 2.0 * window),
                      new Series(
                          "burst + rate t",
                          Mark.LINE,
                          List.of(
                              new Point(0, burst),
                              new Point(2.0 * window, burst + rate * 2 * window / 1000.0))))));
        });
  }

  /** Asks a thousand times in every millisecond, after a second of silence; time 0 is the end of the silence. */
  private static Admissions askWithoutPause(
      ManualTicker ticker, int millis, BooleanSupplier limiter) {
    ticker.nanos += TimeUnit.SECONDS.toNanos(1);
    long start = ticker.nanos;
    Admissions admissions = new Admissions();
    for (int ms = 0; ms <= millis; ms++) {
      ticker.nanos = start + ms * MILLI;
      for (int refusals = 0; refusals < 1000; ) {
        if (limiter.getAsBoolean()) {
          admissions.add(ms * MILLI);
        } else {
          refusals++;
        }
      }
    }
    return admissions;
  }

  private static Claim bucketsAreNotDifferent() {
    return new Claim(
        "R02",
        "ratelimit",
        "Token bucket and leaky bucket are different algorithms.",
        "arjak-roy/Rate-limiter-implementation, README.md",
        Verdict.HALF_WRONG,
        "Tokens that are missing are water that has not leaked: burst - tokens = water, at every moment. So the same requests fit: no "
            + "decision differs. At twice the load neither is ever idle, and what arrives is all used: elapsed / interval, "
            + "and up to a burst more. What differs is when a request acts: at once, or in its turn, up to burst - 1 intervals later.",
        "As a meter it is one algorithm under two names; only the queue smooths, and the queue delays. Ask which of the two somebody "
            + "means. With a queue, reserve tells a request when to leave; here each costs one to three permits.",
        List.of(
            Parameter.count("requests", 1_000_000, 10_000, 5_000_000),
            Parameter.count("intervalMicros", 10_000, 1, 1_000_000),
            Parameter.count("burst", 50, 20, 1000)),
        settings -> {
          int requests = settings.count("requests");
          int burst = settings.count("burst");
          Duration interval = Duration.of(settings.count("intervalMicros"), ChronoUnit.MICROS);
          long intervalNanos = interval.toNanos();
          ManualTicker ticker = new ManualTicker();
          Limit limit = Limit.of(1).per(interval).burst(burst);
          TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
          LeakyBucket queue = RateLimiter.leakyBucket(limit).ticker(ticker).build();
          RandomGenerator random = Settings.random(2);
          int differing = 0;
          long granted = 0;
          long longestWait = 0;
          for (int request = 0; request < requests; request++) {
            ticker.nanos += Math.round(random.nextExponential() * intervalNanos);
            int cost = 1 + random.nextInt(3);
            boolean metered = bucket.tryAcquire(cost);
            Optional<Duration> wait = queue.reserve(cost, AT_ANY_WAIT);
            differing += metered == wait.isPresent() ? 0 : 1;
            granted += metered ? cost : 0;
            longestWait = Math.max(longestWait, wait.map(Duration::toNanos).orElse(0L));
          }
          double arrived = (double) ticker.nanos / intervalNanos;
          return Outcome.of(
              new Check("decisions that differ, of all", 0, differing, 0),
              new Check("permits granted", arrived + burst / 2.0, granted, burst / 2.0),
              Trials.within(
                  "longest wait in the queue, intervals",
                  burst - 2,
                  burst - 1,
                  (double) longestWait / intervalNanos));
        });
  }

  private static Claim queueSmooths() {
    return new Claim(
        "R03",
        "ratelimit",
        "A leaky bucket smooths bursts into a constant rate.",
        "preslavmihaylov/booknotes, system-design-interview/chapter05",
        Verdict.TRUE,
        "A request leaves the queue when the one before it is out: gaps are an interval, or longer when the queue is empty, never "
            + "shorter. The last of a burst that fills the queue waits burst - 1 intervals.",
        "Constant while there is work; an idle queue sends nothing and saves nothing up. They will ask for the price: it is latency, "
            + "and the same requests are refused as by a token bucket, which lets the burst pass at once.",
        List.of(
            Parameter.count("intervalMillis", 100, 1, 10_000),
            Parameter.count("burst", 20, 2, 500),
            Parameter.count("bursts", 200, 1, 2000)),
        settings -> {
          int burst = settings.count("burst");
          int interval = settings.count("intervalMillis");
          Smoothing smoothing = new Smoothing(interval, burst);
          RandomGenerator random = Settings.random(3);
          for (int i = 0; i < settings.count("bursts"); i++) {
            smoothing.arrive(burst * 3 / 2);
            smoothing.ticker.nanos +=
                Math.round(random.nextExponential() * burst * interval * MILLI);
          }
          Smoothing once = new Smoothing(interval, burst);
          once.arrive(burst * 3 / 2);
          for (int i = 0; i < burst; i++) {
            once.ticker.nanos += 2 * MILLI * interval;
            once.arrive(i % 5 == 4 ? 5 : 0);
          }
          double end = (2.0 * burst - 1) * interval;
          return Outcome.of(
                  new Check(
                      "smallest gap between departures, ms",
                      interval,
                      smoothing.fromQueue.smallestGap() / (double) MILLI,
                      0),
                  new Check(
                      "the same behind a token bucket",
                      0,
                      smoothing.fromBucket.smallestGap() / (double) MILLI,
                      0),
                  new Check(
                      "longest wait in the queue, ms",
                      (burst - 1.0) * interval,
                      smoothing.longestWait / (double) MILLI,
                      0))
              .with(new Chart(
                  "The token bucket passes a burst on, the leaky bucket spreads it",
                  Axis.linear("time, ms"),
                  Axis.linear("requests so far"),
                  List.of(
                      once.arrivals.stairs("arrive", 0, end),
                      once.fromBucket.stairs("leave a token bucket", 0, end),
                      once.fromQueue.stairs("leave a leaky bucket", 0, end))));
        });
  }

  /** Requests that go both to a token bucket and to a leaky bucket of the same limit. */
  private static final class Smoothing {
    final ManualTicker ticker = new ManualTicker();
    final Admissions arrivals = new Admissions();
    final Admissions fromBucket = new Admissions();
    final Admissions fromQueue = new Admissions();
    long longestWait;
    private final TokenBucket bucket;
    private final LeakyBucket queue;

    Smoothing(int intervalMillis, int burst) {
      Limit limit = Limit.of(1).per(Duration.ofMillis(intervalMillis)).burst(burst);
      bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
      queue = RateLimiter.leakyBucket(limit).ticker(ticker).build();
    }

    void arrive(int requests) {
      for (int i = 0; i < requests; i++) {
        arrivals.add(ticker.nanos);
        if (bucket.tryAcquire()) {
          fromBucket.add(ticker.nanos);
        }
        queue.reserve(1, AT_ANY_WAIT).map(Duration::toNanos).ifPresent(wait -> {
          fromQueue.add(ticker.nanos + wait);
          longestWait = Math.max(longestWait, wait);
        });
      }
    }
  }
}
