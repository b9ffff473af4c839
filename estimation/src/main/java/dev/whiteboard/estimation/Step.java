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

  /** Units of results. */
  public enum Unit {
    /** Bytes. */
    BYTES("B"),
    /** Bytes a second. */
    BYTES_PER_SECOND("B/s"),
    /** Bytes a month. */
    BYTES_PER_MONTH("B/month"),
    /** Things counted. */
    ITEMS("items"),
    /** Events a second. */
    PER_SECOND("1/s"),
    /** Events a day. */
    PER_DAY("1/day");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /**
     * Returns how the unit is written.
     *
     * @return "B", "B/s", "B/month", "items", "1/s" or "1/day"
     */
    public String symbol() {
      return symbol;
    }

    /**
     * Rounds a number of this unit for people.
     *
     * @param value the number, finite and at least 0
     * @return three digits with a unit, such as "9.65 MB/s" or "19.3k/s"
     * @throws IllegalArgumentException if {@code value} is negative, infinite or NaN
     */
    public String format(double value) {
      return switch (this) {
        case BYTES -> DataSize.ofBytes(value).format();
        case BYTES_PER_SECOND -> DataSize.ofBytes(value).format() + "/s";
        case BYTES_PER_MONTH -> DataSize.ofBytes(value).format() + "/month";
        case ITEMS -> Count.of(value).format();
        case PER_SECOND -> Count.of(value).format() + "/s";
        case PER_DAY -> Count.of(value).format() + "/day";
      };
    }
  }
}
