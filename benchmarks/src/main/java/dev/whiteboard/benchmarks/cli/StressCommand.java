package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.designs.image.ImageStress;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.report.Tables;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "stress",
    description = {
      "Fill the image service, read every image back, then read popular ones from its cache at a rate.",
      "Servers and clients share this machine and one heap: java -Xmx512m -jar whiteboard.jar stress shows that so much suffices."
    })
final class StressCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many images are stored. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many reads a second are due. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr(), ImageStress.STEPS);
    List<ImageStress.Row> rows;
    try {
      rows = ImageStress.run(images, rate, progress::step);
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage(), e);
    }
    progress.done();
    out.print(json ? Json.write(rows) : Tables.stress(rows).toText());
    return rows.stream().allMatch(ImageStress.Row::holds) ? 0 : 1;
  }
}
