package dev.whiteboard.benchmarks.report;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import com.google.common.io.Resources;
import dev.whiteboard.benchmarks.claims.Claim;
import dev.whiteboard.benchmarks.designs.Outcome;
import dev.whiteboard.benchmarks.designs.Prediction;
import dev.whiteboard.benchmarks.peers.LawSuite;
import dev.whiteboard.benchmarks.render.Svg;
import dev.whiteboard.benchmarks.render.Table;
import dev.whiteboard.estimation.Design;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The report as one page that needs nothing but itself. */
final class HtmlPage {
  private final StringBuilder out = new StringBuilder();

  private HtmlPage() {}

  static String of(Report report) {
    HtmlPage page = new HtmlPage();
    page.header(report);
    report.designs().forEach(page::design);
    page.claims(report.claims());
    report.lawsByModule().forEach(page::laws);
    return template().replace("{{body}}", page.out);
  }

  private void header(Report report) {
    List<Prediction> predictions = report.predictions();
    out.append("<h1>Whiteboard report</h1>\n");
    paragraph(
        "The numbers of a design are computed, the design runs, and this page shows predicted beside measured.");
    out.append("<div class=\"tiles\">");
    tile(
        predictions.stream().filter(Prediction::holds).count(),
        predictions.size(),
        "predictions came true");
    tile(
        report.claims().stream().filter(Claim.Result::holds).count(),
        report.claims().size(),
        "claims hold");
    tile(
        report.promises().stream().filter(row -> !row.isFault()).count(),
        report.promises().size(),
        "promised laws are kept by our blocks");
    out.append("</div>\n");
    soft(report.environment());
  }

  private void design(Outcome outcome) {
    Design design = outcome.design();
    heading(outcome.title() + ": the board");
    paragraph(design.notes().description()
        + " The arrows carry what the plan predicts for the busiest second.");
    out.append(design.toSvg());
    out.append(Report.components(design).toHtml());
    out.append(Report.routes(design).toHtml());
    heading(outcome.title() + ": estimate");
    paragraph("Every step is computed from the assumptions as its formula says.");
    out.append(Report.working(design.plan()).toHtml());
    for (String warning : design.plan().warnings()) {
      out.append("<p class=\"warning\">").append(escape(warning)).append("</p>\n");
    }
    heading(outcome.title() + ": run and compare");
    paragraph(outcome.load());
    paragraph(
        "A row holds if predicted and measured differ by no more than ±. Rows that depend on how fast the machine is, and what "
            + "else it does, are marked when they do not, and decide nothing.");
    out.append(Tables.predictions(outcome.predictions()).toHtml());
    out.append("<div class=\"charts\">");
    outcome.charts().forEach(chart -> out.append(Svg.draw(chart)));
    out.append("</div>\n");
  }

  private void claims(List<Claim.Result> claims) {
    heading("Claims");
    paragraph(
        "What people say about systems, each sentence with an experiment. A row holds if everything that its theory "
            + "predicts was measured; for a false sentence the theory says why it is false.");
    out.append(Tables.claims(claims).toHtml());
    for (Claim.Result claim : claims) {
      out.append("<article id=\"")
          .append(escape(claim.id()))
          .append("\"><h3><span class=\"badge\">");
      out.append(escape(claim.id()))
          .append(" · ")
          .append(Tables.words(claim.verdict()))
          .append("</span>");
      out.append(escape(claim.statement())).append("</h3>\n");
      paragraph(claim.theory());
      paragraph(claim.comment());
      out.append(Tables.checks(claim).toHtml());
      if (claim.chart() != null) {
        out.append(Svg.draw(claim.chart()));
      }
      soft("Said in: " + claim.source());
      out.append(
          "<p class=\"soft\">Rerun: <code>java -jar benchmarks/target/whiteboard.jar claims ");
      out.append(escape(claim.id())).append("</code></p></article>\n");
    }
  }

  private void laws(String module, List<LawSuite.Row> rows) {
    heading("Who keeps which law: " + module);
    paragraph(
        "The same laws, tried on our blocks and on those of other libraries. Keeping a law means that no counter-example "
            + "was found.");
    soft(Tables.keepingLegend());
    out.append(Tables.keeping(rows).toHtml());
    titled("The laws", Tables.laws(rows));
    titled("The blocks of others", Tables.peers(rows));
    titled("Counter-examples", Tables.counterExamples(rows));
    titled("Laws that do not apply", Tables.notApplicable(rows));
    out.append("<p class=\"soft\">Rerun: <code>java -jar benchmarks/target/whiteboard.jar laws ")
        .append(escape(module))
        .append("</code></p>\n");
  }

  private void titled(String title, Table table) {
    out.append("<h3>").append(escape(title)).append("</h3>\n").append(table.toHtml());
  }

  private void tile(long count, int of, String what) {
    out.append("<div class=\"tile\"><b class=\"")
        .append(count == of ? "yes" : "no")
        .append("\">");
    out.append(count)
        .append(" / ")
        .append(of)
        .append("</b><span>")
        .append(escape(what))
        .append("</span></div>");
  }

  private void heading(String text) {
    out.append("<h2>").append(escape(text)).append("</h2>\n");
  }

  private void paragraph(String text) {
    out.append("<p>").append(escape(text)).append("</p>\n");
  }

  private void soft(String text) {
    out.append("<p class=\"soft\">").append(escape(text)).append("</p>\n");
  }

  private static String escape(String text) {
    return htmlEscaper().escape(text);
  }

  private static String template() {
    try {
      return Resources.toString(
          Resources.getResource(HtmlPage.class, "page.html"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
