package dev.whiteboard.estimation;

/** How many of n independent events happen. */
final class Binomial {
  private Binomial() {}

  /**
   * The probability that at least {@code least} of {@code trials} events happen, within 1e-12 of it however small it is.
   *
   * @param least in [0, trials]
   */
  static double atLeast(int least, int trials, double probability) {
    if (least == 0 || probability == 1) {
      return 1;
    }
    if (probability == 0) {
      return 0;
    }
    // The side that leads away from the mean is the smaller one, and its terms shrink from the
    // first on.
    return least > trials * probability
        ? tail(least, trials, probability)
        : 1 - tail(trials - least + 1, trials, 1 - probability);
  }

  /** The terms from {@code least} up, of which the first is the largest. */
  private static double tail(int least, int trials, double probability) {
    double odds = probability / (1 - probability);
    double term = 1;
    double sum = 1;
    for (int i = least; i < trials && term > sum * 1e-17; i++) {
      term *= (trials - i) / (i + 1.0) * odds;
      sum += term;
    }
    return sum * exactly(least, trials, probability);
  }

  /** The probability of exactly {@code count}, by logarithms because a factor alone may be beyond a double. */
  private static double exactly(int count, int trials, double probability) {
    double log = count * Math.log(probability) + (trials - count) * Math.log1p(-probability);
    int few = Math.min(count, trials - count);
    for (int i = 1; i <= few; i++) {
      log += Math.log((trials - few + i) / (double) i);
    }
    return Math.exp(log);
  }
}
