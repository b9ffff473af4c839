package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.report.Sheet;
import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.CapacityPlans;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "estimate",
    description = {
      "Print the capacity sheet of a built-in design, with its working.",
      "Designs: pastebin, link-shortener, image-service."
    })
final class EstimateCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "The design.")
  private String name = "";

  @Option(
      names = "--set",
      paramLabel = "assumption=value",
      description =
          "Change an assumption, for instance writes=100M/day or writes=80M/day..120M/day (an interval that holds the "
              + "true value nine times in ten). May be repeated; the sheet lists the assumptions.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print JSON instead of Markdown.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CapacityPlan plan = plan();
    out.print(json ? Json.write(Sheet.of(plan)) : plan.toMarkdown());
    return 0;
  }

  private CapacityPlan plan() {
    try {
      CapacityPlan plan = CapacityPlans.named(name);
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        plan = plan.with(setting.getKey(), setting.getValue());
      }
      return plan;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
