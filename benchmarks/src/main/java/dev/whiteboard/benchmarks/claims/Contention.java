package dev.whiteboard.benchmarks.claims;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Clients that each change one record once, with optimistic concurrency control: read its version, and write if the version is
 * still the same; else wait and begin again. In simulated time, after Brooker's aws-arch-backoff-simulator: a message takes 10 ms
 * on average, with a normal deviation.
 */
final class Contention {
  private static final double MESSAGE_MILLIS = 10;

  private final RandomGenerator random;
  private final double deviationMillis;
  private final PriorityQueue<Arrival> network =
      new PriorityQueue<>(Comparator.comparingDouble(Arrival::millis));

  private Contention(RandomGenerator random, double deviationMillis) {
    this.random = random;
    this.deviationMillis = deviationMillis;
  }

  /** How long to wait after a write has failed. */
  @FunctionalInterface
  interface Pause {
    /** The next wait: {@code retries} went before, the last of which waited {@code previous}. */
    Duration next(int retries, Duration previous);
  }

  /**
   * What it took until all were done.
   *
   * @param calls writes that reached the server
   * @param millis when the last client heard of its success
   */
  record Cost(double calls, double millis) {
    static final Cost NONE = new Cost(0, 0);

    /** Adds a share of another cost, to make means. */
    Cost plus(Cost other, double share) {
      return new Cost(calls + share * other.calls, millis + share * other.millis);
    }
  }

  /** A message at the server: a read, or a write with the version that was read. */
  private record Arrival(double millis, boolean write, int version, int retries, Duration waited) {}

  /** Runs once. Arrivals at the same moment are reads or writes of clients in lockstep, which are alike. */
  static Cost of(int clients, Pause pause, double deviationMillis, RandomGenerator random) {
    return new Contention(random, deviationMillis).run(clients, pause);
  }

  private Cost run(int clients, Pause pause) {
    for (int client = 0; client < clients; client++) {
      network.add(new Arrival(delay(), false, 0, 0, Duration.ZERO));
    }
    int version = 0;
    int calls = 0;
    double end = 0;
    for (Arrival next = network.poll(); next != null; next = network.poll()) {
      if (!next.write) {
        double answered = next.millis + delay();
        network.add(new Arrival(answered + delay(), true, version, next.retries, next.waited));
      } else {
        calls++;
        double answered = next.millis + delay();
        if (next.version == version) {
          version++;
          end = Math.max(end, answered);
        } else {
          Duration wait = pause.next(next.retries, next.waited);
          double again = answered + wait.toNanos() / 1e6 + delay();
          network.add(new Arrival(again, false, 0, next.retries + 1, wait));
        }
      }
    }
    return new Cost(calls, end);
  }

  private double delay() {
    return deviationMillis == 0
        ? MESSAGE_MILLIS
        : Math.abs(random.nextGaussian(MESSAGE_MILLIS, deviationMillis));
  }
}
