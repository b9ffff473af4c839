package dev.whiteboard.benchmarks.designs.image;

/**
 * A number that was computed before the run, and what the run gave.
 *
 * @param what the quantity
 * @param unit its unit
 * @param predicted from the plan or a formula
 * @param measured from the run
 * @param tolerance how far they may lie apart
 * @param basis where the prediction and the tolerance come from
 */
public record Prediction(
    String what, String unit, double predicted, double measured, double tolerance, String basis) {
  /** Whether the run bears the prediction out. */
  public boolean holds() {
    return Math.abs(measured - predicted) <= tolerance;
  }

  /** How far the measurement lies from the prediction, as a share of it; 0 where both are 0. */
  public double error() {
    return measured == predicted ? 0 : (measured - predicted) / predicted;
  }
}
