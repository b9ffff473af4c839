package dev.whiteboard.benchmarks.jmh;

import com.github.f4b6a3.tsid.TsidFactory;
import dev.whiteboard.core.id.Snowflake;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take to draw an id, against reading the clock alone and against tsid-creator?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>The layout's own ceiling is 4,096 ids a millisecond, 244 ns each, whatever the code. To measure the cost of a call and
 * not that ceiling, the ids may run ahead of the clock by a day; and since a new generator starts with its lead used up, it
 * is built under a clock that is a day late.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SnowflakeBenchmark {
  private static final Duration LEAD = Duration.ofDays(1);

  private final LateClock clock = new LateClock();
  private final Snowflake snowflake =
      Snowflake.builder(1).clock(clock).maxLead(LEAD).build();
  private final TsidFactory tsid =
      TsidFactory.builder().withNodeBits(0).withNode(0).build();

  @Setup
  public void correctTheClock() {
    clock.lateMillis = 0;
  }

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

  /** The system's clock, a day late until it is corrected. */
  private static final class LateClock implements InstantSource {
    private long lateMillis = LEAD.toMillis();

    @Override
    public long millis() {
      return System.currentTimeMillis() - lateMillis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }
  }
}
