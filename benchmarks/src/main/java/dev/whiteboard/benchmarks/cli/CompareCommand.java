package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.compare.Comparison;
import dev.whiteboard.benchmarks.compare.ComparisonRunner;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.report.Tables;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    description = {
      "Measure our blocks beside their floors and rivals with JMH and JOL, in one run.",
      "Scores are medians and lower is better. A target that is missed is marked, and is no failure of the command."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "MODULE",
      description = "core, partitioning, caching, ratelimit or estimation; all if none is named.")
  private @Nullable String module;

  @Option(names = "--quick", description = "One short fork each: a look, not a result.")
  private boolean quick;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    List<String> modules =
        Comparison.all().stream().map(Comparison::module).distinct().toList();
    if (module != null && !modules.contains(module)) {
      throw Suggestions.unknown("module", module, modules);
    }
    List<Comparison> chosen = Comparison.all().stream()
        .filter(comparison -> module == null || module.equals(comparison.module()))
        .toList();
    Progress progress = new Progress(spec.commandLine().getErr(), ComparisonRunner.steps(chosen));
    List<Comparison.Row> rows = ComparisonRunner.run(chosen, quick, progress::step);
    progress.done();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? Json.write(rows) : Tables.comparisons(rows).toText());
    return 0;
  }
}
