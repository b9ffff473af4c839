package dev.whiteboard.core.id;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every interleaving tried has a sequential explanation: each id is the larger of its predecessor + 1 and the clock. */
@Tag("slow")
public class SnowflakeLincheckTest {
  private final TestClocks clocks = new TestClocks();
  private final Snowflake ids = Snowflake.builder(1)
      .clock(clocks)
      .ticker(clocks)
      .maxLead(Duration.ofHours(1))
      .build();

  public SnowflakeLincheckTest() {
    clocks.advance(Duration.ofHours(2));
  }

  @Operation
  public long nextId() {
    return ids.nextId();
  }

  @Operation
  public void millisecondPasses() {
    clocks.advance(Duration.ofMillis(1));
  }

  @Test
  void modelChecking() {
    boolean soak = Boolean.getBoolean("whiteboard.soak");
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(soak ? 200 : 10)
        .invocationsPerIteration(soak ? 10_000 : 500)
        .check(SnowflakeLincheckTest.class);
  }
}
