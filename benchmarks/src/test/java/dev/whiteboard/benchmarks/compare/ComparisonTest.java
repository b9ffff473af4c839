package dev.whiteboard.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class ComparisonTest {
  @Test
  void all_nameBenchmarksThatExist() {
    Set<String> known = BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
        .stream()
        .map(entry -> entry.getUsername().replaceFirst(".*\\.jmh\\.", ""))
        .collect(Collectors.toSet());
    List<String> missing = Comparison.all().stream()
        .flatMap(comparison -> Stream.of(comparison.subject(), comparison.rival()))
        .filter(Measure.Time.class::isInstance)
        .map(Measure::name)
        .filter(name -> !known.contains(name))
        .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void all_haveNamesOfTheirOwn() {
    List<String> names = Comparison.all().stream().map(Comparison::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
  }

  /** Memory is counted, not timed, so that it can be asserted; but to walk through a million keys takes a minute. */
  @Test
  void memory_isWithinItsTargets() {
    List<Comparison> memory = Comparison.all().stream()
        .filter(comparison -> comparison.subject() instanceof Measure.Memory)
        .filter(comparison -> comparison.rival() instanceof Measure.Bound)
        .filter(comparison -> !comparison.subject().name().equals("KeyedRateLimiter"))
        .toList();
    List<Comparison.Row> rows = ComparisonRunner.run(memory, true, step -> {});
    assertEquals(4, rows.size());
    rows.forEach(row -> assertTrue(row.holds(), row.toString()));
  }
}
