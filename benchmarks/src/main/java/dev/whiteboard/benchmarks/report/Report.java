package dev.whiteboard.benchmarks.report;

import dev.whiteboard.benchmarks.claims.Claim;
import dev.whiteboard.benchmarks.designs.Outcome;
import dev.whiteboard.benchmarks.designs.Prediction;
import dev.whiteboard.benchmarks.peers.LawSuite;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.benchmarks.render.Table;
import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.ComponentLoad;
import dev.whiteboard.estimation.Design;
import dev.whiteboard.estimation.Route;
import dev.whiteboard.estimation.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that the main job found out, and the three forms in which it is written.
 *
 * @param environment the JVM and the machine that it ran on
 * @param designs the worked designs: estimated, run and compared
 * @param claims the claims, each run
 * @param laws each law tried on each block, ours and others'
 */
public record Report(
    String environment, List<Outcome> designs, List<Claim.Result> claims, List<LawSuite.Row> laws) {
  public Report {
    designs = List.copyOf(designs);
    claims = List.copyOf(claims);
    laws = List.copyOf(laws);
  }

  /** Whether every prediction came true, every claim holds, and our blocks keep the laws that they promise to keep. */
  public boolean holds() {
    return designs.stream().allMatch(Outcome::holds)
        && claims.stream().allMatch(Claim.Result::holds)
        && laws.stream().noneMatch(LawSuite.Row::isFault);
  }

  /** The laws of each module. */
  Map<String, List<LawSuite.Row>> lawsByModule() {
    return laws.stream()
        .collect(
            Collectors.groupingBy(LawSuite.Row::module, LinkedHashMap::new, Collectors.toList()));
  }

  /** The laws that our blocks promise to keep. */
  List<LawSuite.Row> promises() {
    return laws.stream().filter(row -> row.ours() && row.isPromised()).toList();
  }

  /** Names this JVM and this machine. */
  public static String thisEnvironment() {
    return "%s %s, %s %s, %d processors"
        .formatted(
            System.getProperty("java.vm.name"),
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }

  /** Writes {@code index.html}, {@code report.md} and {@code report.json}, and creates the folder if need be. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("index.html"), HtmlPage.of(this));
    Files.writeString(folder.resolve("report.md"), toMarkdown());
    Files.writeString(folder.resolve("report.json"), toJson());
  }

  /** What was predicted and measured of all designs, but for what depends on the machine's speed. */
  List<Prediction> predictions() {
    return designs.stream().flatMap(outcome -> outcome.exact().stream()).toList();
  }

  /** How many predictions came true, how many claims hold, and how many laws our blocks keep. */
  public String summary() {
    return "%d of %d predictions came true, %d of %d claims hold, our blocks keep %d of %d promised laws"
        .formatted(
            predictions().stream().filter(Prediction::holds).count(),
            predictions().size(),
            claims.stream().filter(Claim.Result::holds).count(),
            claims.size(),
            promises().stream().filter(row -> !row.isFault()).count(),
            promises().size());
  }

  /** For a terminal. */
  public String toText() {
    StringBuilder out = new StringBuilder();
    for (Outcome outcome : designs) {
      out.append(outcome.title())
          .append(": predicted and measured\n\n")
          .append(Tables.predictions(outcome.predictions()).toText())
          .append("\n");
    }
    out.append("Claims\n\n").append(Tables.claims(claims).toText());
    lawsByModule()
        .forEach((module, rows) -> out.append("\nWho keeps which law of " + module + "\n\n")
            .append(Tables.keeping(rows).toText()));
    return out + "\n" + summary() + "\n";
  }

  /** For a repository or a chat. */
  public String toMarkdown() {
    StringBuilder out =
        new StringBuilder("# Whiteboard report\n\n" + summary() + ".\n\n" + environment + "\n\n");
    for (Outcome outcome : designs) {
      out.append("## ")
          .append(outcome.title())
          .append(": predicted and measured\n\n")
          .append(outcome.load())
          .append("\n\n")
          .append(Tables.predictions(outcome.predictions()).toMarkdown())
          .append("\n");
    }
    out.append("## Claims\n\n")
        .append(Tables.claims(claims).toMarkdown())
        .append("\n### Every number of every claim\n\n")
        .append(Tables.checks(claims).toMarkdown());
    lawsByModule().forEach((module, rows) -> appendLaws(out, module, rows));
    designs.forEach(outcome -> out.append("\n---\n\n").append(outcome.design().toMarkdown()));
    return out.toString();
  }

  private static void appendLaws(StringBuilder out, String module, List<LawSuite.Row> rows) {
    out.append("\n## Who keeps which law of ")
        .append(module)
        .append("\n\n")
        .append(Tables.keepingLegend())
        .append("\n\n")
        .append(Tables.keeping(rows).toMarkdown())
        .append("\n### The laws\n\n")
        .append(Tables.laws(rows).toMarkdown())
        .append("\n### The blocks of others\n\n")
        .append(Tables.peers(rows).toMarkdown())
        .append("\n### Counter-examples\n\n")
        .append(Tables.counterExamples(rows).toMarkdown())
        .append("\n### Laws that do not apply\n\n")
        .append(Tables.notApplicable(rows).toMarkdown());
  }

  /** For a program: the rows of {@code claims --json}, {@code laws --json} and {@code estimate --json} among them. */
  public String toJson() {
    return Json.write(new Content(
        environment, holds(), designs.stream().map(Compared::of).toList(), claims, laws));
  }

  private record Content(
      String environment,
      boolean holds,
      List<Compared> designs,
      List<Claim.Result> claims,
      List<LawSuite.Row> laws) {}

  private record Compared(String title, Sheet estimate, List<Row> predictions) {
    static Compared of(Outcome outcome) {
      return new Compared(
          outcome.title(),
          Sheet.of(outcome.design()),
          outcome.predictions().stream().map(Row::of).toList());
    }
  }

  private record Row(
      String what,
      String unit,
      double predicted,
      double measured,
      double error,
      double tolerance,
      boolean timed,
      boolean holds) {
    static Row of(Prediction p) {
      return new Row(
          p.what(),
          p.unit(),
          p.predicted(),
          p.measured(),
          p.error(),
          p.tolerance(),
          p.timed(),
          p.holds());
    }
  }

  /** What the busiest second asks of each component. */
  static Table components(Design design) {
    Table.Builder table = Table.of(
        "component",
        "requests",
        "servers",
        "busy",
        "mean time",
        "99th percentile",
        "stores",
        "availability");
    for (ComponentLoad load : design.loads()) {
      boolean ours = load.servers() > 0;
      table.row(
          load.component().title(),
          load.requests().map(Step::format).orElse(""),
          ours ? Long.toString(load.servers()) : "",
          ours ? Numbers.percent(load.utilisation()) : "",
          milliseconds(load.meanSeconds()),
          milliseconds(load.percentileSeconds(0.99)),
          load.stored().map(Step::format).orElse(""),
          Numbers.format(load.availability()));
    }
    return table.build();
  }

  /** The ways of requests. */
  static Table routes(Design design) {
    Table.Builder table = Table.of("request", "way", "mean time", "99 % within", "availability");
    for (Route route : design.routes()) {
      table.row(
          route.name(),
          String.join(" → ", route.ids()),
          milliseconds(route.meanSeconds()),
          milliseconds(route.slowSeconds()),
          Numbers.format(route.availability()));
    }
    return table.build();
  }

  private static String milliseconds(double seconds) {
    return seconds == 0 ? "" : Numbers.format(1000 * seconds) + " ms";
  }

  /** The working of a plan as a table. */
  static Table working(CapacityPlan plan) {
    Table.Builder table = Table.of("step", "formula", "with numbers", "value", "5 % to 95 %");
    for (Step step : plan.steps()) {
      table.row(
          step.name(),
          step.formula(),
          step.substitution(),
          step.format(),
          step.value().isExact()
              ? ""
              : step.unit().format(step.value().low()) + " to "
                  + step.unit().format(step.value().high()));
    }
    return table.build();
  }
}
