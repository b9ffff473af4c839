package dev.whiteboard.benchmarks.claims;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Servers that answer fast, save for a share of the answers. Both times are exponential.
 *
 * @param slowShare the share of slow answers
 * @param fastMillis the mean time of a fast one
 * @param slowMillis the mean time of a slow one
 */
record Hedging(double slowShare, double fastMillis, double slowMillis) {
  /** The share of answers that take longer than a time. */
  double slower(double millis) {
    return (1 - slowShare) * Math.exp(-millis / fastMillis)
        + slowShare * Math.exp(-millis / slowMillis);
  }

  /** The same with a second request after a delay, if it is the request that makes an answer slow: then both take as long. */
  double slowerIfRequestIsSlow(double millis, double delay) {
    double second = Math.max(0, millis - delay);
    return (1 - slowShare) * Math.exp(-(millis + second) / fastMillis)
        + slowShare * Math.exp(-millis / slowMillis);
  }

  /** The times of requests that are sent once, in order of length, as those of the others are. */
  double[] once(int requests) {
    return times(requests, this::answer);
  }

  double[] twice(int requests, double delay) {
    return times(requests, random -> {
      double first = answer(random);
      return first > delay ? Math.min(first, delay + answer(random)) : first;
    });
  }

  double[] twiceIfRequestIsSlow(int requests, double delay) {
    return times(requests, random -> {
      if (random.nextDouble() < slowShare) {
        return slowMillis * random.nextExponential();
      }
      double first = fastMillis * random.nextExponential();
      return first > delay ? Math.min(first, delay + fastMillis * random.nextExponential()) : first;
    });
  }

  private double answer(RandomGenerator random) {
    double mean = random.nextDouble() < slowShare ? slowMillis : fastMillis;
    return mean * random.nextExponential();
  }

  private static double[] times(int requests, ToDoubleFunction<RandomGenerator> time) {
    RandomGenerator random = Settings.random(7);
    return DoubleStream.generate(() -> time.applyAsDouble(random))
        .limit(requests)
        .sorted()
        .toArray();
  }

  /** The share of the times that are longer. */
  static double shareAbove(double millis, double[] times) {
    return Arrays.stream(times).filter(time -> time > millis).count() / (double) times.length;
  }

  /** The time that a share of the times exceeds. */
  static double exceededBy(double share, double[] times) {
    return times[(int) ((1 - share) * times.length)];
  }
}
