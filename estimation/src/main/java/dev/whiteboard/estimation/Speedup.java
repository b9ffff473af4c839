package dev.whiteboard.estimation;

/**
 * What more processors can do for a program, part of which runs on one only.
 *
 * <p><b>Idea.</b> With the same work, the serial part is the limit: G. M. Amdahl, <i>Validity of the Single Processor Approach
 * to Achieving Large Scale Computing Capabilities</i>, AFIPS 1967. With work that grows with the machine in the same time, it
 * is not: J. L. Gustafson, <i>Reevaluating Amdahl's Law</i>, CACM 31(5), 1988. The shares differ: Amdahl's is of the time on
 * one processor, Gustafson's of the time on all.
 *
 * <p><b>Cost.</b> One line. <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> {@link UniversalScalability} when more workers can do harm.
 */
public final class Speedup {
  private Speedup() {}

  /**
   * Returns how many times faster the same work is done.
   *
   * @param parallelShare share of the time on one processor that can be spread, in [0, 1]
   * @param processors at least 1
   * @return 1 / (1 − p + p / n), in [1, n]
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double amdahl(double parallelShare, int processors) {
    Checks.share(parallelShare, "parallelShare");
    return 1 / (1 - parallelShare + parallelShare / Checks.atLeastOne(processors, "processors"));
  }

  /**
   * Returns how many times more work is done in the same time.
   *
   * @param parallelShare share of the time on all processors that is spread, in [0, 1]
   * @param processors at least 1
   * @return 1 − p + p n, in [1, n]
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double gustafson(double parallelShare, int processors) {
    Checks.share(parallelShare, "parallelShare");
    return 1 - parallelShare + parallelShare * Checks.atLeastOne(processors, "processors");
  }
}
