package dev.whiteboard.ratelimit;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * While time stands still, no interleaving of leases mints a permit or loses one: what was taken and what can still be
 * taken are the burst. A thread may be refused what is in another's hand, so answers do not count here.
 */
@Tag("slow")
@Param(name = "permits", gen = IntGen.class, conf = "1:2")
@Param(name = "home", gen = IntGen.class, conf = "0:1")
public class LeasedRateLimiterLincheckTest {
  private static final int BURST = 7;

  private final AtomicLong taken = new AtomicLong();
  private final LeasedRateLimiter limiter = LeasedRateLimiter.builder(
          Limit.perSecond(10).burst(BURST))
      .stripes(2)
      .lease(2)
      .ticker(new TestTicker())
      .build();

  @Operation
  public void tryAcquire(@Param(name = "permits") int permits, @Param(name = "home") int home) {
    if (limiter.tryAcquire(permits, home)) {
      taken.addAndGet(permits);
    }
  }

  @Validate
  public void noneIsMintedAndNoneIsLost() {
    long left = 0;
    while (limiter.tryAcquire(1, 0)) {
      left++;
    }
    if (taken.get() + left != BURST) {
      throw new IllegalStateException("taken " + taken + ", left " + left + " of " + BURST);
    }
  }

  @Test
  void modelChecking() {
    boolean soak = Boolean.getBoolean("whiteboard.soak");
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(0)
        .iterations(soak ? 200 : 4)
        .invocationsPerIteration(soak ? 10_000 : 200)
        .check(LeasedRateLimiterLincheckTest.class);
  }
}
