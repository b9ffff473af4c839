package dev.whiteboard.ratelimit;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Elapsed time that a test moves. */
final class TestTicker extends Ticker {
  private final AtomicLong nanos = new AtomicLong();

  void set(long reading) {
    nanos.set(reading);
  }

  void advance(long nanoseconds) {
    nanos.addAndGet(nanoseconds);
  }

  void advance(Duration duration) {
    advance(duration.toNanos());
  }

  @Override
  public long read() {
    return nanos.get();
  }
}
