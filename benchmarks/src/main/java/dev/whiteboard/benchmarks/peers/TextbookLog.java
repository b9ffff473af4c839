package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.ratelimit.Limit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The sliding window of many tutorials: a queue for many threads, in which each looks for room before it takes it. */
final class TextbookLog implements Limiter {
  private final Limit limit;
  private final HandClock clock;
  private final Queue<Long> times = new ConcurrentLinkedQueue<>();

  private TextbookLog(Limit limit, HandClock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  static Kind kind() {
    return Kind.of(Promise.LOG, TextbookLog::new);
  }

  @Override
  public boolean tryAcquire(long permits) {
    long old = clock.read() - limit.period().toNanos();
    times.removeIf(time -> time <= old);
    if (permits > limit.permits() - times.size()) {
      return false;
    }
    for (long i = 0; i < permits; i++) {
      times.add(clock.read());
    }
    return true;
  }
}
