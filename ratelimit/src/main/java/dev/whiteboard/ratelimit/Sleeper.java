package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets time pass: the thread's sleep, or a test's clock that is moved by hand.
 *
 * <p><b>Thread safety.</b> An implementation can be called from any thread.
 */
@FunctionalInterface
public interface Sleeper {
  /**
   * Returns once a time has passed: not before, and possibly later.
   *
   * @param duration how long to wait, 0 or more
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Returns the sleeper that puts the calling thread to sleep, in the grain of {@link Thread#sleep(long, int)} rounded
   * up.
   *
   * @return a sleeper that sleeps for 292 years if it is told longer; its argument must be 0 or more
   */
  static Sleeper system() {
    return duration -> {
      requireNonNull(duration, "duration");
      checkArgument(!duration.isNegative(), "duration must be >= 0, was %s", duration);
      TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(duration));
    };
  }
}
