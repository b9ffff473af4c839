package dev.whiteboard.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The time of day, in microseconds since the epoch of stores, that a test moves. */
final class SharedTestClock implements InstantSource {
  /** In 2026, at the start of a second, a minute, an hour and a day. */
  static final long START = Duration.ofDays(2400).toSeconds() * 1_000_000;

  private final AtomicLong micros = new AtomicLong(START);

  long micros() {
    return micros.get();
  }

  void set(long reading) {
    micros.set(reading);
  }

  void advance(long microseconds) {
    micros.addAndGet(microseconds);
  }

  void advance(Duration duration) {
    advance(duration.toNanos() / 1000);
  }

  /** Another machine's clock, which is ahead by so much. */
  InstantSource ahead(long microseconds) {
    return () -> instant().plus(microseconds, ChronoUnit.MICROS);
  }

  @Override
  public Instant instant() {
    return Store.EPOCH.plus(micros(), ChronoUnit.MICROS);
  }
}
