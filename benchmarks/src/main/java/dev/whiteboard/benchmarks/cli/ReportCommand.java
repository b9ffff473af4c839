package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.claims.Claim;
import dev.whiteboard.benchmarks.claims.Claims;
import dev.whiteboard.benchmarks.designs.Outcome;
import dev.whiteboard.benchmarks.designs.image.ImageServiceRun;
import dev.whiteboard.benchmarks.peers.LawSuite;
import dev.whiteboard.benchmarks.peers.LawSuites;
import dev.whiteboard.benchmarks.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = {
      "The main job: estimate the image service, run it, compare, run all claims, and try all laws.",
      "Prints the tables and writes index.html, report.md and report.json."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "whiteboard-report",
      description = "Where to write; default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("");

  @Option(names = "--json", description = "Print the content of report.json instead of tables.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new UserError("--out " + out + " is a file: name a folder");
    }
    List<Claim> claims = Claims.all();
    List<LawSuite<?>> suites = LawSuites.all();
    Progress progress = new Progress(
        spec.commandLine().getErr(),
        ImageServiceRun.STEPS
            + claims.size()
            + suites.stream().mapToInt(suite -> suite.subjects().size()).sum());
    List<Outcome> designs = List.of(ImageServiceRun.run(progress::step));
    List<Claim.Result> results = new ArrayList<>();
    for (Claim claim : claims) {
      progress.step("claim " + claim.id() + ": " + claim.statement());
      results.add(claim.run());
    }
    List<LawSuite.Row> laws =
        suites.stream().flatMap(suite -> suite.run(progress::step).stream()).toList();
    Report report = new Report(Report.thisEnvironment(), designs, results, laws);
    write(report);
    progress.done();
    PrintWriter console = spec.commandLine().getOut();
    console.print(json ? report.toJson() : report.toText());
    spec.commandLine()
        .getErr()
        .println("written: " + out.resolve("index.html") + ", report.md, report.json");
    return report.holds() ? 0 : 1;
  }

  private void write(Report report) {
    try {
      report.write(out);
    } catch (IOException e) {
      throw new UserError(
          "cannot write to " + out + ": name a folder that can be written to (--out DIR)", e);
    }
  }
}
