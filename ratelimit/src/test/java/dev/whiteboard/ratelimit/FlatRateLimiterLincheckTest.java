package dev.whiteboard.ratelimit;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While time stands still, a key whose cell is taken over under its hands loses and gains nothing. */
@Tag("slow")
@Param(name = "key", gen = IntGen.class, conf = "0:2")
public class FlatRateLimiterLincheckTest {
  /** Keys that start their search at the same cell. */
  private static final long[] KEYS = {4, 5, 7};

  private final TestTicker ticker = new TestTicker();
  private final FlatRateLimiter limiter =
      new FlatRateLimiter(new Gcra(Limit.perSecond(10).burst(TestCounters.BURST)), ticker, 1, 4);

  /** All four cells are taken, and idle. The last of the keys has the one at which the others would start. */
  public FlatRateLimiterLincheckTest() {
    for (long key : new long[] {7, 1, 2, 3}) {
      limiter.tryAcquire(key);
    }
    ticker.advance(Duration.ofSeconds(1));
  }

  @Operation
  public boolean tryAcquire(@Param(name = "key") int key) {
    return limiter.tryAcquire(KEYS[key]);
  }

  @Operation
  public long available(@Param(name = "key") int key) {
    return limiter.peek(KEYS[key], 1).remaining();
  }

  @Test
  void modelChecking() {
    boolean soak = Boolean.getBoolean("whiteboard.soak");
    new ModelCheckingOptions()
        .sequentialSpecification(TestCounters.class)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(2)
        .iterations(soak ? 200 : 6)
        .invocationsPerIteration(soak ? 10_000 : 100)
        .check(FlatRateLimiterLincheckTest.class);
  }
}
