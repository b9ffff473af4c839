package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.ErlangFormulas;
import dev.whiteboard.estimation.Estimate;
import dev.whiteboard.estimation.LruHitRatio;
import dev.whiteboard.estimation.Zipf;
import dev.whiteboard.estimation.designs.Designs;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Does a plan answer while somebody is typing? Held against fixed bounds, since there is no rival library.
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare estimation}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EstimationBenchmark {
  private final CapacityPlan plan = Designs.named("image-service").plan();
  private final Estimate summand = Estimate.between(1, 4);
  private double skew = 0.9;
  private double erlangs = 963_000;

  @Benchmark
  public double che_trillionItems() {
    skew = 1.8 - skew; // between 0.9 and 0.9, but not for the compiler
    return LruHitRatio.che(Zipf.of(1_000_000_000_000L, skew), 1e9);
  }

  @Benchmark
  public String plan_withIntervals() {
    return plan.with("writes", "900k/day..1.1M/day").toMarkdown();
  }

  /** A load that takes about the most steps; nearer to the servers, or further below, it takes fewer. */
  @Benchmark
  public double erlangC_millionServers() {
    erlangs = 2 * 963_000 - erlangs;
    return ErlangFormulas.waitProbability(1_000_000, erlangs);
  }

  /** A sum of two doubtful numbers is 2^14 draws, so 64 of them are 2^20. */
  @Benchmark
  public Estimate plus_64Sums() {
    Estimate sum = summand;
    for (int i = 0; i < 64; i++) {
      sum = sum.plus(summand);
    }
    return sum;
  }
}
