package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UuidV7Properties {
  /** What happens around a generator: the clock is set, time passes, ids are drawn. */
  record Event(String kind, long amount) {}

  @Provide
  Arbitrary<Event> events() {
    return Arbitraries.oneOf(
        Arbitraries.of(-3_600_000L, -1_000L, -1L, 1L, 1_000L, 31_536_000_000L)
            .map(ms -> new Event("step", ms)),
        Arbitraries.longs().between(0, 5).map(ms -> new Event("pass", ms)),
        Arbitraries.longs().between(1, 300_000).map(n -> new Event("draw", n)));
  }

  /** The lead law: ids follow the latest time shown, by a millisecond more for each 2^18 ids, and never fall behind. */
  @Property(tries = 60)
  void idsOnlyGrowAndStayNearTheLatestTimeShown(
      @ForAll @Size(min = 1, max = 12) List<@From("events") Event> events, @ForAll long seed) {
    TestClocks clocks = new TestClocks();
    UuidV7 ids = UuidV7.builder().clock(clocks).random(new Random(seed)).build();
    UUID previous = new UUID(0, 0);
    long highest = 0;
    long sinceHighest = 0;
    for (Event event : events) {
      switch (event.kind()) {
        case "step" -> clocks.step(Duration.ofMillis(event.amount()));
        case "pass" -> clocks.advance(Duration.ofMillis(event.amount()));
        default -> {
          long now = clocks.millis();
          sinceHighest = now > highest ? 0 : sinceHighest;
          highest = Math.max(highest, now);
          for (long i = 0; i < event.amount(); i++) {
            UUID next = ids.next();
            assertTrue(UuidV7.ORDER.compare(next, previous) > 0);
            assertTrue(next.compareTo(previous) > 0, "java.util.UUID disagrees");
            previous = next;
          }
          sinceHighest += event.amount();
          long lead = UuidV7.timeOf(previous).toEpochMilli() - highest;
          assertTrue(lead >= 0 && lead <= sinceHighest / (1 << 18) + 1, () -> "lead " + lead);
        }
      }
    }
  }

  @Property(tries = 100)
  void everyIdIsOfVersion7WithTheClocksTime(@ForAll long seed) {
    TestClocks clocks = new TestClocks();
    UuidV7 ids = UuidV7.builder().clock(clocks).random(new Random(seed)).build();
    for (int i = 0; i < 100; i++) {
      UUID id = ids.next();
      assertEquals(7, id.version());
      assertEquals(2, id.variant());
      assertEquals(clocks.instant(), UuidV7.timeOf(id));
      assertEquals(id, Ulid.parse(Ulid.of(id).toString()).toUuid());
      clocks.advance(Duration.ofMillis(i % 3));
    }
  }

  /**
   * A thousand machines that issue at one moment differ in the counter or the tail: of 73 random bits, two agree with
   * probability 5e-17. The start of the counter alone, 17 bits, repeats about four times.
   */
  @Test
  void machinesWithOneClockDiffer() {
    TestClocks clocks = new TestClocks();
    Set<UUID> all = new HashSet<>();
    Set<Long> starts = new HashSet<>();
    for (int machine = 0; machine < 1000; machine++) {
      UUID id =
          UuidV7.builder().clock(clocks).random(new Random(machine)).build().next();
      all.add(id);
      long most = id.getMostSignificantBits() & 0xFFF;
      long least = (id.getLeastSignificantBits() >>> 56) & 63;
      starts.add(most << 6 | least);
    }
    assertEquals(1000, all.size());
    assertTrue(starts.size() > 970 && starts.size() < 1001, () -> starts.size() + " starts");
  }

  /** Of 10,000 tails of 56 bits two are alike with probability 7e-10; the seed is fixed. */
  @Test
  void tailsOfOneMillisecondAreUnrelated() {
    UuidV7 ids = UuidV7.builder()
        .clock(new TestClocks())
        .random(new RandomPool(1, new Random(7)::nextBytes))
        .build();
    Set<Long> tails = new HashSet<>();
    int rises = 0;
    long previous = 0;
    for (int i = 0; i < 10_000; i++) {
      long tail = ids.next().getLeastSignificantBits() & (1L << 56) - 1;
      tails.add(tail);
      rises += tail > previous ? 1 : 0;
      previous = tail;
    }
    assertEquals(10_000, tails.size());
    // Rises of a random sequence: mean n / 2, standard deviation sqrt(n / 12) = 29; six of them.
    assertEquals(5_000, rises, 6 * 29);
  }

  /** Two million ids on four threads with the system's clock. */
  @Test
  void threadsShareAGeneratorWithoutDuplicateOrInversion() throws Exception {
    UuidV7 ids =
        UuidV7.builder().random(new RandomPool(2, new Random(3)::nextBytes)).build();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<List<UUID>> draw =
          () -> Stream.generate(ids::next).limit(500_000).toList();
      List<UUID> all = new ArrayList<>();
      for (Future<List<UUID>> run : pool.invokeAll(Collections.nCopies(4, draw))) {
        List<UUID> drawn = run.get();
        for (int i = 1; i < drawn.size(); i++) {
          assertTrue(
              UuidV7.ORDER.compare(drawn.get(i), drawn.get(i - 1)) > 0,
              "an inversion within a thread");
        }
        all.addAll(drawn);
      }
      // Time and counter alone, without the tail, must differ already.
      assertEquals(
          2_000_000, all.stream().map(UuidV7Properties::withoutTail).distinct().count());
    } finally {
      pool.shutdownNow();
    }
  }

  private static UUID withoutTail(UUID id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() >>> 56);
  }
}
