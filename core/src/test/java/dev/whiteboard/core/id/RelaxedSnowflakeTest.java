package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.id.Snowflake.WhenAhead;
import dev.whiteboard.core.id.SnowflakeLayout.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RelaxedSnowflakeTest {
  private final TestClocks clocks = new TestClocks();

  private SnowflakeBuilder node(int nodeId) {
    return Snowflake.builder(nodeId).clock(clocks).ticker(clocks);
  }

  @Test
  void nextId_oneThread_countsThroughItsBlock() {
    RelaxedSnowflake ids = node(7).buildRelaxed();
    clocks.advance(Duration.ofSeconds(10));
    Parts first = decode(ids.nextId());
    assertEquals(clocks.instant(), first.time());
    assertEquals(7, first.node());
    assertEquals((first.sequence() + 1) % 128, decode(ids.nextId()).sequence() % 128);
  }

  @Test
  void nextId_blockWithinTheLead_isUsedUp() {
    RelaxedSnowflake ids = node(0).maxLead(Duration.ofMillis(50)).buildRelaxed();
    clocks.advance(Duration.ofSeconds(10));
    drawToTheEndOfABlock(ids);
    Parts first = decode(ids.nextId());
    clocks.advance(Duration.ofMillis(50));
    assertEquals(new Parts(first.time(), 0, first.sequence() + 1), decode(ids.nextId()));
  }

  @Test
  void nextId_blockBehindTheLead_isDroppedAndItsPlaceIsKept() {
    RelaxedSnowflake ids = node(0).maxLead(Duration.ofMillis(50)).buildRelaxed();
    clocks.advance(Duration.ofSeconds(10));
    drawToTheEndOfABlock(ids);
    Parts first = decode(ids.nextId());
    clocks.advance(Duration.ofMillis(52));
    Parts next = decode(ids.nextId());
    assertEquals(clocks.instant(), next.time());
    assertEquals((first.sequence() + 1) % 128, next.sequence() % 128);
  }

  @Test
  void nextId_twoThreads_drawFromTheirOwnBlocks() throws InterruptedException {
    RelaxedSnowflake ids = node(0).buildRelaxed();
    clocks.advance(Duration.ofSeconds(10));
    drawToTheEndOfABlock(ids);
    long first = ids.nextId();
    long[] other = new long[1];
    // A thread made now has another number, and at least four cells are there to choose from.
    Thread thread = new Thread(() -> other[0] = ids.nextId());
    while (thread.getId() % 4 == Thread.currentThread().getId() % 4) {
      thread = new Thread(thread);
    }
    thread.start();
    thread.join();
    long second = ids.nextId();
    assertEquals(first + 1, second);
    assertTrue(other[0] > second);
  }

  @Test
  void nextId_leadUsedUp_waitsForTheClock() {
    RelaxedSnowflake ids = node(0).maxLead(Duration.ofMillis(2)).buildRelaxed();
    clocks.advance(Duration.ofSeconds(10));
    ids.nextId();
    Instant start = clocks.instant();
    clocks.perReading(Duration.ofNanos(50));
    for (int i = 0; i < 10 * 4096; i++) {
      ids.nextId();
      assertTrue(ids.stats().lead().toMillis() <= 2);
    }
    assertTrue(Duration.between(start, clocks.instant()).toMillis() >= 7);
  }

  @Test
  void nextId_leadUsedUpAndThrowing_throws() {
    clocks.perReading(Duration.ofNanos(10_000));
    RelaxedSnowflake ids =
        node(0).maxLead(Duration.ofMillis(2)).whenAhead(WhenAhead.THROW).buildRelaxed();
    clocks.perReading(Duration.ZERO);
    ids.nextId();
    assertEquals(
        "the ids are maxLead = 2 ms ahead of the clock: try again when it has moved on",
        assertThrows(IllegalStateException.class, () -> {
              for (int i = 0; i < 3 * 4096; i++) {
                ids.nextId();
              }
            })
            .getMessage());
  }

  @Test
  void nextId_permitGone_isRefusedWithinTheBlockToo() {
    AtomicBoolean permit = new AtomicBoolean(true);
    RelaxedSnowflake ids = node(0).permit(permit::get).buildRelaxed();
    clocks.advance(Duration.ofSeconds(10));
    ids.nextId();
    permit.set(false);
    clocks.advance(Duration.ofMillis(1));
    assertEquals(
        "the permit to issue ids is gone: another process may use this node number now",
        assertThrows(IllegalStateException.class, ids::nextId).getMessage());
  }

  @Test
  void nextId_narrowSequence_takesBlocksOfOne() {
    SnowflakeLayout narrow = SnowflakeLayout.of(Instant.parse("2020-01-01T00:00:00Z"), 41, 5, 1);
    RelaxedSnowflake ids =
        Snowflake.builder(narrow, 31).clock(clocks).ticker(clocks).buildRelaxed();
    clocks.advance(Duration.ofSeconds(10));
    Parts first = ids.layout().decode(ids.nextId());
    ids.nextId();
    Parts third = ids.layout().decode(ids.nextId());
    assertEquals(new Parts(first.time().plusMillis(1), 31, first.sequence()), third);
  }

  private static void drawToTheEndOfABlock(RelaxedSnowflake ids) {
    while (decode(ids.nextId()).sequence() % 128 != 127) {}
  }

  private static Parts decode(long id) {
    return SnowflakeLayout.TWITTER.decode(id);
  }
}
