package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.report.Sheet;
import dev.whiteboard.estimation.Design;
import dev.whiteboard.estimation.designs.Designs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "estimate",
    description = {
      "Print a built-in design: requirements, capacity with its working, API, schema, board, algorithm and trade-offs."
    })
final class EstimateCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      description = "The design, one of ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private String name = "";

  @Option(
      names = "--set",
      paramLabel = "assumption=value",
      description =
          "Change an assumption, for instance writes=100M/day or writes=80M/day..120M/day (an interval that holds the "
              + "true value nine times in ten). May be repeated; the sheet lists the assumptions.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--against",
      paramLabel = "assumption=value",
      description =
          "Print what else would change with this assumption, instead of the design. May be repeated.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(
      names = "--check",
      paramLabel = "step=value",
      description =
          "Hold a figure of your own against a step, for instance storage=450GB, and look for the slip between them, "
              + "instead of the design. May be repeated.")
  private Map<String, String> claims = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print JSON instead of Markdown.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE.svg", description = "Draw the board into a file.")
  private @Nullable Path picture;

  /** The names of the designs. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Designs.names().iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Design design = Designs.named(name).with(settings);
      if (picture != null) {
        Files.writeString(picture, design.toSvg());
        spec.commandLine().getErr().println("wrote " + picture);
      }
      out.print(answer(design));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private String answer(Design design) {
    if (!claims.isEmpty()) {
      StringBuilder verdicts = new StringBuilder();
      claims.forEach(
          (step, claim) -> verdicts.append(design.plan().audit(step, claim)).append('\n'));
      return verdicts.toString();
    }
    if (!changes.isEmpty()) {
      return design.compare(design.with(changes)).toMarkdown();
    }
    return json ? Json.write(Sheet.of(design)) : design.toMarkdown();
  }
}
