package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.render.Svg;
import dev.whiteboard.benchmarks.report.Tables;
import dev.whiteboard.benchmarks.traces.HitRatio;
import dev.whiteboard.benchmarks.traces.Terms;
import dev.whiteboard.benchmarks.traces.Trace;
import dev.whiteboard.benchmarks.traces.TraceException;
import dev.whiteboard.benchmarks.traces.TraceFormat;
import dev.whiteboard.benchmarks.traces.TraceGenerator;
import dev.whiteboard.estimation.CalendarUnit;
import dev.whiteboard.estimation.TimeSpan;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "hit-ratio",
    description = {
      "Replay a trace of requests against caches: a look-up each and, on a miss, an insertion.",
      "The file may be gzip or plain and is read as a stream (belady alone keeps all keys, to know the future)."
    })
final class HitRatioCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The trace.")
  private @Nullable Path file;

  @Option(
      names = "--generate",
      paramLabel = "KIND",
      description = "Instead of a file: ${COMPLETION-CANDIDATES}, seeded traffic.")
  private @Nullable TraceGenerator generator;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "How many requests to generate; default: ${DEFAULT-VALUE}.",
      defaultValue = "1000000")
  private long requests;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Which requests to generate; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--capacity",
      split = ",",
      paramLabel = "N",
      description =
          "Cache sizes in entries, with --weighed in the trace's sizes; default: ${DEFAULT-VALUE}.",
      defaultValue = "256,1024,4096,16384,65536")
  private List<Long> capacities = new ArrayList<>();

  @Option(
      names = "--policy",
      split = ",",
      paramLabel = "p",
      description = "Policies: ${COMPLETION-CANDIDATES}. Default: all.",
      completionCandidates = Names.class)
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--format",
      description =
          "lines: one key a line. i64: little-endian 64-bit keys. csv: time,key,size. Default: by the name, .i64, .csv, "
              + "anything else is lines.")
  private @Nullable TraceFormat format;

  @Option(
      names = "--weighed",
      description = "An entry takes its size of the capacity, not 1 (csv).")
  private boolean weighed;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "Entries expire so long after they came in, such as 90s or \"10 min\" (csv).")
  private @Nullable String lifetime;

  @Option(
      names = "--time-unit",
      description = "The unit of a csv trace's times; default: ${DEFAULT-VALUE}.",
      defaultValue = "MILLISECONDS")
  private TimeUnit timeUnit = TimeUnit.MILLISECONDS;

  @Option(
      names = "--out",
      paramLabel = "FILE.svg",
      description = "Write the curve of hit ratio against size as a picture.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (requests < 0) {
      throw new UserError("--requests must be >= 0, was " + requests);
    }
    for (long capacity : capacities) {
      if (capacity < 1) {
        throw new UserError("--capacity must be >= 1, was " + capacity);
      }
    }
    List<HitRatio> rows = replay();
    if (out != null) {
      writePicture(out, Svg.draw(chart(rows)));
    }
    spec.commandLine()
        .getOut()
        .print(json ? Json.write(rows) : Tables.hitRatios(rows, weighed).toText());
    return 0;
  }

  /** What {@code --help} lists. */
  private static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(HitRatio.policies());
    }
  }

  private List<HitRatio> replay() throws IOException {
    Terms terms = terms();
    List<String> chosen = policies.isEmpty() ? HitRatio.policies(terms) : policies;
    for (String policy : chosen) {
      if (!HitRatio.policies().contains(policy)) {
        throw Suggestions.unknown("policy", policy, HitRatio.policies());
      }
      if (!HitRatio.policies(terms).contains(policy)) {
        throw new UserError(policy
            + " is known only for entries of one size that stay: leave out --weighed and --ttl");
      }
    }
    if (generator != null) {
      return HitRatio.replay(generator.requests(requests, seed), chosen, capacities, terms);
    }
    Path trace = existing();
    try {
      return HitRatio.replay(Trace.of(trace, format), chosen, capacities, terms);
    } catch (TraceException e) {
      throw new UserError(trace + " " + e.getMessage(), e);
    } catch (AccessDeniedException e) {
      throw new UserError("not allowed to read " + trace, e);
    }
  }

  private Terms terms() {
    if (lifetime == null) {
      return new Terms(weighed, 0, timeUnit);
    }
    double nanos;
    try {
      nanos = TimeSpan.parse(lifetime).in(CalendarUnit.SECOND) * 1e9;
    } catch (IllegalArgumentException e) {
      throw new UserError("--ttl: " + e.getMessage(), e);
    }
    if (nanos < 1 || nanos > Duration.ofDays(36_525).toNanos()) {
      throw new UserError("--ttl must be > 0 and <= a century, was " + lifetime);
    }
    return new Terms(weighed, (long) nanos, timeUnit);
  }

  private Path existing() {
    if (file == null) {
      throw new UserError("name a trace file, or a kind of traffic with --generate");
    }
    if (!Files.exists(file)) {
      throw new UserError("no such file: " + file);
    }
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a folder: name a trace file");
    }
    return file;
  }

  private Chart chart(List<HitRatio> rows) {
    Map<String, List<Chart.Point>> points = new LinkedHashMap<>();
    for (HitRatio row : rows) {
      points
          .computeIfAbsent(row.policy(), policy -> new ArrayList<>())
          .add(new Chart.Point(row.capacity(), row.hitRatio()));
    }
    return new Chart(
        "Hit ratio on " + (generator != null ? generator : existing().getFileName()),
        Chart.Axis.log(weighed ? "cache size, in the trace's sizes" : "cache size, entries"),
        Chart.Axis.linear("hit ratio"),
        points.entrySet().stream()
            .map(line -> new Chart.Series(line.getKey(), Chart.Mark.LINE_AND_DOTS, line.getValue()))
            .toList());
  }

  private static void writePicture(Path target, String svg) {
    try {
      Files.writeString(target, svg);
    } catch (IOException e) {
      throw new UserError(
          "cannot write " + target + ": name a file in a folder that exists and can be written to",
          e);
    }
  }
}
