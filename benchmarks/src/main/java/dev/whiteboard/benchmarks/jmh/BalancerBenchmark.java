package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.balancing.Backend;
import dev.whiteboard.partitioning.balancing.Balancer;
import dev.whiteboard.partitioning.balancing.LeastInFlight;
import dev.whiteboard.partitioning.balancing.PeakEwma;
import dev.whiteboard.partitioning.balancing.RoundRobin;
import dev.whiteboard.partitioning.balancing.SmoothRoundRobin;
import dev.whiteboard.partitioning.balancing.TwoChoices;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to say who serves a request, against a stride scheduler as in gRPC, with one array read as the floor?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare partitioning}
 *
 * <p>A hundred backends; where they have weights, these run from 1 to 10. Ours count the request as in flight, and the
 * methods with {@code done} in the name count it out again; the stride scheduler does not count.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BalancerBenchmark {
  private static final int BACKENDS = 100;

  private Object[] table = {};
  private int index;
  private Balancer<String> roundRobin = RoundRobin.of(List.of());
  private SmoothRoundRobin<String> smooth = SmoothRoundRobin.of(List.of());
  private Balancer<String> twoChoices = RoundRobin.of(List.of());
  private Balancer<String> peakEwma = RoundRobin.of(List.of());
  private Balancer<String> leastInFlight = RoundRobin.of(List.of());
  private Stride stride = new Stride(new int[] {1});

  @Setup
  public void build() {
    List<Backend<String>> equal = backends(1);
    List<Backend<String>> weighted = backends(10);
    table = Keys.random().ints(1 << 14, 0, BACKENDS).mapToObj(equal::get).toArray();
    roundRobin = RoundRobin.of(equal);
    smooth = SmoothRoundRobin.of(weighted);
    twoChoices = TwoChoices.of(equal);
    peakEwma = PeakEwma.builder(equal).build();
    leastInFlight = LeastInFlight.of(equal);
    stride = new Stride(weighted.stream().mapToInt(Backend::weight).toArray());
  }

  private static List<Backend<String>> backends(int heaviest) {
    return IntStream.range(0, BACKENDS)
        .mapToObj(i -> Backend.of(Node.of("node-" + i, 1 + i % heaviest)))
        .toList();
  }

  /**
   * Static stride scheduling as gRFC A58 describes it: a counter goes round and round the backends, and one is passed
   * over in as many rounds as its weight, scaled so that the heaviest has 65,535, says.
   */
  private static final class Stride {
    private static final int MOST = 65_535;
    private final int[] scaled;
    private final AtomicInteger sequence = new AtomicInteger();

    Stride(int[] weights) {
      int heaviest = IntStream.of(weights).max().orElseThrow();
      scaled = IntStream.of(weights)
          .map(weight -> (int) Math.round((double) weight * MOST / heaviest))
          .toArray();
    }

    int pick() {
      while (true) {
        long sequenced = Integer.toUnsignedLong(sequence.getAndIncrement());
        int backend = (int) (sequenced % scaled.length);
        long generation = sequenced / scaled.length;
        int weight = scaled[backend];
        long offset = (long) MOST / 2 * backend;
        if ((weight * generation + offset) % MOST >= MOST - weight) {
          return backend;
        }
      }
    }
  }

  @Benchmark
  public Object pick_floor() {
    return table[index++ & (1 << 14) - 1];
  }

  @Benchmark
  public int pick_stride() {
    return stride.pick();
  }

  @Benchmark
  public Backend<String> pick_smooth() {
    return smooth.next();
  }

  @Benchmark
  public Backend<String> pick_roundRobin() {
    return roundRobin.pick();
  }

  @Benchmark
  public void pickAndDone_twoChoices() {
    twoChoices.done(twoChoices.pick(), 1000);
  }

  @Benchmark
  public void pickAndDone_peakEwma() {
    peakEwma.done(peakEwma.pick(), 1000);
  }

  @Benchmark
  public void pickAndDone_leastInFlight() {
    leastInFlight.done(leastInFlight.pick(), 1000);
  }
}
