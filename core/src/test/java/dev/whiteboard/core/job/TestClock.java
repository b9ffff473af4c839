package dev.whiteboard.core.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
final class TestClock implements InstantSource {
  static final Instant START = Instant.ofEpochMilli(1_795_435_200_000L);

  private final AtomicLong millis = new AtomicLong(START.toEpochMilli());

  void advance(Duration duration) {
    millis.addAndGet(duration.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }
}
