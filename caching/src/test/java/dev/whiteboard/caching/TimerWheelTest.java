package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long TICK = 1 << 24;

  private final TimerWheel<String, String> wheel = new TimerWheel<>();
  private final List<String> expired = new ArrayList<>();

  @Test
  void advance_deadlineReached_isFoundOnce() {
    schedule("a", TICK);
    assertEquals(List.of(), expiredAt(TICK - 1));
    assertEquals(List.of("a"), expiredAt(2 * TICK));
    assertEquals(List.of(), expiredAt(100 * TICK));
  }

  @Test
  void advance_deadlinesInEveryWheel_areFoundInTheirTick() {
    List<Duration> delays = List.of(
        Duration.ofMillis(100),
        Duration.ofSeconds(30),
        Duration.ofMinutes(50),
        Duration.ofDays(2),
        Duration.ofDays(100),
        Duration.ofDays(1000));
    delays.forEach(delay -> schedule(delay.toString(), delay.toNanos()));
    for (Duration delay : delays) {
      assertEquals(List.of(), expiredAt(delay.toNanos() - 1));
      assertEquals(List.of(delay.toString()), expiredAt(delay.toNanos() + TICK));
    }
  }

  @Test
  void advance_overAllAtOnce_findsAll() {
    for (int days = 0; days < 400; days++) {
      schedule("d" + days, Duration.ofDays(days).toNanos());
    }
    assertEquals(400, expiredAt(Duration.ofDays(400).toNanos()).size());
  }

  @Test
  void advance_deadlineWasPutOff_isFoundThen() {
    TimedNode<String, String> node = schedule("a", 10 * TICK);
    node.expiresAt = 1000 * TICK;
    assertEquals(List.of(), expiredAt(500 * TICK));
    assertEquals(List.of("a"), expiredAt(1001 * TICK));
  }

  @Test
  void advance_timeGoesBack_changesNothing() {
    schedule("a", 10 * TICK);
    assertEquals(List.of(), expiredAt(5 * TICK));
    assertEquals(List.of(), expiredAt(-5 * TICK));
    assertEquals(List.of("a"), expiredAt(11 * TICK));
  }

  @Test
  void cancel_first_middleAndLastOfABucket_leavesTheOthers() {
    List<TimedNode<String, String>> nodes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      nodes.add(schedule("n" + i, 10 * TICK + i));
    }
    wheel.cancel(nodes.get(0));
    wheel.cancel(nodes.get(2));
    wheel.cancel(nodes.get(4));
    wheel.cancel(nodes.get(4));
    List<String> left = expiredAt(12 * TICK);
    left.sort(null);
    assertEquals(List.of("n1", "n3"), left);
  }

  @Test
  void schedule_deadlineHasPassed_isFoundAtTheNextTick() {
    expiredAt(100 * TICK);
    schedule("late", 5);
    assertEquals(List.of("late"), expiredAt(101 * TICK));
  }

  private TimedNode<String, String> schedule(String key, long expiresAt) {
    TimedNode<String, String> node = new TimedNode<>(key, 0, key, 1);
    node.expiresAt = expiresAt;
    wheel.schedule(node);
    return node;
  }

  private List<String> expiredAt(long now) {
    expired.clear();
    wheel.advance(now, node -> expired.add(node.key));
    return new ArrayList<>(expired);
  }
}
