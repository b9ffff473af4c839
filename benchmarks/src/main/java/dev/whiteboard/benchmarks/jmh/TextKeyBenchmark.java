package dev.whiteboard.benchmarks.jmh;

import com.dynatrace.hash4j.consistent.ConsistentBucketHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.random.PseudoRandomGeneratorProvider;
import com.google.common.base.Strings;
import com.google.common.hash.Hashing;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.SlotTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ishugaliy.allgood.consistent.hash.HashRing;
import org.ishugaliy.allgood.consistent.hash.node.SimpleNode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take from a text key to its node, and to the three nodes that keep its copies, among a hundred?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare partitioning}
 *
 * <p>The keys have 16 characters. hash4j and Guava number their buckets, so that a node is read from an array. Our three
 * nodes are in three zones; allgood-consistent-hash knows no zones, so that it has less to do. It hashes its keys itself;
 * {@code replicas_hashed} has keys that are hashed already.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextKeyBenchmark {
  private static final int NODES = 100;
  private static final int TEXTS = 1024;
  private static final Hasher64 XXH3 = com.dynatrace.hash4j.hashing.Hashing.xxh3_64();
  private static final ConsistentBucketHasher JUMP_BACK =
      ConsistentHashing.jumpBackHash(PseudoRandomGeneratorProvider.splitMix64_V1());

  private String[] texts = {};
  private long[] hashes = {};
  private int index;
  private final String[] names = new String[NODES];
  private SlotTable<String> table = SlotTable.of("none");
  private HashRing<SimpleNode> allgood = HashRing.<SimpleNode>newBuilder().build();

  @Setup
  public void build() {
    hashes = Keys.hashes();
    texts = Keys.random()
        .longs(TEXTS)
        .mapToObj(n -> Strings.padStart(Long.toHexString(n), 16, 'k'))
        .toArray(String[]::new);
    List<Node<String>> nodes = new ArrayList<>();
    List<SimpleNode> theirs = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      names[i] = "node-" + i;
      nodes.add(Node.of(names[i]).inZone("zone-" + i % 3));
      theirs.add(SimpleNode.of(names[i]));
    }
    table = SlotTable.<String>builder().nodes(nodes).copies(3).build();
    allgood = HashRing.<SimpleNode>newBuilder().partitionRate(160).nodes(theirs).build();
  }

  private String next() {
    return texts[index++ & (TEXTS - 1)];
  }

  @Benchmark
  public String locate() {
    return table.locate(next());
  }

  @Benchmark
  public String locate_hash4j() {
    return names[JUMP_BACK.getBucket(XXH3.hashCharsToLong(next()), NODES)];
  }

  @Benchmark
  public String locate_guava() {
    return names[Hashing.consistentHash(Hashing.murmur3_128().hashUnencodedChars(next()), NODES)];
  }

  @Benchmark
  public List<String> replicas() {
    return table.replicas(Xxh3.hash(next()), 3);
  }

  @Benchmark
  public List<String> replicas_hashed() {
    return table.replicas(hashes[index++ & Keys.MASK], 3);
  }

  @Benchmark
  public Set<SimpleNode> replicas_allgood() {
    return allgood.locate(next(), 3);
  }
}
