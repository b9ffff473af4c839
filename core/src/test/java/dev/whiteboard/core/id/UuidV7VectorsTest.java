package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The example of RFC 9562, appendix A.6: 22 February 2022, 14:22:22.00 GMT-05:00. */
class UuidV7VectorsTest {
  private static final UUID EXAMPLE = UUID.fromString("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");

  @Test
  void timeOfTheExample() {
    assertEquals(Instant.parse("2022-02-22T19:22:22Z"), UuidV7.timeOf(EXAMPLE));
  }

  /** The example's 18 bits behind the time are 0xCC3 and 0x18; the counter is counted up to them from its largest start. */
  @Test
  void theGeneratorIssuesTheExample() {
    AtomicInteger calls = new AtomicInteger();
    UuidV7 ids = UuidV7.builder()
        .clock(InstantSource.fixed(Instant.parse("2022-02-22T19:22:22Z")))
        .random(() -> calls.getAndIncrement() == 0 ? -1 : 0xC4_DC0C_0C07_398FL << 8)
        .build();
    UUID id = ids.next();
    for (int counter = 0x1FFFF; counter < (0xCC3 << 6 | 0x18); counter++) {
      id = ids.next();
    }
    assertEquals(EXAMPLE, id);
  }
}
