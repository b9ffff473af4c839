package dev.whiteboard.benchmarks.peers;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What runs in a thread of its own, so that a law can see whether it waits and can give up on it. A thread that hangs does
 * not keep the process alive.
 */
final class Watched {
  private static final Duration LOOK = Duration.ofMillis(1);

  /** A thread that waits at so many looks in a row, while no other works, waits for ever. */
  private static final int LOOKS = 100;

  /** Many times what any of the laws' calls takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch done = new CountDownLatch(1);
  private final List<Throwable> failures = new ArrayList<>();
  private final Thread thread;

  private Watched(Runnable task) {
    thread = new Thread(() -> run(task), "law");
    thread.setDaemon(true);
  }

  static Watched start(Runnable task) {
    Watched watched = new Watched(task);
    watched.thread.start();
    return watched;
  }

  /** Whatever the task throws, even an overflow of the stack, is an outcome that a law asks for. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      failures.add(failure);
    } finally {
      done.countDown();
    }
  }

  /** Waits for the end; false if it does not come. Others may keep the task waiting. */
  boolean ends() {
    return Uninterruptibles.awaitUninterruptibly(done, PATIENCE);
  }

  /** Waits for the end of a task that nobody keeps waiting but itself; false if it does. */
  boolean endsAlone() {
    int still = 0;
    while (still < LOOKS && !Uninterruptibles.awaitUninterruptibly(done, LOOK)) {
      still = isStill() ? still + 1 : 0;
    }
    return done.getCount() == 0;
  }

  /** Waits until the task has ended, or waits for something. */
  void settles() {
    while (!isStill()) {
      Thread.onSpinWait();
    }
  }

  /** Whether the task has ended, or waits for something. */
  boolean isStill() {
    return done.getCount() == 0 || thread.getState() != Thread.State.RUNNABLE;
  }

  /** Whether the task, which has ended, threw. */
  boolean failed() {
    return !failures.isEmpty();
  }

  /** What it threw. */
  Throwable failure() {
    return failures.get(0);
  }
}
