package dev.whiteboard.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer that rings when a test says so. It never starts a thread. */
final class TestTimer extends ScheduledThreadPoolExecutor {
  final List<Alarm> alarms = new ArrayList<>();
  boolean refuses;

  TestTimer() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    if (refuses) {
      throw new RejectedExecutionException("full");
    }
    Alarm alarm = new Alarm(task, unit.toNanos(delay));
    alarms.add(alarm);
    return alarm;
  }

  static final class Alarm extends FutureTask<Void> implements ScheduledFuture<Void> {
    final long delayNanos;

    Alarm(Runnable task, long delayNanos) {
      super(task, null);
      this.delayNanos = delayNanos;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(delayNanos, other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
