package dev.whiteboard.benchmarks.peers;

import com.google.common.base.Ticker;

/** A clock that is moved by hand. It starts at one hour, as if the process had run for a while. */
final class HandClock extends Ticker {
  static final long START_NANOS = 3_600_000_000_000L;

  private final boolean crowded;
  private volatile long nanos = START_NANOS;

  private HandClock(boolean crowded) {
    this.crowded = crowded;
  }

  static HandClock forOneThread() {
    return new HandClock(false);
  }

  /** Whoever reads it lets other threads go first: what is not atomic around a reading comes apart. */
  static HandClock forManyThreads() {
    return new HandClock(true);
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: it makes a race likely.
  public long read() {
    if (crowded) {
      Thread.yield();
    }
    return nanos;
  }

  void set(long elapsedNanos) {
    nanos = START_NANOS + elapsedNanos;
  }

  /** The time since it was made; negative if it has been set back. */
  long elapsedNanos() {
    return nanos - START_NANOS;
  }
}
