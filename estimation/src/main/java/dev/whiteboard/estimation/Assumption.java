package dev.whiteboard.estimation;

/**
 * A number that a {@link CapacityPlan} takes for granted.
 *
 * @param name how {@link CapacityPlan#with} addresses it
 * @param meaning what it stands for
 * @param text what it was set to
 * @param value the same as a number of {@code unit}
 * @param unit "B" for sizes, "1/month" and the like for rates, "year" and the like for times, "1" for numbers and shares
 */
public record Assumption(String name, String meaning, String text, Estimate value, String unit) {}
