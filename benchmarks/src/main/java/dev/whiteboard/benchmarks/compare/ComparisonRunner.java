package dev.whiteboard.benchmarks.compare;

import dev.whiteboard.benchmarks.compare.Measure.Bound;
import dev.whiteboard.benchmarks.compare.Measure.Memory;
import dev.whiteboard.benchmarks.compare.Measure.Time;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures everything that some comparisons need, each once, and puts the scores side by side. */
public final class ComparisonRunner {
  private final boolean quick;
  private final Map<Measure, Score> scores = new LinkedHashMap<>();

  private record Score(double value, String unit, double bytesPerOperation) {}

  private ComparisonRunner(boolean quick) {
    this.quick = quick;
  }

  /** Counts the measurements that some comparisons need. */
  public static int steps(List<Comparison> comparisons) {
    return measures(comparisons).size();
  }

  /**
   * Runs comparisons.
   *
   * @param quick one short fork instead of three; a look, not a result
   * @param progress hears what is measured next
   */
  public static List<Comparison.Row> run(
      List<Comparison> comparisons, boolean quick, Consumer<String> progress) {
    ComparisonRunner runner = new ComparisonRunner(quick);
    for (Measure measure : measures(comparisons)) {
      progress.accept(measure instanceof Time time ? describe(time) : measure.name());
      runner.scores.put(measure, runner.score(measure));
    }
    return comparisons.stream().map(runner::row).toList();
  }

  private static String describe(Time time) {
    return time.name()
        + (time.parameters().isEmpty() ? "" : " " + time.parameters())
        + (time.threads() == 1 ? "" : ", " + time.threads() + " threads");
  }

  private static Set<Measure> measures(List<Comparison> comparisons) {
    return new LinkedHashSet<>(comparisons.stream()
        .flatMap(comparison -> Stream.of(comparison.subject(), comparison.rival()))
        .filter(measure -> !(measure instanceof Bound))
        .toList());
  }

  private Comparison.Row row(Comparison comparison) {
    Score subject = scoreOf(comparison.subject());
    Score rival = scoreOf(comparison.rival());
    double ratio = subject.value() / rival.value();
    boolean holds = ratio <= comparison.target()
        && (comparison.allocates() || subject.bytesPerOperation() < 0.1);
    return new Comparison.Row(
        comparison.name(),
        comparison.subject().name(),
        comparison.rival().name(),
        subject.value(),
        rival.value(),
        subject.unit(),
        ratio,
        comparison.target(),
        holds,
        subject.bytesPerOperation());
  }

  private Score scoreOf(Measure measure) {
    return scores.computeIfAbsent(measure, this::score);
  }

  private Score score(Measure measure) {
    if (measure instanceof Time time) {
      return time(time);
    }
    if (measure instanceof Memory memory) {
      return new Score((double) memory.bytes().getAsLong() / memory.per(), "B", 0);
    }
    Bound bound = (Bound) measure;
    return new Score(bound.score(), bound.unit(), 0);
  }

  private Score time(Time time) {
    var builder = new OptionsBuilder();
    time.parameters().forEach(builder::param);
    var options = builder
        .include("\\." + time.benchmark().replace(".", "\\.") + "$")
        .threads(time.threads())
        .forks(quick ? 1 : 3)
        .warmupIterations(quick ? 2 : 4)
        .warmupTime(TimeValue.milliseconds(quick ? 200 : 500))
        .measurementIterations(quick ? 3 : 5)
        .measurementTime(TimeValue.milliseconds(quick ? 200 : 500))
        .addProfiler(GCProfiler.class)
        .jvmArgsAppend("-Xms1g", "-Xmx1g")
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
    try {
      RunResult result = new Runner(options).runSingle();
      Result<?> primary = result.getPrimaryResult();
      Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
      return new Score(
          primary.getStatistics().getPercentile(time.percentile()),
          primary.getScoreUnit(),
          allocated == null ? 0 : allocated.getScore());
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "benchmark " + time.benchmark() + " failed: " + e.getMessage(), e);
    }
  }
}
