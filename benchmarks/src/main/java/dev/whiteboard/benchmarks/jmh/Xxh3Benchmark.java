package dev.whiteboard.benchmarks.jmh;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.google.common.base.Strings;
import com.google.common.hash.Hashing;
import dev.whiteboard.core.hash.Xxh3;
import java.nio.charset.StandardCharsets;
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
 * How long does it take to hash a text key? Against hash4j's XXH3 and wyhash and Guava's murmur3, all over the same UTF-16
 * code units, and against Guava's fastest good 64-bit hash, FarmHash of the UTF-8 bytes.
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare core}
 *
 * <p>{@code char} by {@code char} is the only way to read a string that neither allocates nor opens the JDK, and it costs
 * more than the hash. Guava copies the text to an array first: with 16 characters that takes longer, with 64 ASCII characters
 * it takes half the time and 80 bytes of garbage, and other texts take it several times as long.
 *
 * <p>Misleading if all keys had one length known to the compiler, or were one object: here 1,024 of them take turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Xxh3Benchmark {
  private static final Hasher64 XXH3 = com.dynatrace.hash4j.hashing.Hashing.xxh3_64();
  private static final Hasher64 WYHASH = com.dynatrace.hash4j.hashing.Hashing.wyhashFinal4();
  private static final int TEXTS = 1024;

  @Param({"8", "16", "64"})
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
    return XXH3.hashCharsToLong(next());
  }

  @Benchmark
  public long hash_string_wyhash() {
    return WYHASH.hashCharsToLong(next());
  }

  @Benchmark
  public long hash_string_guavaFarmHash() {
    return Hashing.farmHashFingerprint64()
        .hashString(next(), StandardCharsets.UTF_8)
        .asLong();
  }

  @Benchmark
  public long hash_string_guavaMurmur3() {
    return Hashing.murmur3_128().hashUnencodedChars(next()).asLong();
  }

  @Benchmark
  public int hash_string_floor() {
    return next().length();
  }
}
