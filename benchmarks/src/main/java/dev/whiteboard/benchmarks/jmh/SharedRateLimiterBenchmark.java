package dev.whiteboard.benchmarks.jmh;

import static java.util.Objects.requireNonNull;

import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RedisStore;
import dev.whiteboard.ratelimit.SharedRateLimiter;
import dev.whiteboard.ratelimit.WhenUnreachable;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.embedded.RedisServer;
import redis.embedded.ports.EphemeralPortProvider;

/**
 * What does a decision cost that is made in Redis, against Bucket4j's, with a plain {@code GET} as the floor?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare ratelimit}
 *
 * <p>Redis runs beside the benchmark on the same processors, and is reached over the loopback interface: a network would add
 * its own time to each round trip, of which Bucket4j makes two. All three use Lettuce, one connection each, and no key ever
 * runs dry.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SharedRateLimiterBenchmark {
  private static final int KEYS = 1 << 13;
  private static final Limit LIMIT = Limit.perSecond(1000);

  /** Which key comes next. */
  @State(Scope.Thread)
  public static class Order {
    private int index;

    int next() {
      return index++ & (KEYS - 1);
    }
  }

  private final String[] keys =
      IntStream.range(0, KEYS).mapToObj("user-%07d"::formatted).toArray(String[]::new);
  private final byte[][] keysAsBytes = IntStream.range(0, KEYS)
      .mapToObj(i -> ("bucket4j-" + keys[i]).getBytes(StandardCharsets.UTF_8))
      .toArray(byte[][]::new);
  private final BucketConfiguration configuration = BucketConfiguration.builder()
      .addLimit(
          limit -> limit.capacity(LIMIT.burst()).refillGreedy(LIMIT.permits(), LIMIT.period()))
      .build();

  private @Nullable RedisServer server;
  private @Nullable RedisClient client;
  private @Nullable RedisCommands<String, String> redis;
  private @Nullable SharedRateLimiter limiter;
  private @Nullable ProxyManager<byte[]> bucket4j;

  /** Starts a server without persistence, and connects. */
  @Setup
  public void start() throws IOException {
    int port = new EphemeralPortProvider().next();
    server =
        RedisServer.builder().port(port).bind("127.0.0.1").setting("save \"\"").build();
    server.start();
    client = RedisClient.create("redis://127.0.0.1:" + port);
    RedisCommands<String, String> commands = client.connect().sync();
    redis = commands;
    limiter = SharedRateLimiter.tokenBucket(
            LIMIT,
            RedisStore.of(
                (sha, names, args) -> commands.evalsha(
                    sha,
                    ScriptOutputType.MULTI,
                    names.toArray(String[]::new),
                    args.toArray(String[]::new)),
                (script, names, args) -> commands.eval(
                    script,
                    ScriptOutputType.MULTI,
                    names.toArray(String[]::new),
                    args.toArray(String[]::new))),
            WhenUnreachable.REFUSE)
        .build();
    bucket4j = Bucket4jLettuce.casBasedBuilder(client)
        .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
            Duration.ofSeconds(1)))
        .build();
  }

  /** Stops both. */
  @TearDown
  public void stop() throws IOException {
    requireNonNull(client).shutdown();
    requireNonNull(server).stop();
  }

  @Benchmark
  public boolean tryAcquire(Order order) {
    if (requireNonNull(limiter).tryAcquire(keys[order.next()]).allowed()) {
      return true;
    }
    throw new IllegalStateException("Redis fails, or a key has run dry");
  }

  @Benchmark
  public boolean tryAcquire_bucket4j(Order order) {
    byte[] key = keysAsBytes[order.next()];
    return requireNonNull(bucket4j).builder().build(key, () -> configuration).tryConsume(1);
  }

  @Benchmark
  public @Nullable String tryAcquire_floor(Order order) {
    return requireNonNull(redis).get(keys[order.next()]);
  }
}
