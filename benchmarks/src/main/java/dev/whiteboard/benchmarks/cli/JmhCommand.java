package dev.whiteboard.benchmarks.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "jmh",
    description = {
      "Run JMH itself with its own arguments, for instance: jmh TokenBucket -prof gc.",
      "JMH's own help: jmh -- -h."
    })
final class JmhCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ARGS", description = "JMH's arguments.")
  private List<String> arguments = new ArrayList<>();

  /** What follows "jmh" is JMH's business, options included. */
  static CommandLine commandLine() {
    return new CommandLine(new JmhCommand())
        .setUnmatchedOptionsArePositionalParams(true)
        .setStopAtPositional(true);
  }

  @Override
  public Integer call() throws IOException {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
