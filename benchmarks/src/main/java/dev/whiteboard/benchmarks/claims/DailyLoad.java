package dev.whiteboard.benchmarks.claims;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A day of requests that arrive at random, at a rate that follows a sine and changes each hour.
 *
 * @param mean requests per second over the whole day
 * @param swing how far the rate goes up and down: 0 for the same rate all day, 1 for none at night and twice the mean at noon
 */
record DailyLoad(double mean, double swing) {
  private static final int HOURS = 24;
  private static final int SECONDS = 3600;

  /** Requests per second in an hour. */
  private double rate(int hour) {
    return mean * (1 + swing * Math.cos(2 * Math.PI * (hour - HOURS / 2) / HOURS));
  }

  /** The mean and the standard deviation of a day's busiest second, in requests. */
  record Busiest(double mean, double deviation) {}

  /**
   * The requests of a second are Poisson's, and so the busiest of all has more than k with the probability 1 - prod F(k), F(k)
   * being the probability that one second has no more. The sum of these over k is the mean of the busiest.
   */
  Busiest busiestSecond() {
    double top = mean * (1 + swing);
    int most = (int) (top + 12 * Math.sqrt(top) + 30);
    double[] allBelow = new double[most];
    Arrays.fill(allBelow, 1);
    for (int hour = 0; hour < HOURS; hour++) {
      multiply(allBelow, rate(hour));
    }
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < most; k++) {
      sum += 1 - allBelow[k];
      squares += (2 * k + 1) * (1 - allBelow[k]);
    }
    return new Busiest(sum, Math.sqrt(squares - sum * sum));
  }

  /** Multiplies by the probability that no second of an hour has more than k requests, for each k. */
  private static void multiply(double[] allBelow, double rate) {
    double logTerm = -rate;
    double below = 0;
    for (int k = 0; k < allBelow.length; k++) {
      below = Math.min(1, below + Math.exp(logTerm));
      allBelow[k] *= Math.pow(below, SECONDS);
      logTerm += Math.log(rate) - Math.log(k + 1);
    }
  }

  /** What one day showed, in requests per second. */
  record Observed(double busiestHour, double busiestSecond) {}

  Observed observe(RandomGenerator random) {
    double hourly = 0;
    int secondly = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      int[] counts = requests(rate(hour), random);
      hourly = Math.max(hourly, Arrays.stream(counts).sum() / (double) SECONDS);
      secondly = Math.max(secondly, Arrays.stream(counts).max().orElseThrow());
    }
    return new Observed(hourly, secondly);
  }

  /** The requests in each second of an hour. */
  private static int[] requests(double rate, RandomGenerator random) {
    int[] counts = new int[SECONDS];
    for (double time = random.nextExponential() / rate;
        time < SECONDS;
        time += random.nextExponential() / rate) {
      counts[(int) time]++;
    }
    return counts;
  }
}
