package dev.whiteboard.benchmarks.peers;

import com.fasterxml.uuid.NoArgGenerator;
import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import com.github.f4b6a3.tsid.Tsid;
import com.github.f4b6a3.tsid.TsidFactory;
import com.github.f4b6a3.ulid.UlidFactory;
import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import dev.whiteboard.benchmarks.peers.IdSource.Misuse;
import dev.whiteboard.benchmarks.peers.IdSource.Trait;
import io.hypersistence.tsid.TSID;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Generators of other libraries. */
final class PeerIds {
  private static final Instant AFTER_THE_CLOCK = IdClock.START.plus(Duration.ofHours(1));

  private PeerIds() {}

  static Kind tsidCreator(int nodeBits) {
    Supplier<TsidFactory.Builder> builder = () -> TsidFactory.builder().withNodeBits(nodeBits);
    return Kind.numbered(
            maxNode(nodeBits),
            (node, clock) -> tsidCreator(builder.get().withNode((int) node), clock))
        .withUnnumbered((node, clock) -> tsidCreator(builder.get(), clock))
        .withMillisOf(id -> Tsid.from(id.low()).getUnixMilliseconds())
        .withMisuses(
            new Misuse("node -1", "node", () -> builder.get().withNode(-1).build()),
            new Misuse(
                "a node above the largest",
                "node",
                () -> builder.get().withNode((int) maxNode(nodeBits) + 1).build()),
            new Misuse(
                "21 bits of node", "bits", () -> builder.get().withNodeBits(21).build()),
            new Misuse(
                "an epoch after the clock",
                "epoch",
                () -> tsidCreator(
                        builder.get().withNode(0).withCustomEpoch(AFTER_THE_CLOCK),
                        IdClock.forOneThread())
                    .next()));
  }

  private static IdSource tsidCreator(TsidFactory.Builder builder, IdClock clock) {
    TsidFactory factory =
        builder.withTimeFunction(clock::millis).withRandom(clock.random()).build();
    return () -> Id.of(factory.create().toLong());
  }

  static Kind hypersistence(int nodeBits) {
    Supplier<TSID.Factory.Builder> builder = () -> TSID.Factory.builder().withNodeBits(nodeBits);
    return Kind.numbered(
            maxNode(nodeBits),
            (node, clock) -> hypersistence(builder.get().withNode((int) node), clock))
        .withUnnumbered((node, clock) -> hypersistence(builder.get(), clock))
        .withMillisOf(id -> TSID.from(id.low()).getUnixMilliseconds())
        .withMisuses(
            new Misuse("node -1", "node", () -> builder.get().withNode(-1).build()),
            new Misuse(
                "a node above the largest",
                "node",
                () -> builder.get().withNode((int) maxNode(nodeBits) + 1).build()),
            new Misuse(
                "21 bits of node", "bits", () -> builder.get().withNodeBits(21).build()),
            new Misuse(
                "an epoch after the clock",
                "epoch",
                () -> hypersistence(
                        builder.get().withNode(0).withCustomEpoch(AFTER_THE_CLOCK),
                        IdClock.forOneThread())
                    .next()));
  }

  private static IdSource hypersistence(TSID.Factory.Builder builder, IdClock clock) {
    TSID.Factory factory = builder.withClock(clock).withRandom(clock.random()).build();
    return () -> Id.of(factory.generate().toLong());
  }

  private static long maxNode(int nodeBits) {
    return (1L << nodeBits) - 1;
  }

  /** uuid-creator's factory in one of its modes. */
  static Kind uuidCreator(Supplier<TimeOrderedEpochFactory.Builder> builder) {
    return versionSeven((node, clock) -> {
          TimeOrderedEpochFactory factory = builder
              .get()
              .withTimeFunction(clock::millis)
              .withRandomFunction(clock.random()::nextLong)
              .build();
          return () -> Id.of(factory.create());
        })
        .with(Trait.RISES);
  }

  static Kind jug() {
    return jug(TimeBasedEpochGenerator::new).with(Trait.RISES);
  }

  /** Its documentation promises no order within a millisecond. */
  static Kind jugRandom() {
    return jug(TimeBasedEpochRandomGenerator::new);
  }

  private static Kind jug(BiFunction<Random, UUIDClock, NoArgGenerator> constructor) {
    return versionSeven((node, clock) -> {
      NoArgGenerator generator = constructor.apply(clock.random(), new UUIDClock() {
        @Override
        public long currentTimeMillis() {
          return clock.millis();
        }
      });
      return () -> Id.of(generator.generate());
    });
  }

  private static Kind versionSeven(IdSource.Factory factory) {
    return Kind.random(factory).with(Trait.VERSION_7).withMillisOf(PeerIds::firstMillis);
  }

  private static long firstMillis(Id id) {
    return id.high() >>> 16;
  }

  static Kind ulid() {
    return Kind.random((node, clock) -> {
          Random random = clock.random();
          UlidFactory factory = UlidFactory.newInstance(random);
          return () -> Id.of(factory.create(clock.millis()).toUuid());
        })
        .withMillisOf(PeerIds::firstMillis);
  }

  static Kind monotonicUlid() {
    return Kind.random((node, clock) -> {
          UlidFactory factory = UlidFactory.newMonotonicInstance(clock.random(), clock::millis);
          return () -> Id.of(factory.create().toUuid());
        })
        .with(Trait.RISES)
        .withMillisOf(PeerIds::firstMillis);
  }

  static Kind randomUuid() {
    return Kind.random((node, clock) -> () -> Id.of(UUID.randomUUID()));
  }
}
