package dev.whiteboard.benchmarks.jmh;

import com.dynatrace.hash4j.consistent.ConsistentBucketSetHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;
import com.dynatrace.hash4j.random.PseudoRandomGeneratorProvider;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.SlotTable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does a compiled table take to find an owner, against hash4j's JumpBackAnchor, with {@code hash % n} as the floor?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare partitioning}
 *
 * <p>The table has 16,384 slots, or 64 for each node if that is more. The look-ups do not depend on each other, so that the processor overlaps
 * them: a table that fills the second-level cache would show a longer latency in a chain of look-ups. The owner is returned
 * as an {@code Object}: to cast it is to read it, which with thousands of owners takes longer than to find it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SlotTableBenchmark {
  @Param({"100"})
  public int nodes;

  private long[] hashes = {};
  private int index;
  private String[] names = {};
  private SlotTable<String> table = SlotTable.of("none");
  private HashRing<String> ring = HashRing.of("none");
  private final ConsistentBucketSetHasher anchor =
      ConsistentHashing.jumpBackAnchorHash(PseudoRandomGeneratorProvider.splitMix64_V1());

  @Setup
  public void build() {
    hashes = Keys.hashes();
    names = IntStream.range(0, nodes).mapToObj(i -> "node-" + i).toArray(String[]::new);
    table = SlotTable.<String>builder()
        .slots(slots(nodes))
        .nodes(Stream.of(names).map(Node::of).toList())
        .build();
    ring = HashRing.of(names);
    for (int i = 0; i < nodes; i++) {
      anchor.addBucket();
    }
  }

  /** The default, or more if nodes are so many that they would have fewer than 64 slots each. */
  private static int slots(int nodes) {
    return Math.max(SlotTable.DEFAULT_SLOTS, 64 * nodes);
  }

  private long next() {
    return hashes[index++ & Keys.MASK];
  }

  @Benchmark
  public Object locate() {
    return table.locate(next());
  }

  @Benchmark
  public Object locate_jumpBackAnchor() {
    return names[anchor.getBucket(next())];
  }

  @Benchmark
  public Object locate_floor() {
    return names[(int) Long.remainderUnsigned(next(), nodes)];
  }

  @Benchmark
  public SlotTable<String> compile_ring() {
    return ring.compile(slots(nodes));
  }

  @Benchmark
  public SlotTable<String> with_oneNodeMore() {
    return table.with(Node.of("one more"));
  }
}
