package dev.whiteboard.benchmarks.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "jmh",
    description = "Run JMH itself, with its own options; jmh -h lists them.",
    mixinStandardHelpOptions = false)
final class JmhCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ARGS", description = "JMH's arguments.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
