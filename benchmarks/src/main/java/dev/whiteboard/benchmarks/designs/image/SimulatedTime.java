package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/** Wall clock and elapsed time of a simulation: both stand still until somebody advances them. */
final class SimulatedTime extends Ticker implements InstantSource {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private long nanos;

  void advanceSeconds(double seconds) {
    nanos += Math.round(seconds * 1e9);
  }

  double seconds() {
    return nanos / 1e9;
  }

  @Override
  public long read() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos);
  }
}
