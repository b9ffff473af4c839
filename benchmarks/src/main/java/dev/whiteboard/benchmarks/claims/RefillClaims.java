package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Admissions.MILLI;
import static dev.whiteboard.benchmarks.claims.Trials.map;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Claims about how tokens arrive. */
final class RefillClaims {
  /** A token arrives every 100 ms, up to 20. */
  private static final int TOKEN_MILLIS = 100;

  private static final int TOKENS = 20;

  private RefillClaims() {}

  static List<Claim> all() {
    return List.of(lazyRefillNeedsNoTimer());
  }

  private static Claim lazyRefillNeedsNoTimer() {
    return new Claim(
        "R09",
        "ratelimit",
        "A token bucket needs no timer: compute what has arrived when somebody asks.",
        "subroute.dev, topics/rate-limiting/token-bucket",
        Verdict.TRUE_ONLY_IF,
        "A token takes t, and somebody asks every p. If whole tokens are added and the mark moves to now, the remainder is lost: tokens "
            + "arrive at every m-th question, m = ceil(t / p), and floor(m p / t) of m p / t are left. If the mark moves even when "
            + "no token was added, m = 1: whoever asks faster than tokens arrive gets none. With the remainder kept, all.",
        "Only if the remainder is kept: move the mark by the whole tokens' time, not to now; or keep the time at which the bucket "
            + "is full, as TokenBucket does. A test that waits whole seconds does not see it: at multiples of t nothing is lost.",
        List.of(Parameter.count("pollMillis", 150, 1, 1000)),
        settings -> {
          int poll = settings.count("pollMillis");
          double[] polls =
              IntStream.rangeClosed(1, 100).mapToDouble(i -> 5.0 * i).toArray();
          return Outcome.of(
                  truncated(poll),
                  truncated(99),
                  truncated(199),
                  new Check("the same, mark always moved, 99 ms", 0, truncating(99, true), 0),
                  new Check("TokenBucket, " + poll + " ms", 1, keeping(poll), 0),
                  new Check("TokenBucket, 99 ms", 1, keeping(99), 0))
              .with(new Chart(
                  "What a refill in whole tokens loses, at a token every 100 ms",
                  Axis.linear("time between questions, ms"),
                  Axis.linear("share of the rate that is granted"),
                  List.of(
                      Series.of(
                          "remainder kept", Mark.LINE, polls, map(polls, p -> keeping((int) p))),
                      Series.of(
                          "lost with a token",
                          Mark.LINE,
                          polls,
                          map(polls, p -> truncating((int) p, false))),
                      Series.of(
                          "lost always",
                          Mark.LINE,
                          polls,
                          map(polls, p -> truncating((int) p, true))))));
        });
  }

  private static Check truncated(int poll) {
    int round = roundOf(poll) * poll;
    return new Check(
        "share of the rate granted, whole tokens, " + poll + " ms",
        (double) (round / TOKEN_MILLIS * TOKEN_MILLIS) / round,
        truncating(poll, false),
        0);
  }

  /** After how many questions a whole token has arrived. */
  private static int roundOf(int pollMillis) {
    return (TOKEN_MILLIS + pollMillis - 1) / pollMillis;
  }

  private static double truncating(int pollMillis, boolean always) {
    ManualTicker ticker = new ManualTicker();
    return granted(ticker, new WholeTokens(ticker, always)::tryAcquire, pollMillis);
  }

  private static double keeping(int pollMillis) {
    ManualTicker ticker = new ManualTicker();
    Limit limit = Limit.of(1).per(Duration.ofMillis(TOKEN_MILLIS)).burst(TOKENS);
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    return granted(ticker, bucket::tryAcquire, pollMillis);
  }

  /** The share of the rate that somebody gets who takes all there is, again and again. */
  private static double granted(ManualTicker ticker, BooleanSupplier limiter, int pollMillis) {
    takeAll(limiter);
    int questions = TOKEN_MILLIS * roundOf(pollMillis);
    int granted = 0;
    for (int i = 0; i < questions; i++) {
      ticker.nanos += pollMillis * MILLI;
      granted += takeAll(limiter);
    }
    return (double) granted * TOKEN_MILLIS / (questions * pollMillis);
  }

  private static int takeAll(BooleanSupplier limiter) {
    int taken = 0;
    while (limiter.getAsBoolean()) {
      taken++;
    }
    return taken;
  }

  /** The textbook's bucket, which adds whole tokens and forgets the rest of the time. */
  private static final class WholeTokens {
    private final ManualTicker ticker;
    private final boolean always;
    private long tokens = TOKENS;
    private long mark;

    WholeTokens(ManualTicker ticker, boolean always) {
      this.ticker = ticker;
      this.always = always;
    }

    boolean tryAcquire() {
      long fresh = (ticker.nanos - mark) / (TOKEN_MILLIS * MILLI);
      if (fresh > 0 || always) {
        tokens = Math.min(TOKENS, tokens + fresh);
        mark = ticker.nanos;
      }
      return tokens > 0 && tokens-- > 0;
    }
  }
}
