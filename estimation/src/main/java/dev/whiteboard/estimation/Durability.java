package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How likely data is lost in a year when disks fail and are replaced.
 *
 * <p><b>Idea.</b> A year is cut into windows as long as a repair takes. Data is lost if, in one of them, more disks fail than
 * the code can spare. B. Beach, <i>Backblaze Durability Calculates at 99.999999999%</i>, 2018, and
 * github.com/Backblaze/erasure-coding-durability. The result is the loss, not the durability: 1 − 10^−20 is 1 in a double, but
 * 10^−20 is not 0.
 *
 * <p><b>Domain.</b> Disks fail independently and at a constant rate. Fires, bugs and operators do not, and beyond some eleven
 * nines they decide. Failures on two sides of a window's edge are not counted together; where each repair has a window of its
 * own, the loss is about as many times higher as failures are fatal: twice for two copies.
 *
 * <p><b>Cost.</b> As many steps as there are disks. <b>Thread safety.</b> Stateless.
 */
public final class Durability {
  private Durability() {}

  /**
   * Returns the loss of data kept in full copies.
   *
   * @param copies on different disks, at least 1
   * @param annualFailureRate failures of one disk per year of 365 days, finite and at least 0; 0.01 is 1 %
   * @param repairTime until a failed copy is made again, above 0 and at most a year
   * @return the probability that all copies are lost at one time within a year
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double lossOfCopies(int copies, double annualFailureRate, TimeSpan repairTime) {
    Checks.atLeastOne(copies, "copies");
    return loss(copies, copies, annualFailureRate, repairTime);
  }

  /**
   * Returns the loss of data kept in an erasure code, any {@code dataShards} of which restore it.
   *
   * @param dataShards at least 1
   * @param parityShards at least 0, and with {@code dataShards} below 2^31
   * @param annualFailureRate failures of one disk per year of 365 days, finite and at least 0; 0.01 is 1 %
   * @param repairTime until a failed shard is made again, above 0 and at most a year
   * @return the probability that more than {@code parityShards} are lost at one time within a year
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double lossOfErasureCode(
      int dataShards, int parityShards, double annualFailureRate, TimeSpan repairTime) {
    Checks.atLeastOne(dataShards, "dataShards");
    Checks.inRange(parityShards, 0, Integer.MAX_VALUE - dataShards, "parityShards");
    return loss(parityShards + 1, dataShards + parityShards, annualFailureRate, repairTime);
  }

  /**
   * Counts the nines.
   *
   * @param loss a probability in [0, 1]
   * @return −log₁₀ loss: 11 for 1e-11, infinite for 0
   * @throws IllegalArgumentException if {@code loss} is out of range
   */
  public static double nines(double loss) {
    return Math.abs(Math.log10(Checks.share(loss, "loss")));
  }

  private static double loss(int fatal, int disks, double annualFailureRate, TimeSpan repairTime) {
    Checks.nonNegative(annualFailureRate, "annualFailureRate");
    double years = requireNonNull(repairTime, "repairTime").in(CalendarUnit.YEAR);
    checkArgument(
        years > 0 && years <= 1, "repairTime must be > 0 and at most a year, was %s", repairTime);
    double failure = -Math.expm1(-annualFailureRate * years);
    double inWindow = Binomial.atLeast(fatal, disks, failure);
    return -Math.expm1(Math.log1p(-inWindow) / years);
  }
}
