package dev.whiteboard.benchmarks.cli;

import com.google.common.collect.ImmutableMap;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.render.Svg;
import dev.whiteboard.benchmarks.report.Tables;
import dev.whiteboard.benchmarks.traces.CachePolicy;
import dev.whiteboard.benchmarks.traces.HitRatio;
import dev.whiteboard.benchmarks.traces.Trace;
import dev.whiteboard.benchmarks.traces.TraceException;
import dev.whiteboard.benchmarks.traces.TraceFormat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
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
      "The file may be gzip or plain and is read as a stream."
    })
final class HitRatioCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file = Path.of("");

  @Option(
      names = "--capacity",
      split = ",",
      paramLabel = "N",
      description = "Cache sizes in entries; default: ${DEFAULT-VALUE}.",
      defaultValue = "256,1024,4096,16384,65536")
  private List<Integer> capacities = new ArrayList<>();

  @Option(
      names = "--policy",
      split = ",",
      paramLabel = "p",
      description = "Policies: lru. Default: all.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--format",
      description =
          "lines: one key a line. i64: little-endian 64-bit keys. csv: time,key,size. Default: by the name, .i64, .csv, "
              + "anything else is lines.")
  private @Nullable TraceFormat format;

  @Option(
      names = "--out",
      paramLabel = "FILE.svg",
      description = "Write the curve of hit ratio against size as a picture.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    for (int capacity : capacities) {
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
        .print(json ? Json.write(rows) : Tables.hitRatios(rows).toText());
    return 0;
  }

  private List<HitRatio> replay() throws IOException {
    if (!Files.exists(file)) {
      throw new UserError("no such file: " + file);
    }
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a folder: name a trace file");
    }
    try {
      return HitRatio.replay(Trace.of(file, format), chosen(), capacities);
    } catch (TraceException e) {
      throw new UserError(file + " " + e.getMessage(), e);
    } catch (AccessDeniedException e) {
      throw new UserError("not allowed to read " + file, e);
    }
  }

  private ImmutableMap<String, IntFunction<LongPredicate>> chosen() {
    ImmutableMap<String, IntFunction<LongPredicate>> all = CachePolicy.all();
    if (policies.isEmpty()) {
      return all;
    }
    Map<String, IntFunction<LongPredicate>> chosen = new LinkedHashMap<>();
    for (String policy : policies) {
      IntFunction<LongPredicate> factory = all.get(policy);
      if (factory == null) {
        throw Suggestions.unknown("policy", policy, all.keySet());
      }
      chosen.put(policy, factory);
    }
    return ImmutableMap.copyOf(chosen);
  }

  private Chart chart(List<HitRatio> rows) {
    Map<String, List<Chart.Point>> points = new LinkedHashMap<>();
    for (HitRatio row : rows) {
      points
          .computeIfAbsent(row.policy(), policy -> new ArrayList<>())
          .add(new Chart.Point(row.capacity(), row.hitRatio()));
    }
    return new Chart(
        "Hit ratio on " + file.getFileName(),
        Chart.Axis.log("cache size, entries"),
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
