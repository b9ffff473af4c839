package dev.whiteboard.benchmarks.report;

import dev.whiteboard.estimation.Assumption;
import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Step;
import java.util.List;

/** A capacity plan as JSON shows it. */
public record Sheet(
    String name, List<Line> steps, List<String> warnings, List<Assumption> assumptions) {
  /** A step; {@code low} and {@code high} bound the 90 % interval. */
  public record Line(
      String name,
      String formula,
      double value,
      String unit,
      double low,
      double high,
      String substitution,
      List<Step.Sensitivity> sensitivities) {}

  /** The sheet of a plan. */
  public static Sheet of(CapacityPlan plan) {
    return new Sheet(
        plan.name(),
        plan.steps().stream()
            .map(step -> new Line(
                step.name(),
                step.formula(),
                step.value().value(),
                step.unit().symbol(),
                step.value().low(),
                step.value().high(),
                step.substitution(),
                step.sensitivities()))
            .toList(),
        plan.warnings(),
        plan.assumptions());
  }
}
