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
@Param(name = "limit", gen = IntGen.class, conf = "2:5")
public class FixedWindowLincheckTest {
  private static final int FIRST = 4;

  private final FixedWindow window =
      RateLimiter.fixedWindow(limit(FIRST)).ticker(new TestTicker()).build();

  private static Limit limit(int permits) {
    return Limit.of(permits).per(Duration.ofSeconds(1));
  }

  @Operation
  public boolean tryAcquire(@Param(name = "permits") int permits) {
    return window.tryAcquire(permits);
  }

  @Operation
  public boolean reserve(@Param(name = "permits") int permits) {
    return window.reserve(permits, Duration.ZERO).isPresent();
  }

  @Operation
  public void refund(@Param(name = "permits") int permits) {
    window.refund(permits);
  }

  @Operation
  public void changeLimit(@Param(name = "limit") int permits) {
    window.changeLimit(limit(permits));
  }

  @Operation
  public long available() {
    return window.stats().available();
  }

  /** What the window must look like from outside. */
  public static class Counter {
    private int limit = FIRST;
    private int available = FIRST;

    public boolean tryAcquire(int permits) {
      boolean allowed = permits <= available;
      available -= allowed ? permits : 0;
      return allowed;
    }

    public boolean reserve(int permits) {
      return tryAcquire(permits);
    }

    public void refund(int permits) {
      available = Math.min(available + permits, limit);
    }

    public void changeLimit(int permits) {
      limit = permits;
      available = Math.min(available, limit);
    }

    public long available() {
      return available;
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
        .check(FixedWindowLincheckTest.class);
  }
}
