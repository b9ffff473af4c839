package dev.whiteboard.benchmarks.claims;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Point;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.caching.Cache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Claims about many misses at once. */
final class StampedeClaims {
  private static final int CYCLES = 3;

  private StampedeClaims() {}

  static List<Claim> all() {
    return List.of(hotMissLoadsOften(), jitterSpreadsExpiry());
  }

  private static Claim hotMissLoadsOften() {
    return new Claim(
        "C08",
        "caching",
        "Without single-flight, a miss of a hot key causes as many loads as there are callers.",
        "Prateeshtalasu/SystemDesignGuide, Phase-04/05-cache-stampede-thundering-herd.md",
        Verdict.TRUE,
        "Whoever looks before the first load has ended finds nothing and loads too: N loads by N callers. Cache.get(key, loader) lets "
            + "one caller load and the others wait for its value: 1.",
        "Check-then-load is a race however short the load is; it hurts most where loads are slow.",
        List.of(Parameter.count("callers", 200, 2, 2000)),
        settings -> {
          int callers = settings.count("callers");
          int[] counts = {callers, Math.max(2, callers / 2), Math.max(2, callers / 4), 1};
          double[] naive = Arrays.stream(counts)
              .mapToDouble(StampedeClaims::loadsOfCheckThenLoad)
              .toArray();
          double[] single = Arrays.stream(counts)
              .mapToDouble(StampedeClaims::loadsOfSingleFlight)
              .toArray();
          double[] xs = CacheTrials.asDoubles(counts);
          return Outcome.of(
                  new Check("loads, check then load", callers, naive[0], 0),
                  new Check("loads, Cache.get(key, loader)", 1, single[0], 0))
              .with(new Chart(
                  "Loads of one key that many callers miss at once",
                  Axis.linear("callers"),
                  Axis.linear("loads"),
                  List.of(
                      Series.of("check, then load", Mark.LINE_AND_DOTS, xs, naive),
                      Series.of("Cache.get(key, loader)", Mark.LINE_AND_DOTS, xs, single))));
        });
  }

  /** Every caller has looked before the first one loads. */
  private static int loadsOfCheckThenLoad(int callers) {
    Cache<String, String> cache =
        Cache.<String, String>builder().maximumSize(10).build();
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch lookedUp = new CountDownLatch(callers);
    runAtOnce(callers, () -> {
      String cached = cache.getIfPresent("hot");
      lookedUp.countDown();
      if (cached == null) {
        Uninterruptibles.awaitUninterruptibly(lookedUp);
        loads.incrementAndGet();
        cache.put("hot", "value");
      }
    });
    return loads.get();
  }

  /** The load does not end before every caller has come. */
  private static int loadsOfSingleFlight(int callers) {
    Cache<String, String> cache =
        Cache.<String, String>builder().maximumSize(10).build();
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch arrived = new CountDownLatch(callers);
    runAtOnce(callers, () -> {
      arrived.countDown();
      cache.get("hot", key -> {
        Uninterruptibles.awaitUninterruptibly(arrived);
        loads.incrementAndGet();
        return "value";
      });
    });
    return loads.get();
  }

  private static void runAtOnce(int callers, Runnable call) {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      CompletableFuture.allOf(IntStream.range(0, callers)
              .mapToObj(i -> CompletableFuture.runAsync(call, threads))
              .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  private static Claim jitterSpreadsExpiry() {
    return new Claim(
        "C09",
        "caching",
        "Jitter on the time to live avoids synchronised expiry.",
        "Prateeshtalasu/SystemDesignGuide, Phase-04/05-cache-stampede-thundering-herd.md",
        Verdict.TRUE,
        "K keys written at once expire at once: K loads in one second. Lives spread evenly over 2 j TTL seconds make each of these "
            + "seconds Poisson with mean K / (2 j TTL); the fullest of n seconds has sum over k >= 0 of 1 - F(k)^n.",
        "With each reload the expiries spread further, so jitter pays every time. It does not help one hot key: that takes "
            + "single-flight.",
        List.of(
            Parameter.count("keys", 36_000, 1000, 1_000_000),
            Parameter.count("ttlSeconds", 3600, 100, 100_000),
            Parameter.real("jitter", 0.1, 0.05, 0.2)),
        settings -> {
          int keys = settings.count("keys");
          int ttl = settings.count("ttlSeconds");
          double jitter = settings.real("jitter");
          int[] together = expiries(keys, ttl, 0);
          int[] spread = expiries(keys, ttl, jitter);
          int firstCycle = (int) Math.ceil(ttl * (1 + jitter)) + 1;
          double seconds = 2 * jitter * ttl;
          Check peak =
              fullest("reloads in the fullest second, jitter", keys, seconds, spread, firstCycle);
          return Outcome.of(
                  new Check(
                      "reloads in the fullest second, no jitter",
                      keys,
                      peak(together, firstCycle),
                      0),
                  peak,
                  new Check(
                      "keys that expire in the first cycle, jitter",
                      keys,
                      sum(spread, firstCycle),
                      0))
              .with(new Chart(
                  String.format(
                      Locale.ROOT, "Reloads a second of %,d keys that were written at once", keys),
                  Axis.linear("seconds"),
                  Axis.log("reloads a second"),
                  List.of(
                      series("no jitter", Mark.DOTS, together),
                      series("jitter " + jitter, Mark.DOTS, spread))));
        });
  }

  /** How many entries expire in each second; who expires is loaded again at once. */
  private static int[] expiries(int keys, int ttl, double jitter) {
    RandomGenerator random = Settings.random(9);
    ManualTicker ticker = new ManualTicker();
    List<Integer> expired = new ArrayList<>();
    Cache<Integer, Boolean> cache = Cache.<Integer, Boolean>builder()
        .maximumSize(keys)
        .segments(1)
        .ticker(ticker)
        .expireAfter((key, value) ->
            Duration.ofNanos((long) (1e9 * ttl * (1 + jitter * (2 * random.nextDouble() - 1)))))
        .removalListener((key, value, cause) -> expired.add(key))
        .build();
    IntStream.range(0, keys).forEach(key -> cache.put(key, true));
    int[] counts = new int[CYCLES * ttl];
    for (int second = 0; second < counts.length; second++) {
      ticker.nanos = TimeUnit.SECONDS.toNanos(second + 1L);
      cache.purge();
      counts[second] = expired.size();
      expired.forEach(key -> cache.put(key, true));
      expired.clear();
    }
    return counts;
  }

  private static int peak(int[] counts, int seconds) {
    return Arrays.stream(counts, 0, seconds).max().orElseThrow();
  }

  private static int sum(int[] counts, int seconds) {
    return Arrays.stream(counts, 0, seconds).sum();
  }

  /** The largest of Poisson numbers: its mean, and four of its standard deviations. */
  private static Check fullest(
      String what, int keys, double seconds, int[] counts, int firstCycle) {
    double mean = keys / seconds;
    double logProbability = -mean;
    double below = Math.exp(logProbability);
    double first = 0;
    double second = 0;
    for (int k = 0; k < mean + 20 * Math.sqrt(mean) + 20; k++) {
      double above = 1 - Math.pow(Math.min(1, below), seconds);
      first += above;
      second += (2 * k + 1) * above;
      logProbability += Math.log(mean / (k + 1));
      below += Math.exp(logProbability);
    }
    return new Check(what, first, peak(counts, firstCycle), 4 * Math.sqrt(second - first * first));
  }

  private static Series series(String name, Mark mark, int[] counts) {
    int width = Math.max(1, counts.length / 400);
    return new Series(
        name,
        mark,
        IntStream.range(0, counts.length / width)
            .mapToObj(i -> new Point(
                (double) i * width,
                Arrays.stream(counts, i * width, (i + 1) * width).max().orElseThrow()))
            .filter(point -> point.y() > 0)
            .toList());
  }
}
