package dev.whiteboard.core.id;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * In every interleaving tried an id is new, larger than all ids that were returned before its call began, and not older than
 * the clock was then. (Which sequence number it has is left open: a race may drop one.)
 */
@Tag("slow")
public class SnowflakeLincheckTest {
  private final TestClocks clocks = new TestClocks();
  private final Snowflake ids = Snowflake.builder(1)
      .clock(clocks)
      .ticker(clocks)
      .maxLead(Duration.ofHours(1))
      .build();

  private final Set<Long> issued =
      ConcurrentHashMap.newKeySet(1024); // never resized: the checker takes that for a hang
  private final AtomicLong largest = new AtomicLong(-1);

  public SnowflakeLincheckTest() {
    clocks.advance(Duration.ofHours(2));
  }

  @Operation
  public boolean nextIdKeepsTheLaw() {
    Instant clock = clocks.instant();
    long largestBefore = largest.get();
    long id = ids.nextId();
    largest.accumulateAndGet(id, Math::max);
    return issued.add(id) && id > largestBefore && !ids.timeOf(id).isBefore(clock);
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
        .iterations(soak ? 200 : 6)
        .invocationsPerIteration(soak ? 10_000 : 300)
        .check(SnowflakeLincheckTest.class);
  }
}
