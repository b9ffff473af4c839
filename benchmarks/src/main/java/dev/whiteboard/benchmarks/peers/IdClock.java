package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.core.hash.Xxh3;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wall clock that is moved by hand. It moves by itself for those only who wait: by a millisecond when it has been read
 * often and no id has come of it.
 */
final class IdClock extends Clock {
  static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  /** A generator reads the clock once or twice for an id. */
  private static final int FOR_ONE_THREAD = 50;

  /** Threads cannot tell whose readings came to nothing: time passes at 200 readings a millisecond. */
  private static final int FOR_MANY_THREADS = 200;

  private static final int READINGS_PER_YIELD = 128;

  private final int patience;
  private final AtomicInteger readings = new AtomicInteger();
  private final AtomicLong wallMillis = new AtomicLong(START.toEpochMilli());
  private final AtomicLong elapsedMillis = new AtomicLong();
  private final AtomicLong seeds = new AtomicLong();

  private IdClock(int patience) {
    this.patience = patience;
  }

  static IdClock forOneThread() {
    return new IdClock(FOR_ONE_THREAD);
  }

  static IdClock forManyThreads() {
    return new IdClock(FOR_MANY_THREADS);
  }

  /** Now and then a thread lets others go first after it has read: what is not atomic around a reading comes apart. */
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: it makes a race likely.
  public long millis() {
    int reading = readings.incrementAndGet();
    if (reading % patience == 0) {
      pass(1);
    }
    long millis = now();
    if (patience == FOR_MANY_THREADS && reading % READINGS_PER_YIELD == 0) {
      Thread.yield();
    }
    return millis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** What it shows, for those who judge ids. */
  long now() {
    return wallMillis.get();
  }

  /** Elapsed time, which never steps. */
  long elapsedNanos() {
    return TimeUnit.MILLISECONDS.toNanos(elapsedMillis.get());
  }

  /** An id was issued. */
  void nobodyWaits() {
    readings.lazySet(0);
  }

  /** Lets time pass. */
  void pass(long millis) {
    elapsedMillis.addAndGet(millis);
    step(millis);
  }

  /** Sets the wall clock forward, or back if the argument is negative. */
  void step(long millis) {
    wallMillis.addAndGet(millis);
  }

  /** Random numbers for one generator: no two of them have the same, and every run has the same. */
  Random random() {
    return new Random(Xxh3.hash(seeds.incrementAndGet()));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
