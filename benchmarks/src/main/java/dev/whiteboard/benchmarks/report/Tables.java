package dev.whiteboard.benchmarks.report;

import com.google.common.collect.Lists;
import dev.whiteboard.benchmarks.claims.Claim;
import dev.whiteboard.benchmarks.compare.Comparison;
import dev.whiteboard.benchmarks.designs.Prediction;
import dev.whiteboard.benchmarks.designs.image.ImageStress;
import dev.whiteboard.benchmarks.peers.LawSuite;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.benchmarks.render.Table;
import dev.whiteboard.benchmarks.traces.HitRatio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables that several commands print. */
public final class Tables {
  private Tables() {}

  /** A row per claim, with its first number. */
  public static Table claims(List<Claim.Result> results) {
    Table.Builder table =
        Table.of("id", "statement", "verdict", "expected", "measured", "±", "holds");
    for (Claim.Result result : results) {
      table.row(
          result.id(),
          result.statement(),
          words(result.verdict()),
          Numbers.format(result.expected()),
          Numbers.format(result.measured()),
          Numbers.format(result.tolerance()),
          yesNo(result.holds()));
    }
    return table.build();
  }

  /** A row per number of each claim. */
  public static Table checks(List<Claim.Result> results) {
    Table.Builder table = Table.of("id", "what", "expected", "measured", "±", "holds");
    for (Claim.Result result : results) {
      for (List<String> cells : checks(result).rows()) {
        table.row(Lists.asList(result.id(), cells.toArray(String[]::new)).toArray(String[]::new));
      }
    }
    return table.build();
  }

  /** A row per number of one claim. */
  public static Table checks(Claim.Result result) {
    Table.Builder table = Table.of("what", "expected", "measured", "±", "holds");
    for (Claim.Check check : result.checks()) {
      table.row(
          check.what(),
          Numbers.format(check.expected()),
          Numbers.format(check.measured()),
          Numbers.format(check.tolerance()),
          yesNo(check.holds()));
    }
    return table.build();
  }

  /** A row per policy and size, with a bar; with sizes also what part of them was served. */
  public static Table hitRatios(List<HitRatio> rows, boolean weighed) {
    Table.Builder table = weighed
        ? Table.of("policy", "capacity", "requests", "hits", "hit ratio", "byte hit ratio", "")
        : Table.of("policy", "capacity", "requests", "hits", "hit ratio", "");
    for (HitRatio row : rows) {
      List<String> cells = new ArrayList<>(List.of(
          row.policy(),
          String.format(Locale.ROOT, "%,d", row.capacity()),
          String.format(Locale.ROOT, "%,d", row.requests()),
          String.format(Locale.ROOT, "%,d", row.hits()),
          Numbers.percent(row.hitRatio())));
      if (weighed) {
        cells.add(Numbers.percent(row.byteHitRatio()));
      }
      cells.add("█".repeat((int) Math.round(40 * row.hitRatio())));
      table.row(cells.toArray(String[]::new));
    }
    return table.build();
  }

  /** A row per comparison. */
  public static Table comparisons(List<Comparison.Row> rows) {
    Table.Builder table =
        Table.of("what", "ours", "theirs", "unit", "ratio", "target", "B/op", "holds");
    for (Comparison.Row row : rows) {
      table.row(
          row.name(),
          Numbers.format(row.subjectScore()),
          Numbers.format(row.rivalScore()),
          row.unit(),
          Numbers.format(row.ratio()),
          "≤ " + Numbers.format(row.target()),
          row.bytesPerOperation() < 0.1 ? "0" : Numbers.format(row.bytesPerOperation()),
          yesNo(row.holds()));
    }
    return table.build();
  }

  /** A row per quantity of a stress run. */
  public static Table stress(List<ImageStress.Row> rows) {
    Table.Builder table = Table.of("what", "measured", "target", "holds");
    for (ImageStress.Row row : rows) {
      table.row(
          row.what(),
          row.measured(),
          row.target(),
          row.target().isEmpty() ? "" : yesNo(row.holds()));
    }
    return table.build();
  }

  /** A row per prediction of a design. */
  public static Table predictions(List<Prediction> predictions) {
    Table.Builder table =
        Table.of("quantity", "predicted", "measured", "unit", "error", "±", "holds", "basis");
    for (Prediction prediction : predictions) {
      table.row(
          prediction.what(),
          Numbers.format(prediction.predicted()),
          Numbers.format(prediction.measured()),
          prediction.unit(),
          Numbers.percent(prediction.error()),
          Numbers.format(prediction.tolerance()),
          prediction.timed() && !prediction.holds() ? "no, timed" : yesNo(prediction.holds()),
          prediction.basis());
    }
    return table.build();
  }

  /** A row per law. */
  public static Table laws(List<LawSuite.Row> rows) {
    Table.Builder table = Table.of("law", "sentence", "broken by");
    for (List<LawSuite.Row> law : grouped(rows, LawSuite.Row::law)) {
      LawSuite.Row any = law.get(0);
      table.row(any.law(), any.sentence(), any.breach());
    }
    return table.build();
  }

  /** A row per block and a column per law of one module. */
  public static Table keeping(List<LawSuite.Row> rows) {
    List<String> headings = new ArrayList<>(List.of("block"));
    rows.stream().map(LawSuite.Row::law).distinct().forEach(headings::add);
    List<List<String>> lines = new ArrayList<>();
    for (List<LawSuite.Row> block : grouped(rows, LawSuite.Row::subject)) {
      List<String> line = new ArrayList<>(List.of(block.get(0).subject()));
      block.forEach(row -> line.add(cell(row)));
      lines.add(line);
    }
    return new Table(headings, lines);
  }

  /** A row per block that is not ours: where it comes from. */
  public static Table peers(List<LawSuite.Row> rows) {
    Table.Builder table = Table.of("block", "from");
    rows.stream()
        .filter(row -> !row.ours())
        .map(row -> List.of(row.subject(), row.library()))
        .distinct()
        .forEach(peer -> table.row(peer.get(0), peer.get(1)));
    return table.build();
  }

  /** What the cells of {@link #keeping} mean. */
  public static String keepingLegend() {
    return "yes: keeps the law. NO: breaks it. no: breaks it by design. -: lacks the operation that the law is about.";
  }

  /** A row per block and law that it breaks. */
  public static Table counterExamples(List<LawSuite.Row> rows) {
    Table.Builder table = Table.of("block", "law", "keeps", "counter-example");
    for (LawSuite.Row row : rows) {
      if (row.verdict() == LawSuite.Verdict.BREAKS) {
        table.row(
            row.subject(),
            row.law(),
            cell(row),
            row.detail() + (row.admitted().isEmpty() ? "" : "; " + row.admitted()));
      }
    }
    return table.build();
  }

  /** A row per law and reason why it does not apply to some blocks. */
  public static Table notApplicable(List<LawSuite.Row> rows) {
    Table.Builder table = Table.of("law", "does not apply because", "to");
    List<LawSuite.Row> skipped = rows.stream()
        .filter(row -> row.verdict() == LawSuite.Verdict.NOT_APPLICABLE)
        .toList();
    for (List<LawSuite.Row> same : grouped(skipped, row -> List.of(row.law(), row.detail()))) {
      table.row(
          same.get(0).law(),
          same.get(0).detail(),
          same.stream().map(LawSuite.Row::subject).collect(Collectors.joining(", ")));
    }
    return table.build();
  }

  private static String cell(LawSuite.Row row) {
    return switch (row.verdict()) {
      case KEEPS -> "yes";
      case BREAKS -> row.admitted().isEmpty() ? "NO" : "no";
      case NOT_APPLICABLE -> "-";
    };
  }

  /** Rows that agree in something, in the order in which the first of each group comes. */
  private static List<List<LawSuite.Row>> grouped(
      List<LawSuite.Row> rows, Function<LawSuite.Row, Object> property) {
    return List.copyOf(rows.stream()
        .collect(Collectors.groupingBy(property, LinkedHashMap::new, Collectors.toList()))
        .values());
  }

  /** How a truth value is shown, so that a "NO" is found at a glance. */
  public static String yesNo(boolean value) {
    return value ? "yes" : "NO";
  }

  /** A constant in words. */
  public static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
