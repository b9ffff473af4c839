package dev.whiteboard.estimation;

import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a capacity plan as Markdown tables. */
final class PlanMarkdown {
  private static final int MOST_SENSITIVE = 3;

  private PlanMarkdown() {}

  static String of(CapacityPlan plan) {
    StringBuilder page = new StringBuilder("# ").append(plan.name()).append("\n\n");
    write(plan, page, "##");
    return page.toString();
  }

  /** Writes the plan's three parts under headings of a level. */
  static void write(CapacityPlan plan, StringBuilder page, String heading) {
    page.append(heading).append(" Assumptions\n\n");
    MarkdownTable assumptions = new MarkdownTable(page, "assumption", "value", "meaning");
    plan.assumptions().forEach(it -> assumptions.row(it.name(), it.text(), it.meaning()));

    page.append('\n').append(heading).append(" Working\n\n");
    boolean exact = plan.assumptions().stream().allMatch(it -> it.value().isExact());
    if (exact) {
      MarkdownTable steps = new MarkdownTable(page, "step", ">result", "formula", "with numbers");
      plan.steps()
          .forEach(it -> steps.row(it.name(), it.format(), it.formula(), it.substitution()));
    } else {
      MarkdownTable steps = new MarkdownTable(
          page, "step", ">median", "90 % interval", "formula", "with medians", "most sensitive to");
      plan.steps()
          .forEach(it -> steps.row(
              it.name(),
              it.format(),
              interval(it),
              it.formula(),
              it.substitution(),
              sensitivities(it)));
    }
    if (!plan.warnings().isEmpty()) {
      page.append('\n').append(heading).append(" Warnings\n\n");
      plan.warnings().forEach(warning -> page.append("- ").append(warning).append(".\n"));
    }
  }

  private static String interval(Step step) {
    Estimate value = step.value();
    return value.isExact()
        ? "exact"
        : step.unit().format(value.low()) + " – " + step.unit().format(value.high());
  }

  private static String sensitivities(Step step) {
    return step.sensitivities().stream()
        .limit(MOST_SENSITIVE)
        .map(it -> String.format(Locale.ROOT, "%s %.0f %%", it.assumption(), 100 * it.share()))
        .collect(Collectors.joining(", "));
  }
}
