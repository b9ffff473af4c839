package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How rare slowness becomes common when a request waits for many servers.
 *
 * <p><b>Idea.</b> A request that needs {@code n} answers is slow if any of them is: with servers that are slow independently
 * with probability p, that is 1 − (1 − p)^n. J. Dean and L. A. Barroso, <i>The Tail at Scale</i>, CACM 56(2), 2013.
 * Servers that share a cause of slowness do better than this.
 *
 * <p><b>Cost.</b> Two transcendental functions, exact to rounding for the smallest shares. <b>Thread safety.</b> Stateless.
 */
public final class TailLatency {
  private TailLatency() {}

  /**
   * Returns the share of slow requests.
   *
   * @param slowShare share of slow answers of one server, in [0, 1]
   * @param fanOut servers that a request waits for, at least 1
   * @return share of requests that wait for at least one slow answer
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double slowShareOfFanOut(double slowShare, int fanOut) {
    return -Math.expm1(checkFanOut(fanOut) * Math.log1p(-Checks.share(slowShare, "slowShare")));
  }

  /**
   * Returns how rare slowness must be at each server; the inverse of {@link #slowShareOfFanOut}.
   *
   * @param slowShareOfFanOut share of requests that may be slow, in [0, 1]
   * @param fanOut servers that a request waits for, at least 1
   * @return share of slow answers that each server may have
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double slowShareOfServer(double slowShareOfFanOut, int fanOut) {
    return -Math.expm1(
        Math.log1p(-Checks.share(slowShareOfFanOut, "slowShareOfFanOut")) / checkFanOut(fanOut));
  }

  private static int checkFanOut(int fanOut) {
    checkArgument(fanOut >= 1, "fanOut must be >= 1, was %s", fanOut);
    return fanOut;
  }
}
