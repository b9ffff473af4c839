package dev.whiteboard.benchmarks.peers;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import dev.whiteboard.benchmarks.peers.IdSource.Misuse;
import dev.whiteboard.core.id.SnowflakeLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The laws of numbered nodes; {@link IdUuidMutantsTest} has those of random ids. */
class IdMutantsTest extends SuiteMutants<Kind> {
  private static final Kind SOUND = OurIds.snowflake(SnowflakeLayout.TWITTER);
  private static final long HOUR = 3_600_000;
  private static final int SHIFT = 22;
  private static final int SEQUENCE_BITS = 12;

  @Override
  LawSuite<Kind> suite() {
    Set<String> others = Set.of(IdLaws.STRANGERS, IdLaws.GUESS, IdLaws.BITS);
    List<Law<Kind>> laws =
        IdLaws.all().stream().filter(law -> !others.contains(law.id())).toList();
    return new LawSuite<>("ids", laws, List.of());
  }

  @Override
  Kind sound() {
    return SOUND;
  }

  private static IdSource source(long node, IdClock clock) {
    return SOUND.factory().of(node, clock);
  }

  /** Every id, changed. */
  private static Kind changed(LongUnaryOperator change) {
    return SOUND.withFactory((node, clock) -> {
      IdSource source = source(node, clock);
      return () -> Id.of(change.applyAsLong(source.next().low()));
    });
  }

  /** What is issued while the clock is behind the latest time that it has shown. */
  private static Kind whenBehind(IdSource.Factory behind) {
    return SOUND.withFactory((node, clock) -> {
      IdSource source = source(node, clock);
      IdSource other = behind.of(node, clock);
      AtomicLong latest = new AtomicLong(clock.now());
      return () -> clock.now() < latest.get() ? other.next() : next(source, clock, latest);
    });
  }

  private static Id next(IdSource source, IdClock clock, AtomicLong latest) {
    Id id = source.next();
    latest.set(clock.now());
    return id;
  }

  @Override
  Map<String, Kind> mutants() {
    return Map.ofEntries(
        entry(IdLaws.UNIQUE, changed(id -> id % 50_000 == 0 ? id - 1 : id)),
        entry(IdLaws.RISING, changed(id -> id ^ 1)),
        entry(IdLaws.BACK, whenBehind((node, clock) -> () -> Id.of(1))),
        entry(IdLaws.BACK_ORDER, whenBehind((node, clock) -> source(node + 1, clock))),
        entry(IdLaws.PATIENT, whenBehind((node, clock) -> new IdSource() {
          private int issued;

          @Override
          public Id next() {
            if (issued++ == 10) {
              throw new IllegalStateException("enough");
            }
            return Id.of(issued);
          }
        })),
        entry(IdLaws.RESTART, SOUND.withFactory((node, clock) -> {
          AtomicLong next = new AtomicLong(clock.now() << SEQUENCE_BITS);
          return () -> Id.of(next.incrementAndGet());
        })),
        entry(IdLaws.NODES, SOUND.withFactory((node, clock) -> source(0, IdClock.forOneThread()))),
        entry(IdLaws.THREADS, SOUND.withFactory((node, clock) -> {
          AtomicLong last = new AtomicLong();
          return () -> {
            long previous = last.get();
            long unused = clock.millis();
            last.set(previous + 1);
            return Id.of(previous);
          };
        })),
        entry(IdLaws.TURNS, SOUND.withFactory((node, clock) -> {
          AtomicLong nodes = new AtomicLong();
          ThreadLocal<IdSource> sources =
              ThreadLocal.withInitial(() -> source(nodes.getAndIncrement(), clock));
          return () -> sources.get().next();
        })),
        entry(IdLaws.TIME, changed(id -> id + (HOUR << SHIFT))),
        entry(IdLaws.SHARDS, changed(id -> id & ~3)),
        entry(IdLaws.WIDTH, changed(id -> id | Long.MIN_VALUE)),
        entry(
            IdLaws.REFUSAL, SOUND.withMisuses(new Misuse("node -1", "node", () -> "a generator"))));
  }

  @Test
  void refusal_withoutTheName_breaksTheLaw() {
    Kind mutant = SOUND.withMisuses(new Misuse("node -1", "node", () -> {
      throw new IllegalArgumentException("out of range");
    }));
    assertEquals(
        Optional.of(
            "node -1 is refused without a word of it: throws IllegalArgumentException: out of range"),
        IdFields.unrefused(mutant));
  }

  @Test
  void threads_whoseOwnIdsFall_breakTheLaw() {
    assertEquals(
        Optional.of("a thread's own ids do not rise"), IdRuns.crowded(changed(id -> id ^ 1)));
  }

  @Test
  void width_belowItsOwnBound_breaksTheLaw() {
    assertTrue(IdFields.tooWide(SOUND.withBits(53))
        .orElseThrow()
        .startsWith("in 0 years, an id is 20612362"));
  }
}
