package dev.whiteboard.benchmarks.claims;

import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Servers behind one queue, first come, first served, in simulated time. Requests arrive at random and take one unit of time in
 * the mean.
 *
 * @param servers how many
 * @param utilisation the share of their time in which they work, below 1
 * @param service draws how long a request is served, with a mean of 1
 */
record SharedQueue(int servers, double utilisation, ToDoubleFunction<RandomGenerator> service) {
  private static final int BATCHES = 20;

  /**
   * The time from arrival to departure, in services.
   *
   * @param mean over all requests but the first twentieth, which finds the queue too short
   * @param tolerance four standard deviations of it, from the means of long batches: neighbours wait in the same queue
   */
  record Time(double mean, double tolerance) {}

  Time run(int requests, RandomGenerator random) {
    PriorityQueue<Double> freeAt = new PriorityQueue<>();
    for (int server = 0; server < servers; server++) {
      freeAt.add(0.0);
    }
    double[] batches = new double[BATCHES];
    int length = requests / (BATCHES + 1);
    double now = 0;
    for (int request = -length; request < BATCHES * length; request++) {
      now += random.nextExponential() / (servers * utilisation);
      double departure = Math.max(now, freeAt.remove()) + service.applyAsDouble(random);
      freeAt.add(departure);
      if (request >= 0) {
        batches[request / length] += (departure - now) / length;
      }
    }
    return new Time(Trials.mean(BATCHES, batch -> batches[batch]), Trials.fourSigma(batches));
  }
}
