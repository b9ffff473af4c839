package dev.whiteboard.benchmarks.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code java -jar whiteboard.jar}. */
@Command(
    name = "whiteboard",
    description = "Estimate a system design, run it, and compare.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Whiteboard.Version.class,
    subcommands = {
      ReportCommand.class,
      ClaimsCommand.class,
      LawsCommand.class,
      EstimateCommand.class,
      HitRatioCommand.class,
      CompareCommand.class,
      ServeCommand.class,
      StressCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 success; 1 something was run and did not hold or failed; 2 the input is wrong."
    })
public final class Whiteboard implements Runnable {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    List<String> commands = List.copyOf(spec.commandLine().getSubcommands().keySet());
    int last = commands.size() - 1;
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: " + String.join(", ", commands.subList(0, last)) + " or "
            + commands.get(last));
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /**
   * Runs a command.
   *
   * @return 0 on success, 1 if what was run failed or did not hold, 2 if the input is wrong
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Whiteboard())
        .addSubcommand(JmhCommand.commandLine())
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((exception, ignored) -> explain(exception))
        .setExecutionExceptionHandler((exception, command, parsed) -> {
          if (exception instanceof UserError) {
            command.getErr().println("whiteboard: " + exception.getMessage());
            return 2;
          }
          exception.printStackTrace(command.getErr());
          return 1;
        })
        .execute(arguments);
  }

  /** One line that says what is wrong and what to do. */
  private static int explain(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    String message = String.valueOf(exception.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    String suggestion = exception instanceof UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().isEmpty()
        ? Suggestions.nearest(
                unmatched.getUnmatched().get(0), command.getSubcommands().keySet())
            .map(name -> "; did you mean " + name + "?")
            .orElse("")
        : "";
    command
        .getErr()
        .println("whiteboard: " + message + suggestion + " (see "
            + command.getCommandSpec().qualifiedName(" ") + " --help)");
    return 2;
  }

  /** The version that the jar's manifest names. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Whiteboard.class.getPackage().getImplementationVersion();
      return new String[] {"whiteboard " + (version == null ? "(not packaged)" : version)};
    }
  }
}
