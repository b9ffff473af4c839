package dev.whiteboard.benchmarks.jmh;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.whiteboard.core.id.UuidV7;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take to draw a UUID that sorts by time and cannot be guessed, against uuid-creator's of version 7 and the
 * JDK's random one?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>Most of it is the price of random bits. Ours come from AES in counter mode, 8 KiB at a time; the others ask {@code
 * SecureRandom} for each UUID.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UuidV7Benchmark {
  private final UuidV7 uuids = UuidV7.create();

  @Benchmark
  public UUID next() {
    return uuids.next();
  }

  @Benchmark
  public UUID next_uuidCreator() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  @Benchmark
  public UUID next_randomUuid() {
    return UUID.randomUUID();
  }
}
