package dev.whiteboard.core.job;

import static dev.whiteboard.core.job.JobQueueContract.assertNull;
import static dev.whiteboard.core.job.JobQueueContract.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void of_keyAndPayload_isReadyAtOnce() {
    assertEquals(new Job("a", "p", 0, Duration.ZERO), Job.of("a", "p"));
  }

  @Test
  void with_oneThing_keepsTheRest() {
    Job job = new Job("a", "p", 1, MINUTE);
    assertEquals(new Job("a", "p", 2, MINUTE), job.withPriority(2));
    assertEquals(new Job("a", "p", 1, Duration.ZERO), job.withDelay(Duration.ZERO));
  }

  @Test
  void job_outOfRange_isRefused() {
    assertEquals("key must have 1 to 255 characters, had 0", messageOf(() -> Job.of("", "")));
    String key = "k".repeat(256);
    assertEquals("key must have 1 to 255 characters, had 256", messageOf(() -> Job.of(key, "")));
    String payload = "p".repeat(4001);
    assertEquals(
        "payload must have 0 to 4000 characters, had 4001", messageOf(() -> Job.of("a", payload)));
    Duration before = Duration.ofNanos(-1);
    assertEquals(
        "delay must be in [PT0S, PT876000H], was " + before,
        messageOf(() -> Job.of("a", "").withDelay(before)));
  }

  @Test
  void job_null_isRefused() {
    assertNull("key", () -> Job.of(null, ""));
    assertNull("payload", () -> Job.of("a", null));
    assertNull("delay", () -> Job.of("a", "").withDelay(null));
    assertNull("delay", () -> new Job("a", "", 0, null));
  }

  @Test
  void doubling_attempts_doubleUpToTheLongest() {
    Retry retry = Retry.doubling(6, Duration.ofSeconds(3), Duration.ofSeconds(20));
    assertEquals(
        List.of(3L, 6L, 12L, 20L, 20L),
        IntStream.rangeClosed(1, 5)
            .mapToObj(attempt -> retry.after(attempt).orElseThrow().toSeconds())
            .toList());
    assertEquals(Optional.empty(), retry.after(6));
  }

  @Test
  void doubling_manyAttempts_doNotOverflow() {
    Duration longest = Duration.ofDays(36_500);
    Retry retry = Retry.doubling(Integer.MAX_VALUE, Duration.ofMillis(1), longest);
    assertEquals(Duration.ofMillis(1L << 41), retry.after(42).orElseThrow());
    for (int attempt = 43; attempt < 200; attempt++) {
      assertEquals(longest, retry.after(attempt).orElseThrow());
    }
    assertEquals(longest, retry.after(Integer.MAX_VALUE - 1).orElseThrow());
  }

  @Test
  void retry_outOfRange_isRefused() {
    assertEquals("attempts must be >= 1, was 0", messageOf(() -> new Retry(0, attempt -> MINUTE)));
    assertEquals(
        "attempts must be >= 1, was -1", messageOf(() -> Retry.doubling(-1, MINUTE, MINUTE)));
    assertEquals(
        "base must be in [PT0.001S, PT876000H], was PT0S",
        messageOf(() -> Retry.doubling(1, Duration.ZERO, MINUTE)));
    assertEquals(
        "longest must be in [PT1M, PT876000H], was PT59S",
        messageOf(() -> Retry.doubling(1, MINUTE, MINUTE.minusSeconds(1))));
  }

  @Test
  void retry_null_isRefused() {
    assertNull("backoff", () -> new Retry(1, null));
    assertNull("base", () -> Retry.doubling(1, null, MINUTE));
    assertNull("longest", () -> Retry.doubling(1, MINUTE, null));
    assertNull("backoff", () -> new Retry(2, attempt -> null).after(1));
  }
}
