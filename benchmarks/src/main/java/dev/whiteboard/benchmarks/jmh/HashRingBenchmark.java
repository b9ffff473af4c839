package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.Node;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does a ring take to find an owner, against the textbook's ring in a TreeMap, with {@code hash % n} as the floor?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare partitioning}
 *
 * <p>{@code locate} looks up keys that do not depend on each other, so that the processor overlaps them; in
 * {@code locate_chain} each key depends on the last owner, which shows the latency of one look-up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HashRingBenchmark {
  private static final int VIRTUAL_NODES = 160;

  @Param({"100"})
  public int nodes;

  private long[] hashes = {};
  private int index;
  private long previous;
  private String[] names = {};
  private HashRing<String> ring = HashRing.of("none");
  private final TreeMap<Long, String> treeMap = new TreeMap<>();

  @Setup
  public void build() {
    hashes = Keys.hashes();
    names = IntStream.range(0, nodes).mapToObj(i -> "node-" + i).toArray(String[]::new);
    ring = HashRing.of(names);
    for (String name : names) {
      for (int i = 0; i < VIRTUAL_NODES; i++) {
        treeMap.put(Xxh3.hash(Xxh3.hash(name), i), name);
      }
    }
  }

  private long next() {
    return hashes[index++ & Keys.MASK];
  }

  private String treeMapOwner(long hash) {
    Map.Entry<Long, String> point = treeMap.ceilingEntry(hash);
    return point == null ? treeMap.firstEntry().getValue() : point.getValue();
  }

  @Benchmark
  public String locate() {
    return ring.locate(next());
  }

  @Benchmark
  public String locate_treeMap() {
    return treeMapOwner(next());
  }

  @Benchmark
  public String locate_floor() {
    return names[(int) Long.remainderUnsigned(next(), nodes)];
  }

  @Benchmark
  public long locate_chain() {
    previous = Xxh3.hash(previous + ring.locate(previous).length());
    return previous;
  }

  @Benchmark
  public long locate_chain_treeMap() {
    previous = Xxh3.hash(previous + treeMapOwner(previous).length());
    return previous;
  }

  @Benchmark
  public HashRing<String> with_oneNodeMore() {
    return ring.with(Node.of("one more"));
  }

  @Benchmark
  public Map<Long, String> with_oneNodeMore_treeMap() {
    TreeMap<Long, String> more = new TreeMap<>(treeMap);
    for (int i = 0; i < VIRTUAL_NODES; i++) {
      more.put(Xxh3.hash(Xxh3.hash("one more"), i), "one more");
    }
    return more;
  }

  /** Takes the node out again, so that every call finds the same ring: two changes, of which the score counts one. */
  @Benchmark
  @OperationsPerInvocation(2)
  public Map<Long, String> with_oneNodeMore_treeMapInPlace() {
    for (int i = 0; i < VIRTUAL_NODES; i++) {
      treeMap.put(Xxh3.hash(Xxh3.hash("one more"), i), "one more");
    }
    for (int i = 0; i < VIRTUAL_NODES; i++) {
      treeMap.remove(Xxh3.hash(Xxh3.hash("one more"), i));
    }
    return treeMap;
  }
}
