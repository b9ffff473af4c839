package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.peers.LawSuite;
import dev.whiteboard.benchmarks.peers.LawSuites;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.report.Tables;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "laws",
    description = {
      "Try the same laws on our blocks and on those of other libraries, and show who keeps which.",
      "Fails if one of ours breaks a law that it promises to keep."
    })
final class LawsCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "MODULE",
      arity = "0..1",
      defaultValue = "",
      description = "Only this module, for instance partitioning.")
  private String module = "";

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<LawSuite<?>> suites = chosen();
    Progress progress = new Progress(
        spec.commandLine().getErr(),
        suites.stream().mapToInt(suite -> suite.subjects().size()).sum());
    List<LawSuite.Row> all = new ArrayList<>();
    for (LawSuite<?> suite : suites) {
      List<LawSuite.Row> rows = suite.run(progress::step);
      all.addAll(rows);
      if (!json) {
        out.print(text(rows));
      }
    }
    progress.done();
    if (json) {
      out.print(Json.write(all));
    }
    return all.stream().noneMatch(LawSuite.Row::isFault) ? 0 : 1;
  }

  private static String text(List<LawSuite.Row> rows) {
    return String.join(
        "\n",
        Tables.laws(rows).toText(),
        Tables.keeping(rows).toText(),
        Tables.keepingLegend() + "\n",
        Tables.peers(rows).toText(),
        Tables.counterExamples(rows).toText(),
        Tables.notApplicable(rows).toText());
  }

  private List<LawSuite<?>> chosen() {
    List<LawSuite<?>> all = LawSuites.all();
    List<LawSuite<?>> chosen = all.stream()
        .filter(suite -> module.isEmpty() || suite.module().equalsIgnoreCase(module))
        .toList();
    if (chosen.isEmpty()) {
      throw Suggestions.unknown(
          "module", module, all.stream().map(LawSuite::module).toList());
    }
    return chosen;
  }
}
