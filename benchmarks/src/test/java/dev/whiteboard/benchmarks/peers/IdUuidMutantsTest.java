package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The laws of ids that have random bits. */
class IdUuidMutantsTest extends SuiteMutants<Kind> {
  private static final Kind SOUND = OurIds.uuidV7();

  @Override
  LawSuite<Kind> suite() {
    Set<String> random = Set.of(IdLaws.STRANGERS, IdLaws.GUESS, IdLaws.BITS);
    List<Law<Kind>> laws =
        IdLaws.all().stream().filter(law -> random.contains(law.id())).toList();
    return new LawSuite<>("ids", laws, List.of());
  }

  @Override
  Kind sound() {
    return SOUND;
  }

  @Override
  Map<String, Kind> mutants() {
    return Map.of(
        IdLaws.STRANGERS,
        SOUND.withUnnumbered((node, clock) -> SOUND.factory().of(node, IdClock.forOneThread())),
        IdLaws.GUESS,
        SOUND.withFactory((node, clock) -> {
          Id first = SOUND.factory().of(node, clock).next();
          AtomicLong low = new AtomicLong(first.low());
          return () -> new Id(first.high(), low.addAndGet(1 << 20));
        }),
        IdLaws.BITS,
        SOUND.withFactory((node, clock) -> {
          IdSource source = SOUND.factory().of(node, clock);
          return () -> {
            Id id = source.next();
            return new Id(id.high() ^ 0x3000, id.low());
          };
        }));
  }
}
