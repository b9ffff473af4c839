package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.partitioning.AnchorHash;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.JumpHash;
import dev.whiteboard.partitioning.MaglevTable;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.RendezvousHash;
import dev.whiteboard.partitioning.SlotTable;
import dev.whiteboard.partitioning.TokenRing;
import java.util.List;
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
 * What does a look-up cost in each of the algorithms that may own the keys, before any of them is compiled into a table?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar jmh PartitionerBenchmark}
 *
 * <p>The hashes are mixed already. An application that hashes its keys pays for that too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartitionerBenchmark {
  @Param({"5", "50", "500"})
  public int nodes;

  private long[] hashes = {};
  private int index;
  private String[] names = {};
  private HashRing<String> ring = HashRing.of("none");
  private TokenRing<String> tokens = TokenRing.of("none");
  private JumpHash<String> jump = JumpHash.of("none");
  private RendezvousHash<String> rendezvous = RendezvousHash.of("none");
  private AnchorHash<String> anchor = AnchorHash.create(1, List.of());
  private MaglevTable<String> maglev = MaglevTable.of("none");
  private SlotTable<String> slots = SlotTable.of("none");

  @Setup
  public void build() {
    hashes = Keys.hashes();
    names = IntStream.range(0, nodes).mapToObj(i -> "node-" + i).toArray(String[]::new);
    ring = HashRing.of(names);
    tokens = TokenRing.of(names);
    jump = JumpHash.of(names);
    rendezvous = RendezvousHash.of(names);
    anchor = AnchorHash.create(2 * nodes, Stream.of(names).map(Node::of).toList());
    maglev = MaglevTable.of(names);
    slots = SlotTable.of(names);
  }

  private long next() {
    return hashes[index++ & Keys.MASK];
  }

  @Benchmark
  public String locate_floor() {
    return names[(int) Long.remainderUnsigned(next(), nodes)];
  }

  @Benchmark
  public String locate_slotTable() {
    return slots.locate(next());
  }

  @Benchmark
  public String locate_hashRing() {
    return ring.locate(next());
  }

  @Benchmark
  public String locate_tokenRing() {
    return tokens.locate(next());
  }

  @Benchmark
  public String locate_jump() {
    return jump.locate(next());
  }

  @Benchmark
  public String locate_rendezvous() {
    return rendezvous.locate(next());
  }

  @Benchmark
  public String locate_anchor() {
    return anchor.locate(next());
  }

  @Benchmark
  public String locate_maglev() {
    return maglev.locate(next());
  }
}
