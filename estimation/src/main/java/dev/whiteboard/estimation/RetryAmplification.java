package dev.whiteboard.estimation;

/**
 * How many attempts reach a failing service when its callers retry, and their callers retry as well.
 *
 * <p><b>Idea.</b> With a share f of attempts failing, up to m attempts are on average 1 + f + … + f^(m − 1). A layer above
 * sees the failures that are left, f^m, and retries those; so d layers make up to m^d attempts. Three retries in three layers
 * are 64 attempts on a database that is already down. B. Beyer and others, <i>Site Reliability Engineering</i>, 2016,
 * chapter 22.
 *
 * <p><b>Domain.</b> Attempts fail independently. In an overload they do not: the attempts are the load, f rises with them, and
 * m^d is what to reckon with.
 *
 * <p><b>Cost.</b> A few operations. <b>Thread safety.</b> Stateless.
 */
public final class RetryAmplification {
  private RetryAmplification() {}

  /**
   * Returns the load that retries make of one request.
   *
   * @param failureShare share of attempts that fail, in [0, 1]
   * @param maxAttempts attempts in each layer before it gives up, the first included, at least 1
   * @param layers that retry, each above the next, at least 1
   * @return mean attempts at the bottom, in [1, maxAttempts^layers]; infinite if that is beyond a double
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double attempts(double failureShare, int maxAttempts, int layers) {
    Checks.share(failureShare, "failureShare");
    double most = mostAttempts(maxAttempts, layers);
    if (failureShare == 1) {
      return most;
    }
    // The layers' means multiply to one geometric sum of m^d terms.
    double log = Math.log(failureShare);
    return Math.expm1(most * log) / Math.expm1(log);
  }

  /**
   * Returns the load that retries make of one request when all attempts fail.
   *
   * @param maxAttempts attempts in each layer before it gives up, the first included, at least 1
   * @param layers that retry, each above the next, at least 1
   * @return maxAttempts^layers; infinite if that is beyond a double
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double mostAttempts(int maxAttempts, int layers) {
    Checks.atLeastOne(maxAttempts, "maxAttempts");
    return Math.pow(maxAttempts, Checks.atLeastOne(layers, "layers"));
  }

  /**
   * Returns what retries are for: the failures that the caller still sees.
   *
   * @param failureShare share of attempts that fail, in [0, 1]
   * @param maxAttempts attempts in each layer before it gives up, the first included, at least 1
   * @param layers that retry, each above the next, at least 1
   * @return share of requests of which all attempts fail
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double failureShareAfterRetries(double failureShare, int maxAttempts, int layers) {
    Checks.share(failureShare, "failureShare");
    double most = mostAttempts(maxAttempts, layers);
    if (failureShare == 1) {
      return 1; // 1 to the power of infinity would be NaN
    }
    return Math.pow(failureShare, most);
  }
}
