package dev.whiteboard.benchmarks.claims;

import com.google.common.base.Ticker;
import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Point;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Claims about limiters. */
final class RateLimitClaims {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private RateLimitClaims() {}

  static List<Claim> all() {
    return List.of(tokenBucketBoundsBursts(), fixedWindowsLetTwiceThrough());
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
          TokenBucket bucket = RateLimiter.tokenBucket(
                  Limit.of(rate).per(Duration.ofSeconds(1)).burst(burst))
              .ticker(ticker)
              .build();
          List<Long> greedy = admitted(ticker, 2 * window, bucket::tryAcquire);
          double bound = burst + Math.floor(rate * (window / 1000.0));
          return Outcome.of(new Check(
                  "most admitted in any window of " + window + " ms",
                  bound,
                  mostInAnyWindow(greedy, window * MILLI),
                  0))
              .with(new Chart(
                  "A client that asks without pause: the burst, then the rate",
                  Axis.linear("time, ms"),
                  Axis.linear("requests admitted so far"),
                  List.of(
                      running("token bucket", Mark.LINE, greedy),
                      new Series(
                          "burst + rate t",
                          Mark.LINE,
                          List.of(
                              new Point(0, burst),
                              new Point(2.0 * window, burst + rate * 2 * window / 1000.0))))));
        });
  }

  private static Claim fixedWindowsLetTwiceThrough() {
    return new Claim(
        "R04",
        "ratelimit",
        "Fixed windows let twice the limit through at the edge.",
        "liquidslr/system-design-notes, 04",
        Verdict.TRUE,
        "A counter that is reset at each full second admits L just before the edge and L just after it: 2 L within 2 ms. A token "
            + "bucket with burst L admits L + rate x 2 ms, rounded down.",
        "The counter is the textbook's, written in the experiment; the bucket is the library's.",
        List.of(Parameter.count("limit", 100, 1, 400)),
        settings -> {
          int limit = settings.count("limit");
          ManualTicker ticker = new ManualTicker();
          FixedWindow window = new FixedWindow(limit, ticker);
          TokenBucket bucket =
              RateLimiter.tokenBucket(Limit.perSecond(limit)).ticker(ticker).build();
          ticker.nanos = 999 * MILLI;
          List<Long> byWindow = new ArrayList<>();
          List<Long> byBucket = new ArrayList<>();
          for (int ms = 0; ms < 3; ms++) {
            for (int i = 0; i < limit; i++) {
              if (window.tryAcquire()) {
                byWindow.add(ticker.nanos);
              }
              if (bucket.tryAcquire()) {
                byBucket.add(ticker.nanos);
              }
            }
            ticker.nanos += MILLI;
          }
          return Outcome.of(
              new Check(
                  "admitted by a fixed window within 2 ms",
                  2.0 * limit,
                  mostInAnyWindow(byWindow, 2 * MILLI),
                  0),
              new Check(
                  "admitted by a token bucket within 2 ms",
                  limit + Math.floor(limit * 0.002),
                  mostInAnyWindow(byBucket, 2 * MILLI),
                  0));
        });
  }

  /** Asks a thousand times in every millisecond, after a second of silence. */
  private static List<Long> admitted(ManualTicker ticker, int millis, BooleanSupplier limiter) {
    ticker.nanos += TimeUnit.SECONDS.toNanos(1);
    long start = ticker.nanos;
    List<Long> times = new ArrayList<>();
    for (int ms = 0; ms <= millis; ms++) {
      ticker.nanos = start + ms * MILLI;
      for (int refusals = 0; refusals < 1000; ) {
        if (limiter.getAsBoolean()) {
          times.add(ms * MILLI);
        } else {
          refusals++;
        }
      }
    }
    return times;
  }

  /** The largest number of sorted times that lie within one closed window. */
  private static int mostInAnyWindow(List<Long> times, long windowNanos) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (times.get(last) - times.get(first) > windowNanos) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private static Series running(String name, Mark mark, List<Long> times) {
    return new Series(
        name,
        mark,
        IntStream.range(0, times.size())
            .mapToObj(i -> new Point(times.get(i) / (double) MILLI, i + 1))
            .toList());
  }

  /** The textbook's counter: so many in each second of the clock. */
  private static final class FixedWindow {
    private final int limit;
    private final Ticker ticker;
    private long second = Long.MIN_VALUE;
    private int count;

    FixedWindow(int limit, Ticker ticker) {
      this.limit = limit;
      this.ticker = ticker;
    }

    boolean tryAcquire() {
      long now = TimeUnit.NANOSECONDS.toSeconds(ticker.read());
      if (now != second) {
        second = now;
        count = 0;
      }
      return count++ < limit;
    }
  }

  private static final class ManualTicker extends Ticker {
    long nanos;

    @Override
    public long read() {
      return nanos;
    }
  }
}
