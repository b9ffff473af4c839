package dev.whiteboard.estimation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a capacity plan as Markdown tables. */
final class PlanMarkdown {
  private static final int MOST_SENSITIVE = 3;

  private PlanMarkdown() {}

  static String of(CapacityPlan plan) {
    StringBuilder page =
        new StringBuilder("# ").append(plan.name()).append("\n\n## Assumptions\n\n");
    row(page, "assumption", "value", "meaning");
    row(page, "---", "---", "---");
    plan.assumptions().forEach(it -> row(page, it.name(), it.text(), it.meaning()));

    page.append("\n## Working\n\n");
    boolean exact = plan.assumptions().stream().allMatch(it -> it.value().isExact());
    if (exact) {
      row(page, "step", "result", "formula", "with numbers");
      row(page, "---", "---:", "---", "---");
      plan.steps()
          .forEach(it -> row(page, it.name(), it.format(), it.formula(), it.substitution()));
    } else {
      row(page, "step", "median", "90 % interval", "formula", "with medians", "most sensitive to");
      row(page, "---", "---:", "---", "---", "---", "---");
      plan.steps()
          .forEach(it -> row(
              page,
              it.name(),
              it.format(),
              interval(it),
              it.formula(),
              it.substitution(),
              sensitivities(it)));
    }

    if (!plan.warnings().isEmpty()) {
      page.append("\n## Warnings\n\n");
      plan.warnings().forEach(warning -> page.append("- ").append(warning).append(".\n"));
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
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
