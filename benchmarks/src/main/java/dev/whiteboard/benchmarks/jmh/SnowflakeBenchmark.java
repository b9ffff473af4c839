package dev.whiteboard.benchmarks.jmh;

import com.github.f4b6a3.tsid.TsidFactory;
import dev.whiteboard.core.id.RelaxedSnowflake;
import dev.whiteboard.core.id.Snowflake;
import dev.whiteboard.core.id.SnowflakeLayout;
import io.hypersistence.tsid.TSID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take to draw an id, against reading the clock alone, and against two libraries?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>Twitter's layout has a ceiling of 4,096 ids a millisecond, 244 ns each, whatever the code. To measure the cost of a call
 * and not that ceiling, the sequence here has 21 bits, which nobody exhausts; the libraries' has 22.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SnowflakeBenchmark {
  private static final SnowflakeLayout WIDE =
      SnowflakeLayout.of(SnowflakeLayout.TWITTER.epoch(), 41, 1, 21);
  private static final int LEASE = 1000;

  private final Snowflake snowflake = Snowflake.builder(WIDE, 1).build();
  private final RelaxedSnowflake relaxed = Snowflake.builder(WIDE, 0).buildRelaxed();
  private final TsidFactory tsid =
      TsidFactory.builder().withNodeBits(0).withNode(0).build();
  private final TSID.Factory hypersistence =
      TSID.Factory.builder().withNodeBits(0).withNode(0).build();

  /** What a thread holds of the generator's ids. */
  @State(Scope.Thread)
  public static class Leased {
    private final Snowflake source = Snowflake.builder(WIDE, 1).build();
    private Snowflake.Lease lease = source.lease(LEASE);

    long next() {
      if (lease.remaining() == 0) {
        lease = source.lease(LEASE);
      }
      return lease.next();
    }
  }

  @Benchmark
  public long nextId() {
    return snowflake.nextId();
  }

  @Benchmark
  public long nextId_relaxed() {
    return relaxed.nextId();
  }

  @Benchmark
  public long nextId_lease(Leased leased) {
    return leased.next();
  }

  @Benchmark
  public long nextId_tsidCreator() {
    return tsid.create().toLong();
  }

  @Benchmark
  public long nextId_hypersistence() {
    return hypersistence.generate().toLong();
  }

  @Benchmark
  public long nextId_floor() {
    return System.currentTimeMillis();
  }
}
