package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Point;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What became of clients that all called a server at time 0, and call again until it has served them. */
final class Herd {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Calls in each second that has any. */
  private final Map<Long, Integer> callsBySecond = new HashMap<>();

  private long calls;
  private long lastNanos;

  private Herd() {}

  /**
   * Runs.
   *
   * @param clients how many there are
   * @param perSecond how many calls the server bears in a second, and at once
   * @param wait the wait before a client's retry, by how many went before
   */
  static Herd of(int clients, int perSecond, IntFunction<Duration> wait) {
    ManualTicker ticker = new ManualTicker();
    TokenBucket server =
        RateLimiter.tokenBucket(Limit.perSecond(perSecond)).ticker(ticker).build();
    PriorityQueue<Call> waiting = new PriorityQueue<>(Comparator.comparingLong(Call::nanos));
    IntStream.range(0, clients).forEach(client -> waiting.add(new Call(0, 0)));
    Herd herd = new Herd();
    for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
      ticker.nanos = call.nanos;
      herd.count(call.nanos);
      if (!server.tryAcquire()) {
        long next = call.nanos + wait.apply(call.retries).toNanos();
        waiting.add(new Call(next, call.retries + 1));
      }
    }
    return herd;
  }

  private record Call(long nanos, int retries) {}

  private void count(long nanos) {
    calls++;
    lastNanos = nanos;
    callsBySecond.merge(nanos / SECOND, 1, Integer::sum);
  }

  /** Calls until all were served. */
  double calls() {
    return calls;
  }

  /** When the last call came, which was served. */
  double seconds() {
    return (double) lastNanos / SECOND;
  }

  /** The calls in each second up to one, zeros included. */
  Series series(String name, int seconds) {
    return new Series(
        name,
        Mark.LINE,
        IntStream.rangeClosed(0, seconds)
            .mapToObj(second -> new Point(second, callsBySecond.getOrDefault((long) second, 0)))
            .toList());
  }
}
