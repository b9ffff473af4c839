package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleeperTest {
  @Test
  void system_zero_returnsAtOnce() throws Exception {
    Sleeper.system().sleep(Duration.ZERO);
  }

  @Test
  void system_badDuration_isNamed() {
    assertEquals(
        "duration",
        assertThrows(NullPointerException.class, () -> Sleeper.system().sleep(null))
            .getMessage());
    assertEquals(
        "duration must be >= 0, was PT-1S",
        assertThrows(
                IllegalArgumentException.class,
                () -> Sleeper.system().sleep(Duration.ofSeconds(-1)))
            .getMessage());
  }

  @Test
  void system_interruptedThread_throwsHoweverLongTheDuration() {
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class,
        () -> Sleeper.system().sleep(Duration.ofSeconds(Long.MAX_VALUE)));
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
