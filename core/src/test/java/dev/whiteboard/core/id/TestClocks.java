package dev.whiteboard.core.id;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock that a test moves, and the elapsed time beside it. A reading can make time pass by itself. */
final class TestClocks extends Ticker implements InstantSource {
  private final AtomicLong wallNanos = new AtomicLong(1_800_000_000_000L * 1_000_000);
  private final AtomicLong elapsedNanos = new AtomicLong();
  private volatile long nanosPerReading;

  /** From now on every reading of the wall clock takes this long. */
  TestClocks perReading(Duration duration) {
    nanosPerReading = duration.toNanos();
    return this;
  }

  /** Time passes on both clocks. */
  void advance(Duration duration) {
    wallNanos.addAndGet(duration.toNanos());
    elapsedNanos.addAndGet(duration.toNanos());
  }

  /** Somebody sets the wall clock; no time passes. */
  void step(Duration duration) {
    wallNanos.addAndGet(duration.toNanos());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    elapsedNanos.addAndGet(nanosPerReading);
    return wallNanos.addAndGet(nanosPerReading) / 1_000_000;
  }

  @Override
  public long read() {
    return elapsedNanos.get();
  }
}
