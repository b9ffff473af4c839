package dev.whiteboard.ratelimit;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While time stands still, keys that are forgotten under the hands of those who want them lose and gain nothing. */
@Tag("slow")
@Param(name = "key", gen = IntGen.class, conf = "1:2")
public class KeyedRateLimiterLincheckTest {
  private final TestTicker ticker = new TestTicker();
  private final KeyedRateLimiter<Integer> limiter = KeyedRateLimiter.builder(
          Limit.perSecond(10).burst(TestCounters.BURST))
      .ticker(ticker)
      .build();

  /** Both keys are known, and idle. */
  public KeyedRateLimiterLincheckTest() {
    limiter.tryAcquire(1);
    limiter.tryAcquire(2);
    ticker.advance(Duration.ofSeconds(1));
  }

  @Operation
  public boolean tryAcquire(@Param(name = "key") int key) {
    return limiter.tryAcquire(key);
  }

  @Operation
  public void sweep() {
    limiter.sweep(2, ticker.read());
  }

  @Operation
  public long available(@Param(name = "key") int key) {
    return limiter.stats(key).available();
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
        .check(KeyedRateLimiterLincheckTest.class);
  }
}
