package dev.whiteboard.estimation;

import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes from one {@link Design} to another.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param before the first design's name
 * @param after the other's
 * @param rows every number that differs in the digits that are shown, in the order of the plan, the components and the routes
 */
public record DesignComparison(String before, String after, List<Row> rows) {
  private static final String ABSENT = "–";

  /**
   * Copies the list.
   *
   * @param before the first design's name
   * @param after the other's
   * @param rows every number that differs
   */
  public DesignComparison {
    rows = List.copyOf(rows);
  }

  /**
   * A number that differs.
   *
   * @param what such as "storage" or "api: servers"
   * @param before as the first design has it, "–" if it does not
   * @param after as the other has it, "–" if it does not
   * @param ratio the second over the first; NaN if one is missing, or both are 0 or infinite
   */
  public record Row(String what, String before, String after, double ratio) {}

  /** A number and how it is written. */
  private record Value(double number, String text) {}

  static DesignComparison of(Design before, Design after) {
    Map<String, Value> left = values(before);
    Map<String, Value> right = values(after);
    List<Row> rows = new ArrayList<>();
    for (String what : Sets.union(left.keySet(), right.keySet())) {
      Value first = left.getOrDefault(what, new Value(Double.NaN, ABSENT));
      Value second = right.getOrDefault(what, new Value(Double.NaN, ABSENT));
      if (first.number != second.number && !first.text.equals(second.text)) {
        rows.add(new Row(what, first.text, second.text, second.number / first.number));
      }
    }
    return new DesignComparison(before.name(), after.name(), rows);
  }

  private static Map<String, Value> values(Design design) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Assumption assumption : design.plan().assumptions()) {
      values.put(assumption.name(), new Value(assumption.value().value(), assumption.text()));
    }
    for (Step step : design.plan().steps()) {
      values.put(step.name(), new Value(step.value().value(), step.format()));
    }
    for (ComponentLoad load : design.loads()) {
      put(values, load);
    }
    Step cost = design.serverCost();
    values.put("cost of all components' servers", new Value(cost.value().value(), cost.format()));
    for (Route route : design.routes()) {
      put(values, route.name() + ": mean time", route.meanSeconds());
      put(values, route.name() + ": 99 % within", route.slowSeconds());
      values.put(
          route.name() + ": availability",
          new Value(route.availability(), DesignMarkdown.availability(route.availability())));
    }
    return values;
  }

  private static void put(Map<String, Value> values, ComponentLoad load) {
    String id = load.component().id();
    load.requests()
        .ifPresent(it -> values.put(id + ": requests", new Value(it.value().value(), it.format())));
    if (load.servers() > 0) {
      values.put(
          id + ": servers",
          new Value((double) load.servers(), Count.of((double) load.servers()).format()));
      values.put(
          id + ": busy", new Value(load.utilisation(), DesignBoard.percent(load.utilisation())));
    }
    put(values, id + ": mean time", load.meanSeconds());
  }

  private static void put(Map<String, Value> values, String what, double seconds) {
    if (seconds > 0) {
      values.put(what, new Value(seconds, DesignMarkdown.seconds(seconds)));
    }
  }

  /**
   * Writes the differences down.
   *
   * @return a Markdown table
   */
  public String toMarkdown() {
    StringBuilder page = new StringBuilder();
    MarkdownTable table = new MarkdownTable(
        page, "what", ">" + before, ">" + (after.equals(before) ? "changed" : after), ">ratio");
    rows.forEach(row -> table.row(
        row.what,
        row.before,
        row.after,
        Double.isFinite(row.ratio) ? Count.of(row.ratio).format() : ""));
    return page.toString();
  }
}
