package dev.whiteboard.estimation;

import java.util.List;
import java.util.Locale;

/**
 * What a {@link CapacityPlan} says of a figure that somebody else has computed.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param step the plan's own figure
 * @param claim the other, as it was written
 * @param ratio the claim over the plan's median; NaN if both are 0, infinite if only the plan's is
 * @param verdict whether they agree
 * @param explanations slips that would lead to the claim, the likeliest first; empty if none is known or needed
 */
public record Audit(
    Step step, String claim, double ratio, Verdict verdict, List<String> explanations) {
  /** How far a claim is off. */
  public enum Verdict {
    /** By half a percent at most. */
    AGREES,
    /** By 8.5 % at most, which rounding to one or two digits does. */
    ROUNDED,
    /** By more, and a common slip explains it. */
    EXPLAINED,
    /** By more, and no common slip explains it. */
    UNEXPLAINED
  }

  /**
   * Copies the list.
   *
   * @param step the plan's own figure
   * @param claim the other
   * @param ratio the claim over the plan's median
   * @param verdict whether they agree
   * @param explanations slips that would lead to the claim
   */
  public Audit {
    explanations = List.copyOf(explanations);
  }

  /**
   * Says it in a sentence.
   *
   * @return such as "storage: 4.58 TB is 10 times the plan's 458 GB, off by a power of ten"
   */
  @Override
  public String toString() {
    String head = step.name() + ": " + claim;
    return switch (verdict) {
      case AGREES -> head + " agrees with " + step.format();
      case ROUNDED ->
        String.format(
            Locale.ROOT,
            "%s is the plan's %s, rounded by %+.1f %%",
            head,
            step.format(),
            100 * (ratio - 1));
      case EXPLAINED -> head + times() + "; " + String.join("; or ", explanations);
      case UNEXPLAINED -> head + times() + "; no common slip explains it";
    };
  }

  private String times() {
    return " is " + Count.of(ratio).format() + " times the plan's " + step.format();
  }
}
