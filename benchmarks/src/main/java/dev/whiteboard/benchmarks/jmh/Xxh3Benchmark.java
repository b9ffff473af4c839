package dev.whiteboard.benchmarks.jmh;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.google.common.base.Strings;
import dev.whiteboard.core.hash.Xxh3;
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
 * How long does it take to hash a text key? Against hash4j's XXH3 over characters and Guava's two good 64-bit hashes.
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>Misleading if all keys had one length known to the compiler, or were one object: here 1,024 of them take turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Xxh3Benchmark {
  private static final Hasher64 HASH4J = Hashing.xxh3_64();
  private static final int TEXTS = 1024;

  @Param({"16"})
  public int length;

  private String[] texts = {};
  private int index;

  @Setup
  public void makeTexts() {
    texts = Keys.random()
        .longs(TEXTS)
        .mapToObj(n -> Strings.padStart(Long.toHexString(n), 64, 'k').substring(64 - length))
        .toArray(String[]::new);
  }

  private String next() {
    return texts[index++ & (TEXTS - 1)];
  }

  @Benchmark
  public long hash_string() {
    return Xxh3.hash(next());
  }

  @Benchmark
  public long hash_string_hash4j() {
    return HASH4J.hashCharsToLong(next());
  }

  @Benchmark
  public long hash_string_guavaMurmur3() {
    return com.google.common.hash.Hashing.murmur3_128()
        .hashUnencodedChars(next())
        .asLong();
  }

  @Benchmark
  public int hash_string_floor() {
    return next().length();
  }
}
