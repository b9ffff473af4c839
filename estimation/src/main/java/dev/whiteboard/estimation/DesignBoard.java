package dev.whiteboard.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Boxes and arrows of a design, with what is written in and beside them. */
final class DesignBoard {
  private DesignBoard() {}

  static String svg(Design design) {
    String bottleneck = bottleneckId(design);
    return BoardSvg.of(
        design.name(),
        design.loads().stream()
            .map(load -> new BoardBox(
                load.component().id(),
                load.component().kind(),
                load.component().title(),
                lines(load),
                load.component().id().equals(bottleneck)))
            .toList(),
        design.flows().stream()
            .map(flow -> new BoardArrow(
                flow.from(),
                flow.to(),
                flow.label(),
                List.of(flow.requests().format(), flow.traffic().format())))
            .toList());
  }

  static String mermaid(Design design) {
    StringBuilder page = new StringBuilder("flowchart LR\n");
    for (ComponentLoad load : design.loads()) {
      String id = load.component().id();
      String text = quoted(load.component().title()
          + String.join("", lines(load).stream().map("<br>"::concat).toList()));
      page.append("  ").append(id).append(shaped(load.component().kind(), text)).append('\n');
    }
    for (Flow flow : design.flows()) {
      String text = quoted(flow.label() + "<br>" + flow.requests().format() + ", "
          + flow.traffic().format());
      page.append("  ")
          .append(flow.from())
          .append(" -->|")
          .append(text)
          .append("| ")
          .append(flow.to())
          .append('\n');
    }
    String bottleneck = bottleneckId(design);
    if (!bottleneck.isEmpty()) {
      page.append("  style ").append(bottleneck).append(" stroke:#d9480f,stroke-width:3px\n");
    }
    return page.toString();
  }

  private static String bottleneckId(Design design) {
    return design.bottleneck().map(load -> load.component().id()).orElse("");
  }

  private static List<String> lines(ComponentLoad load) {
    List<String> lines = new ArrayList<>();
    if (load.servers() > 0) {
      lines.add(servers(load) + ", " + percent(load.utilisation()) + " busy");
    }
    load.stored()
        .ifPresent(stored -> lines.add(
            stored.format() + (load.full() > 0 ? ", " + percent(load.full()) + " full" : "")));
    return lines;
  }

  static String servers(ComponentLoad load) {
    return Count.of((double) load.servers()).format()
        + (load.servers() == 1 ? " server" : " servers");
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  private static String shaped(ComponentKind kind, String text) {
    return switch (kind) {
      case CLIENT -> "([" + text + "])";
      case CDN -> "{{" + text + "}}";
      case BALANCER -> "{" + text + "}";
      case SERVICE -> "(" + text + ")";
      case CACHE -> "[[" + text + "]]";
      case QUEUE -> "[/" + text + "/]";
      case STORE -> "[(" + text + ")]";
    };
  }

  /** Mermaid ends a text at its quotation mark, whatever stands before it. */
  private static String quoted(String text) {
    return '"' + text.replace("\"", "#quot;") + '"';
  }
}
