package dev.whiteboard.partitioning;

import static java.util.Comparator.comparing;

import com.google.common.collect.Sets;
import com.google.common.escape.Escaper;
import com.google.common.escape.Escapers;
import dev.whiteboard.partitioning.RebalancePlan.Move;
import dev.whiteboard.partitioning.RebalancePlan.Route;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A {@link RebalancePlan} in words and figures. */
final class RebalanceReport<N> {
  private static final Escaper MARKDOWN = markdownEscaper();

  private final RebalancePlan<N> plan;
  private final Map<N, Integer> before = new LinkedHashMap<>();

  RebalanceReport(RebalancePlan<N> plan) {
    this.plan = plan;
    nodes().forEach(id -> before.put(id, 0));
    for (int slot = 0; slot < plan.before().slots(); slot++) {
      plan.before().holders(slot, plan.copies()).forEach(id -> before.merge(id, 1, Integer::sum));
    }
  }

  /** The nodes of the old table, then those that join. */
  Set<N> nodes() {
    return Sets.union(plan.before().nodes(), plan.after().nodes());
  }

  String headline() {
    String whole = plan.copies() == 1 ? "slots" : "× %d copies".formatted(plan.copies());
    return format(
        "%,d of %,d %s move, %.2f %%",
        plan.movedCopies(), plan.before().slots(), whole, 100 * plan.share());
  }

  String verdict() {
    return plan.isMinimal()
        ? "No plan for these loads moves less."
        : format("These loads need %,d moves.", plan.minimum());
  }

  int before(N id) {
    return before.getOrDefault(id, 0);
  }

  int after(N id) {
    return before(id) + gains(id) - losses(id);
  }

  String toMarkdown() {
    StringBuilder text = new StringBuilder(format("**%s.** %s\n", headline(), verdict()));
    if (plan.movedCopies() > 0) {
      text.append("\n| from | to | slots | share |\n| --- | --- | ---: | ---: |\n");
      routes().forEach(text::append);
    }
    text.append("\n| node | before | gets | gives up | after |\n");
    text.append("| --- | ---: | ---: | ---: | ---: |\n");
    for (N id : nodes()) {
      text.append(row(name(id), before(id), gains(id), losses(id), after(id)));
    }
    long held = sum(before);
    long got = sum(plan.gains());
    long given = sum(plan.losses());
    return text.append(row("**total**", held, got, given, held + got - given)).toString();
  }

  /** One row for each pair of nodes, in their order. */
  private List<String> routes() {
    Map<N, Integer> order = new HashMap<>();
    nodes().forEach(id -> order.put(id, order.size()));
    Map<Route<N>, Integer> slots = new HashMap<>();
    for (Move<N> move : plan.moves()) {
      slots.merge(new Route<>(move.from(), move.to()), move.slots(), Integer::sum);
    }
    return slots.entrySet().stream()
        .sorted(comparing(
            Map.Entry::getKey,
            Comparator.<Route<N>>comparingInt(
                    route -> route.from().map(order::get).orElse(-1))
                .thenComparing(route -> order.get(route.to()))))
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .toList();
  }

  private String row(Route<N> route, int slots) {
    return format(
        "| %s | %s | %,d | %.2f %% |\n",
        route.from().map(RebalanceReport::name).orElse("nobody"),
        name(route.to()),
        slots,
        100.0 * slots / plan.before().slots() / plan.copies());
  }

  private static String row(String name, long before, long gains, long losses, long after) {
    return format("| %s | %,d | %,d | %,d | %,d |\n", name, before, gains, losses, after);
  }

  private int gains(N id) {
    return plan.gains().getOrDefault(id, 0);
  }

  private int losses(N id) {
    return plan.losses().getOrDefault(id, 0);
  }

  private static long sum(Map<?, Integer> counts) {
    return counts.values().stream().mapToLong(count -> count).sum();
  }

  private static String name(Object id) {
    return MARKDOWN.escape(id.toString());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Every mark that could end a cell, or start something else within it, stands for itself. */
  private static Escaper markdownEscaper() {
    Escapers.Builder escapes = Escapers.builder().addEscape('\n', " ").addEscape('\r', " ");
    for (char mark : "\\`*_[]<>&|~".toCharArray()) {
      escapes.addEscape(mark, "\\" + mark);
    }
    return escapes.build();
  }
}
