package dev.whiteboard.benchmarks.cli;

import com.google.gson.JsonParseException;
import dev.whiteboard.benchmarks.compare.Comparison;
import dev.whiteboard.benchmarks.compare.ComparisonRunner;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.report.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Option(
      names = "--show",
      paramLabel = "FILE.json",
      description =
          "Print an earlier run as the Markdown table that the README has, and measure nothing.")
  private @Nullable Path earlier;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (earlier != null) {
      out.print(Tables.comparisons(read(earlier)).toMarkdown());
      return 0;
    }
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
    out.print(json ? Json.write(rows) : Tables.comparisons(rows).toText());
    return 0;
  }

  private static List<Comparison.Row> read(Path file) {
    try {
      return Json.readList(Files.readString(file), Comparison.Row[].class);
    } catch (IOException | JsonParseException e) {
      throw new UserError(
          "cannot read " + file + ": name a file that compare --json has written", e);
    }
  }
}
