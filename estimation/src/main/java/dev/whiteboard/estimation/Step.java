package dev.whiteboard.estimation;

import java.util.List;

/**
 * A line of a {@link CapacityPlan}'s working.
 *
 * @param name a stable identifier, such as "peak-read-rate"
 * @param formula what is computed, in the names of assumptions and earlier steps
 * @param substitution the formula with the medians put in, rounded for people
 * @param value the result
 * @param unit the unit of {@code value}
 * @param sensitivities the uncertain assumptions that the result depends on, the weightiest first; empty if it is exact
 */
public record Step(
    String name,
    String formula,
    String substitution,
    Estimate value,
    Unit unit,
    List<Sensitivity> sensitivities) {
  /**
   * Copies the list.
   *
   * @param name a stable identifier
   * @param formula what is computed
   * @param substitution the formula with the medians put in
   * @param value the result
   * @param unit the unit of {@code value}
   * @param sensitivities the uncertain assumptions that the result depends on
   * @throws NullPointerException if {@code sensitivities} is or contains null
   */
  public Step {
    sensitivities = List.copyOf(sensitivities);
  }

  /**
   * Rounds the result for people.
   *
   * @return the median, such as "458 GB"
   */
  public String format() {
    return unit.format(value.value());
  }

  /**
   * How much of a result's doubt one assumption brings in.
   *
   * @param assumption the assumption's name
   * @param share its share of the variance of the result's logarithm, in [0, 1]
   */
  public record Sensitivity(String assumption, double share) {}
}
