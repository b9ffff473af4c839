package dev.whiteboard.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MemoryJobQueueTest extends JobQueueContract {
  @Override
  JobQueue queue(Retry retry, InstantSource time) {
    return new MemoryJobQueue(retry, time);
  }

  @Test
  void take_clockGoesBack_standsStill() {
    JobQueue queue = queue(RETRY, clock);
    queue.enqueue(Job.of("a", "").withDelay(Duration.ofSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(1, queue.stats().ready());
    clock.advance(Duration.ofMinutes(-1));
    assertTrue(queue.take(Duration.ofSeconds(1)).isPresent());
    clock.advance(Duration.ofMinutes(1));
    assertFalse(queue.take(Duration.ofSeconds(1)).isPresent());
    clock.advance(Duration.ofSeconds(1));
    assertTrue(queue.take(Duration.ofSeconds(1)).isPresent());
  }

  @Test
  void constructor_null_isRefused() {
    assertNull("retry", () -> new MemoryJobQueue(null, clock));
    assertNull("clock", () -> new MemoryJobQueue(RETRY, null));
  }
}
