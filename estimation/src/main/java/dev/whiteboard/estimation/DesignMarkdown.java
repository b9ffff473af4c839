package dev.whiteboard.estimation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Writes a design as a page, in the order in which a system is talked through. */
final class DesignMarkdown {
  private final Design design;
  private final DesignNotes notes;
  private final StringBuilder page = new StringBuilder();

  DesignMarkdown(Design design) {
    this.design = design;
    notes = design.notes();
  }

  String page() {
    page.append("# ").append(design.name()).append('\n');
    if (!notes.description().isEmpty()) {
      page.append('\n').append(notes.description()).append('\n');
    }
    topics("Requirements", notes.requirements());
    heading("Capacity");
    PlanMarkdown.write(design.plan(), page, "###");
    api();
    schema();
    board();
    algorithm();
    tradeOffs();
    topics("Other things to consider", notes.considerations());
    return page.toString();
  }

  private void heading(String text) {
    page.append("\n## ").append(text).append("\n\n");
  }

  private void topics(String heading, List<DesignNotes.Topic> topics) {
    if (!topics.isEmpty()) {
      heading(heading);
      topics.forEach(topic -> page.append("- **")
          .append(topic.name())
          .append(".** ")
          .append(topic.text())
          .append('\n'));
    }
  }

  private void api() {
    if (!notes.calls().isEmpty()) {
      heading("API");
      MarkdownTable table = new MarkdownTable(page, "function", "returns");
      notes.calls().forEach(call -> table.row("`" + call.function() + "`", call.returns()));
    }
  }

  private void schema() {
    if (!notes.tables().isEmpty()) {
      heading("Database");
      MarkdownTable table = new MarkdownTable(page, "table", "columns", "use");
      notes.tables().forEach(it -> table.row(it.name(), it.columns(), it.use()));
    }
  }

  private void board() {
    heading("Board");
    page.append("```mermaid\n").append(design.toMermaid()).append("```\n");
    page.append("\n### Components at the peak\n\n");
    MarkdownTable components = new MarkdownTable(
        page,
        "component",
        ">requests",
        ">servers",
        ">busy",
        ">full",
        ">mean time",
        ">99th percentile",
        ">stores",
        ">availability",
        "servers from");
    design.loads().forEach(load -> components.row(cells(load)));
    page.append(String.format(
        Locale.ROOT,
        "\nAll components together have %s servers, which cost %s.\n",
        Count.of((double) design.servers()).format(),
        design.serverCost().format()));
    design
        .bottleneck()
        .ifPresent(load -> page.append(String.format(
            Locale.ROOT,
            "\nThe bottleneck is %s: as everything grows, it is the first at its limit, at %s × this load.\n",
            load.component().title(),
            Count.of(1 / load.pressure()).format())));

    page.append("\n### Arrows at the peak\n\n");
    MarkdownTable arrows =
        new MarkdownTable(page, "from", "to", "what", ">requests", ">traffic", "requests from");
    design
        .flows()
        .forEach(flow -> arrows.row(
            flow.from(),
            flow.to(),
            flow.label(),
            flow.requests().format(),
            flow.traffic().format(),
            flow.requests().formula()));
    if (!design.routes().isEmpty()) {
      page.append("\n### Routes\n\n");
      MarkdownTable routes =
          new MarkdownTable(page, "request", "way", ">mean time", ">99 % within", ">availability");
      design
          .routes()
          .forEach(route -> routes.row(
              route.name(),
              String.join(" → ", route.ids()),
              seconds(route.meanSeconds()),
              seconds(route.slowSeconds()),
              availability(route.availability())));
    }
  }

  private static String[] cells(ComponentLoad load) {
    boolean ours = load.servers() > 0;
    return new String[] {
      load.component().title(),
      load.requests().map(Step::format).orElse(""),
      ours ? Count.of((double) load.servers()).format() : "",
      ours ? DesignBoard.percent(load.utilisation()) : "",
      load.full() > 0 ? DesignBoard.percent(load.full()) : "",
      seconds(load.meanSeconds()),
      seconds(load.percentileSeconds(0.99)),
      load.stored().map(Step::format).orElse(""),
      load.component().kind() == ComponentKind.CLIENT ? "" : availability(load.availability()),
      load.needed().map(Step::formula).orElse("")
    };
  }

  static String seconds(double seconds) {
    if (seconds == 0) {
      return "";
    }
    if (Double.isInfinite(seconds)) {
      return "without end";
    }
    CalendarUnit unit = seconds < 120
        ? CalendarUnit.SECOND
        : seconds < 7200 ? CalendarUnit.MINUTE : CalendarUnit.HOUR;
    return TimeSpan.of(CalendarUnit.SECOND.convert(seconds, unit), unit).format();
  }

  /** With as many nines as it has, and three digits of what is missing. */
  static String availability(double availability) {
    double missing = 100 * (1 - availability);
    if (missing < 1e-9) {
      return availability == 1 ? "100 %" : "> 99.999999999 %";
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(missing)));
    BigDecimal shown =
        BigDecimal.valueOf(100 * availability).setScale(decimals, RoundingMode.HALF_EVEN);
    return Decimals.plain(shown) + " %";
  }

  private void algorithm() {
    if (!notes.algorithm().isEmpty()) {
      heading("Algorithm");
      page.append(String.join("\n\n", notes.algorithm())).append('\n');
    }
  }

  private void tradeOffs() {
    if (!notes.tradeOffs().isEmpty()) {
      heading("Trade-offs");
      MarkdownTable table = new MarkdownTable(page, "choice", "gain", "price");
      notes.tradeOffs().forEach(it -> table.row(it.choice(), it.gain(), it.price()));
    }
  }
}
