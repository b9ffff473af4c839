package dev.whiteboard.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does the slowest put in a thousand take, in a large cache that is full of entries that were all hit?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare caching}
 *
 * <p>Every put is of a new key, so that each evicts. A policy that passes over what was hit has a million entries to pass.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PutTailBenchmark {
  private static final int ENTRIES = 1_000_000;

  @Param({"whiteboard", "caffeine", "caffeineSameThread", "guava", "cache2k"})
  public String cache = "whiteboard";

  private Stores.Store store = Stores.create("concurrentHashMap", 1);
  private int next;

  @Setup
  public void fill() {
    store = Stores.create(cache, ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      store.put(i, i);
    }
    for (int i = 0; i < ENTRIES; i++) {
      Integer unused = store.get(i);
    }
    next = ENTRIES;
  }

  @Benchmark
  public void put_new() {
    Integer key = next++;
    store.put(key, key);
  }
}
