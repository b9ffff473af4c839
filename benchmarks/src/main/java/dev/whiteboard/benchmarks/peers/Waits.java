package dev.whiteboard.benchmarks.peers;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a client waits before it tries again: a backoff as the laws see it. */
@FunctionalInterface
interface Waits {
  /** The longest wait before the first retry, as a client asks for it. */
  Duration BASE = Duration.ofSeconds(1);

  /** The longest wait before any retry, as a client asks for it. */
  Duration CAP = Duration.ofHours(1);

  /** The wait before a retry, after so many others. */
  Duration before(int attempt, RandomGenerator random);
}
