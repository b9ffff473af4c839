package dev.whiteboard.benchmarks.jmh;

import com.github.f4b6a3.tsid.TsidFactory;
import dev.whiteboard.core.id.Snowflake;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take to draw an id, against reading the clock alone and against tsid-creator?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>The layout's own ceiling is 4,096 ids a millisecond, 244 ns each, whatever the code. A lead of a day takes it out of
 * the measurement; so the figure is the cost of a call, not a rate that can be kept up for hours.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SnowflakeBenchmark {
  private final Snowflake snowflake =
      Snowflake.builder(1).maxLead(Duration.ofDays(1)).build();
  private final TsidFactory tsid =
      TsidFactory.builder().withNodeBits(0).withNode(0).build();

  @Benchmark
  public long nextId() {
    return snowflake.nextId();
  }

  @Benchmark
  public long nextId_tsidCreator() {
    return tsid.create().toLong();
  }

  @Benchmark
  public long nextId_floor() {
    return System.currentTimeMillis();
  }
}
