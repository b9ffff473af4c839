package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.RateLimitTimes.first;

import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import dev.whiteboard.benchmarks.peers.IdSource.Misuse;
import dev.whiteboard.benchmarks.peers.IdSource.Trait;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Searches for counter-examples to those {@link IdLaws} that are about what is in an id. */
final class IdFields {
  private static final int BURST = 20_000;
  private static final int SHARDS = 4;
  private static final int IDS_PER_SHARD = 128;
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final int FEW = 100;
  private static final int VERSION = 7;
  private static final int VARIANT = 2;

  /** More guesses than anybody has before the next id is issued. */
  private static final BigInteger NEAR = BigInteger.ONE.shiftLeft(40);

  private IdFields() {}

  static Optional<String> wrongTime(Kind kind) {
    kind.requireClock();
    IdTrial trial = new IdTrial(kind);
    for (int i = 1; i <= BURST; i++) {
      long ahead = kind.millisOf(trial.next()) - trial.clock.now();
      if (Math.abs(ahead) > kind.leadMillis()) {
        return Optional.of("id %,d of a burst is %,d ms %s the clock, and %,d are the bound"
            .formatted(i, Math.abs(ahead), ahead > 0 ? "ahead of" : "behind", kind.leadMillis()));
      }
    }
    return Optional.empty();
  }

  /** An even draw of 128 a shard has a standard deviation of 11: half as many is nearly six of them. */
  static Optional<String> unevenShards(Kind kind) {
    IdTrial trial = new IdTrial(kind);
    int[] shards = new int[SHARDS];
    for (int i = 0; i < SHARDS * IDS_PER_SHARD; i++) {
      trial.clock.pass(TENTH.toMillis());
      shards[(int) trial.next().low() & (SHARDS - 1)]++;
    }
    return Arrays.stream(shards).anyMatch(n -> n < IDS_PER_SHARD / 2 || n > IDS_PER_SHARD * 2)
        ? Optional.of("of %,d ids, id %% %s is 0 for %,d and 1 for %,d"
            .formatted(SHARDS * IDS_PER_SHARD, SHARDS, shards[0], shards[1]))
        : Optional.empty();
  }

  static Optional<String> tooWide(Kind kind) {
    if (kind.bits() > Long.SIZE) {
      throw new NotApplicable("it is no number of 64 bits");
    }
    return first(
        Stream.of(0, 10, 70, 150),
        years -> issuedAfter(kind, years).stream()
            .filter(id -> id.high() != 0 || id.low() >>> kind.bits() != 0)
            .findFirst()
            .map(id -> "in %s years, an id is %s".formatted(years, id)));
  }

  /** None if it is refused. */
  private static List<Id> issuedAfter(Kind kind, int years) {
    IdClock clock = IdClock.forOneThread();
    clock.pass(years * YEAR.toMillis());
    try {
      IdSource source = kind.factory().of(kind.maxNode(), clock);
      return Stream.generate(source::next).limit(FEW).toList();
    } catch (IllegalArgumentException | IllegalStateException refused) {
      return List.of();
    }
  }

  static Optional<String> unrefused(Kind kind) {
    if (kind.misuses().isEmpty()) {
      throw new NotApplicable("it has neither a node nor an epoch");
    }
    return first(kind.misuses().stream(), IdFields::unrefused);
  }

  private static Optional<String> unrefused(Misuse misuse) {
    try {
      Object built = misuse.build().get();
      return Optional.of(
          misuse.what() + " is accepted" + (built instanceof Id id ? ": " + id : ""));
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      return message.toLowerCase(Locale.ROOT).contains(misuse.word())
          ? Optional.empty()
          : Optional.of("%s is refused without a word of it: %s"
              .formatted(misuse.what(), LawSuite.thrown(e)));
    }
  }

  static Optional<String> guessable(Kind kind) {
    kind.require(Trait.RANDOM, "its ids are numbers in a row");
    List<Id> ids = new IdTrial(kind).draw(FEW + 1);
    BigInteger most = BigInteger.ZERO;
    int guessed = 0;
    for (int i = 1; i <= FEW; i++) {
      BigInteger step = ids.get(i).minus(ids.get(i - 1));
      if (step.signum() > 0 && step.compareTo(NEAR) <= 0) {
        guessed++;
        most = most.max(step);
      }
    }
    return guessed > FEW / 2
        ? Optional.of(
            "of %s ids, %s are at most %,d more than the one before".formatted(FEW, guessed, most))
        : Optional.empty();
  }

  static Optional<String> wrongBits(Kind kind) {
    kind.require(Trait.VERSION_7, "it is no UUID of version 7");
    IdTrial trial = new IdTrial(kind);
    for (int i = 0; i < FEW; i++) {
      trial.clock.pass(i);
      Id id = trial.next();
      UUID uuid = id.toUuid();
      if (uuid.version() != VERSION
          || uuid.variant() != VARIANT
          || id.high() >>> 16 != trial.clock.now()) {
        return Optional.of("%s has version %s, variant %s and time %,d at %,d"
            .formatted(uuid, uuid.version(), uuid.variant(), id.high() >>> 16, trial.clock.now()));
      }
    }
    return Optional.empty();
  }
}
