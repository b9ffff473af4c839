package dev.whiteboard.ratelimit;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While time stands still, every interleaving tried is one of a counter that is locked. */
@Tag("slow")
@Param(name = "permits", gen = IntGen.class, conf = "1:2")
@Param(name = "burst", gen = IntGen.class, conf = "1:4")
public class TokenBucketLincheckTest {
  private static final int BURST = 4;

  private final TokenBucket bucket = RateLimiter.tokenBucket(Limit.perSecond(10).burst(BURST))
      .ticker(new TestTicker())
      .build();

  @Operation
  public boolean tryAcquire(@Param(name = "permits") int permits) {
    return bucket.tryAcquire(permits);
  }

  @Operation
  public void refund(@Param(name = "permits") int permits) {
    bucket.refund(permits);
  }

  /** In tenths of a second: a permit takes one. */
  @Operation
  public long reserve(@Param(name = "permits") int permits) {
    return bucket
        .reserve(permits, Duration.ofMillis(300))
        .map(wait -> wait.toMillis() / 100)
        .orElse(-1L);
  }

  @Operation
  public void changeBurst(@Param(name = "burst") int burst) {
    bucket.changeLimit(Limit.perSecond(10).burst(burst));
  }

  @Operation
  public long available() {
    return bucket.stats().available();
  }

  /** What the bucket must look like from outside. What is available is less than none if it is reserved. */
  public static class Counter {
    private int burst = BURST;
    private int available = BURST;

    public boolean tryAcquire(int permits) {
      boolean allowed = permits <= available;
      available -= allowed ? permits : 0;
      return allowed;
    }

    public void refund(int permits) {
      available = Math.min(available + Math.min(permits, burst), burst);
    }

    public long reserve(int permits) {
      long missing = Math.max(0, permits - available);
      if (permits > burst || missing > 3) {
        return -1;
      }
      available -= permits;
      return missing;
    }

    public void changeBurst(int next) {
      burst = next;
      available = Math.min(available, burst);
    }

    public long available() {
      return Math.max(0, available);
    }
  }

  @Test
  void modelChecking() {
    boolean soak = Boolean.getBoolean("whiteboard.soak");
    new ModelCheckingOptions()
        .sequentialSpecification(Counter.class)
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(2)
        .iterations(soak ? 200 : 10)
        .invocationsPerIteration(soak ? 10_000 : 100)
        .checkObstructionFreedom(true)
        .check(TokenBucketLincheckTest.class);
  }
}
