package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.core.id.ShortCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sqids.Sqids;

/**
 * How long does it take to write a counter as a short code that shows no order, against Sqids?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>Both write the numbers from 0 up, in seven characters; Sqids in seven or more. Sqids, as it comes, also looks for bad
 * words in each code, which ours does not; it shuffles its alphabet for each code besides.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ShortCodeBenchmark {
  private final ShortCode code = ShortCode.builder(42).build();
  private final Sqids sqids = Sqids.builder().minLength(7).build();

  /** The number that comes next. */
  @State(Scope.Thread)
  public static class Counter {
    private long number;

    long next() {
      return number++ & 0xFFFF_FFFFL;
    }
  }

  @Benchmark
  public String encode(Counter counter) {
    return code.encode(counter.next());
  }

  @Benchmark
  public String encode_sqids(Counter counter) {
    return sqids.encode(List.of(counter.next()));
  }
}
