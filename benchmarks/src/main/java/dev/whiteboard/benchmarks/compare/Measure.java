package dev.whiteboard.benchmarks.compare;

import java.util.Map;
import java.util.function.LongSupplier;

/** Something that a score can be had for; a lower score is better. */
sealed interface Measure {
  /** What it is called in a table. */
  String name();

  /**
   * The time of an operation.
   *
   * @param benchmark class and method, such as {@code SnowflakeBenchmark.nextId}
   * @param threads how many threads run it at once
   * @param parameters values of some of the benchmark's parameters, by name; others keep theirs
   * @param percentile which one of the times counts, 50 for the median; in a benchmark that samples single operations 99.9
   *     is the slowest in a thousand
   */
  record Time(String benchmark, int threads, Map<String, String> parameters, double percentile)
      implements Measure {
    Time(String benchmark, int threads, Map<String, String> parameters) {
      this(benchmark, threads, parameters, 50);
    }

    Time(String benchmark, int threads) {
      this(benchmark, threads, Map.of());
    }

    @Override
    public String name() {
      return benchmark;
    }
  }

  /**
   * Memory, counted by JOL.
   *
   * @param name what is counted
   * @param bytes counts it
   * @param per how many entries it is divided by
   */
  record Memory(String name, LongSupplier bytes, int per) implements Measure {}

  /**
   * A number that was set as a goal.
   *
   * @param score the number
   * @param unit its unit
   */
  record Bound(double score, String unit) implements Measure {
    @Override
    public String name() {
      return "bound";
    }
  }
}
