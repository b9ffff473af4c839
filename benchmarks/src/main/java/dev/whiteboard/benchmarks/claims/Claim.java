package dev.whiteboard.benchmarks.claims;

import static com.google.common.base.Preconditions.checkArgument;

import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Numbers;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sentence that people say about systems, and the experiment that tries it.
 *
 * @param id its name, for instance {@code P01}
 * @param module the module whose block the experiment runs
 * @param statement the sentence as people say it
 * @param source where it is said
 * @param verdict what the experiment makes of it
 * @param theory what should be measured, as a formula, with its source
 * @param comment what the verdict means in practice; the counter-example if it is not simply true
 * @param parameters what a reader can change
 * @param experiment what is run
 */
public record Claim(
    String id,
    String module,
    String statement,
    String source,
    Verdict verdict,
    String theory,
    String comment,
    List<Parameter> parameters,
    Experiment experiment) {
  public Claim {
    parameters = List.copyOf(parameters);
  }

  /** Runs the library's blocks with some settings, always with the same outcome for the same settings. */
  @FunctionalInterface
  public interface Experiment {
    /** Runs. */
    Outcome run(Settings settings);
  }

  /**
   * One number that the theory predicts.
   *
   * @param what its name and unit
   * @param expected what the theory says
   * @param measured what the experiment gave
   * @param tolerance how far they may lie apart: zero where the theory is exact, else four standard deviations or more
   */
  public record Check(String what, double expected, double measured, double tolerance) {
    /** Whether measurement and theory agree. */
    public boolean holds() {
      return Math.abs(measured - expected) <= tolerance;
    }
  }

  /**
   * What an experiment gave.
   *
   * @param checks the numbers, the one that the sentence is about first
   * @param chart a picture where one says it
   */
  public record Outcome(List<Check> checks, @Nullable Chart chart) {
    public Outcome {
      checks = List.copyOf(checks);
      checkArgument(!checks.isEmpty(), "checks must not be empty");
    }

    static Outcome of(Check... checks) {
      return new Outcome(Arrays.asList(checks), null);
    }

    Outcome with(Chart picture) {
      return new Outcome(checks, picture);
    }
  }

  /**
   * A row of the report. Expected, measured and tolerance are those of the first check; {@code holds} is about all;
   * {@code rerun} is what follows {@code claims} on the command line to get the row again.
   */
  public record Result(
      String id,
      String module,
      String statement,
      String source,
      Verdict verdict,
      double expected,
      double measured,
      double tolerance,
      boolean holds,
      String theory,
      String comment,
      String rerun,
      List<Check> checks,
      @Nullable Chart chart) {}

  /**
   * Runs the experiment.
   *
   * @param changes values for some of the parameters, by name; others keep theirs
   * @throws IllegalArgumentException if a value is not a number in the parameter's range
   */
  public Result run(Map<String, String> changes) {
    List<Parameter> settings = parameters.stream()
        .map(parameter -> {
          String text = changes.get(parameter.name());
          return text == null ? parameter : parameter.with(text);
        })
        .toList();
    Outcome outcome = experiment.run(new Settings(settings));
    Check headline = outcome.checks().get(0);
    return new Result(
        id,
        module,
        statement,
        source,
        verdict,
        headline.expected(),
        headline.measured(),
        headline.tolerance(),
        outcome.checks().stream().allMatch(Check::holds),
        theory,
        comment,
        rerun(settings),
        outcome.checks(),
        outcome.chart());
  }

  /** What has to follow {@code claims} on the command line to run it so again. */
  private String rerun(List<Parameter> settings) {
    return settings.stream()
        .map(parameter -> " --set " + parameter.name() + "=" + Numbers.plain(parameter.value()))
        .collect(Collectors.joining("", id, ""));
  }

  /** Runs the experiment as it is. */
  public Result run() {
    return run(Collections.emptyMap());
  }
}
