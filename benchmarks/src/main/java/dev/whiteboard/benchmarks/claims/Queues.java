package dev.whiteboard.benchmarks.claims;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Servers that each work off their own queue, first come, first served, in simulated time. Requests arrive at random, service
 * times are exponential with mean 1, and both are the same in each run, so that runs differ by who picks the server.
 */
final class Queues {
  /** The share of the requests, at the beginning, that is not counted: the queues are still filling. */
  static final double WARM_UP = 0.1;

  private static final int BATCHES = 20;

  private final int servers;
  private final double arrivalRate;
  private final int requests;

  Queues(int servers, double utilisation, int requests) {
    this.servers = servers;
    arrivalRate = servers * utilisation;
    this.requests = requests;
  }

  /**
   * Sends all requests.
   *
   * @param pick chooses the server of the next request, in [0, servers)
   * @param done is told the server of each request that ends, before the next one arrives
   */
  Times run(IntSupplier pick, IntConsumer done) {
    RandomGenerator random = Settings.random(13);
    double[] freeAt = new double[servers];
    PriorityQueue<Departure> departures = new PriorityQueue<>();
    double[] times = new double[requests];
    double now = 0;
    for (int request = 0; request < requests; request++) {
      now += exponential(random) / arrivalRate;
      for (Departure next = departures.peek();
          next != null && next.time <= now;
          next = departures.peek()) {
        done.accept(departures.remove().server);
      }
      int server = pick.getAsInt();
      freeAt[server] = Math.max(now, freeAt[server]) + exponential(random);
      times[request] = freeAt[server] - now;
      departures.add(new Departure(freeAt[server], server));
    }
    return new Times(Arrays.copyOfRange(times, (int) (WARM_UP * requests), requests));
  }

  private static double exponential(RandomGenerator random) {
    return -Math.log1p(-random.nextDouble());
  }

  private record Departure(double time, int server) implements Comparable<Departure> {
    @Override
    public int compareTo(Departure other) {
      return Double.compare(time, other.time);
    }
  }

  /** The response times of one run. */
  static final class Times {
    private final double[] byArrival;
    private final double[] sorted;

    Times(double[] byArrival) {
      this.byArrival = byArrival;
      sorted = byArrival.clone();
      Arrays.sort(sorted);
    }

    double mean() {
      return Arrays.stream(byArrival).average().orElseThrow();
    }

    double quantile(double q) {
      return sorted[(int) (q * (sorted.length - 1))];
    }

    /** Four standard deviations of the mean, from the means of long batches: neighbours wait in the same queues. */
    double tolerance() {
      int length = byArrival.length / BATCHES;
      double mean = mean();
      double variance = Trials.mean(BATCHES, batch -> {
        double ofBatch = Arrays.stream(byArrival, batch * length, (batch + 1) * length)
            .average()
            .orElseThrow();
        return Math.pow(ofBatch - mean, 2);
      });
      return 4 * Math.sqrt(variance / (BATCHES - 1));
    }
  }
}
