package dev.whiteboard.benchmarks.report;

import com.google.common.collect.Lists;
import dev.whiteboard.benchmarks.claims.Claim;
import dev.whiteboard.benchmarks.compare.Comparison;
import dev.whiteboard.benchmarks.designs.image.Prediction;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.benchmarks.render.Table;
import dev.whiteboard.benchmarks.traces.HitRatio;
import java.util.List;
import java.util.Locale;

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

  /** A row per policy and size, with a bar. */
  public static Table hitRatios(List<HitRatio> rows) {
    Table.Builder table = Table.of("policy", "capacity", "requests", "hits", "hit ratio", "");
    for (HitRatio row : rows) {
      table.row(
          row.policy(),
          String.format(Locale.ROOT, "%,d", row.capacity()),
          String.format(Locale.ROOT, "%,d", row.requests()),
          String.format(Locale.ROOT, "%,d", row.hits()),
          Numbers.percent(row.hitRatio()),
          "█".repeat((int) Math.round(40 * row.hitRatio())));
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
          yesNo(prediction.holds()),
          prediction.basis());
    }
    return table.build();
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
