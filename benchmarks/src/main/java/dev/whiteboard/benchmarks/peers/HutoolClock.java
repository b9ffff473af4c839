package dev.whiteboard.benchmarks.peers;

import java.time.InstantSource;

/**
 * The clock that {@link HutoolIds} puts into hutool's class. Public because a class of another loader calls it.
 *
 * <p><b>Thread safety.</b> Each thread has its own.
 */
public final class HutoolClock {
  private static final ThreadLocal<InstantSource> CLOCK =
      ThreadLocal.withInitial(IdClock::forOneThread);

  private HutoolClock() {}

  static void set(InstantSource clock) {
    CLOCK.set(clock);
  }

  /** Reads the clock, in the signature of the one that it stands for. */
  public static long now() {
    return CLOCK.get().millis();
  }
}
