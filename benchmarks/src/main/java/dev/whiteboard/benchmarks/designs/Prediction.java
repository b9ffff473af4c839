package dev.whiteboard.benchmarks.designs;

/**
 * A number that was computed before the run, and what the run gave.
 *
 * @param what the quantity
 * @param unit its unit
 * @param predicted from the plan or a formula
 * @param measured from the run
 * @param tolerance how far they may lie apart
 * @param timed whether it depends on how fast the machine is: it is shown, and decides nothing
 * @param basis where the prediction and the tolerance come from
 */
public record Prediction(
    String what,
    String unit,
    double predicted,
    double measured,
    double tolerance,
    boolean timed,
    String basis) {
  /** A number that does not depend on the machine. */
  public static Prediction of(
      String what, String unit, double predicted, double measured, double tolerance, String basis) {
    return new Prediction(what, unit, predicted, measured, tolerance, false, basis);
  }

  /** A number that depends on how fast the machine is, and what else it does. */
  public static Prediction timed(
      String what, String unit, double predicted, double measured, double tolerance, String basis) {
    return new Prediction(what, unit, predicted, measured, tolerance, true, basis);
  }

  /** Whether the run bears the prediction out. */
  public boolean holds() {
    return Math.abs(measured - predicted) <= tolerance;
  }

  /** How far the measurement lies from the prediction, as a share of it; 0 where both are 0. */
  public double error() {
    return measured == predicted ? 0 : (measured - predicted) / predicted;
  }
}
