package dev.whiteboard.core.id;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * In every interleaving tried an id is new, larger than all ids that were returned before its call began, and not older than
 * the clock was then. All tails are zero, so the time and the counter alone have to do it.
 */
@Tag("slow")
public class UuidV7LincheckTest {
  private final TestClocks clocks = new TestClocks();
  private final UuidV7 ids = UuidV7.builder().clock(clocks).random(() -> 0).build();

  private final Set<Long> issued =
      ConcurrentHashMap.newKeySet(1024); // never resized: the checker takes that for a hang
  private final AtomicLong largest = new AtomicLong(-1);

  @Operation
  public boolean nextKeepsTheLaw() {
    long clock = clocks.millis();
    long largestBefore = largest.get();
    long tick = tickOf(ids.next());
    largest.accumulateAndGet(tick, Math::max);
    return issued.add(tick) && tick > largestBefore && tick >>> 18 >= clock;
  }

  @Operation
  public void millisecondPasses() {
    clocks.advance(Duration.ofMillis(1));
  }

  @Test
  void modelChecking() {
    boolean soak = Boolean.getBoolean("whiteboard.soak");
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(3)
        .iterations(soak ? 200 : 4)
        .invocationsPerIteration(soak ? 10_000 : 300)
        .check(UuidV7LincheckTest.class);
  }

  /** Milliseconds << 18 | counter. */
  private static long tickOf(UUID id) {
    long most = id.getMostSignificantBits();
    long counter = (most & 0xFFF) << 6 | ((id.getLeastSignificantBits() >>> 56) & 63);
    return (most >>> 16) << 18 | counter;
  }
}
