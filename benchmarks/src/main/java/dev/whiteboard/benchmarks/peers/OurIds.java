package dev.whiteboard.benchmarks.peers;

import com.google.common.base.Ticker;
import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import dev.whiteboard.benchmarks.peers.IdSource.Misuse;
import dev.whiteboard.benchmarks.peers.IdSource.Trait;
import dev.whiteboard.core.id.RelaxedSnowflake;
import dev.whiteboard.core.id.Snowflake;
import dev.whiteboard.core.id.SnowflakeBuilder;
import dev.whiteboard.core.id.SnowflakeLayout;
import dev.whiteboard.core.id.UuidV7;
import java.time.Duration;
import java.time.Instant;

/** Our generators. */
final class OurIds {
  private static final int JAVASCRIPT_BITS = 53;
  private static final int LEASE = 64;

  /** A generator whose clock stands still for so long will not recover. */
  private static final int RETRIES = 1000;

  private OurIds() {}

  static Kind snowflake(SnowflakeLayout layout) {
    return numbered(layout, (node, clock) -> {
      Snowflake snowflake = builder(layout, node, clock).build();
      return () -> Id.of(snowflake.nextId());
    });
  }

  /** Nothing is ahead by more than a millisecond: who is refused tries again. */
  static Kind strict() {
    return numbered(SnowflakeLayout.TWITTER, (node, clock) -> {
          Snowflake snowflake = builder(SnowflakeLayout.TWITTER, node, clock)
              .maxLead(Duration.ofMillis(1))
              .whenAhead(Snowflake.WhenAhead.THROW)
              .build();
          return () -> Id.of(insist(snowflake));
        })
        .withLeadMillis(1);
  }

  private static long insist(Snowflake snowflake) {
    for (int failures = 1; ; failures++) {
      try {
        return snowflake.nextId();
      } catch (IllegalStateException tooFarAhead) {
        // It has read the clock, which moves for those who wait.
        if (failures == RETRIES) {
          throw tooFarAhead;
        }
      }
    }
  }

  static Kind leases() {
    return numbered(SnowflakeLayout.TWITTER, (node, clock) -> {
      Snowflake snowflake = builder(SnowflakeLayout.TWITTER, node, clock).build();
      ThreadLocal<Snowflake.Lease> leases = ThreadLocal.withInitial(() -> snowflake.lease(LEASE));
      return () -> {
        if (leases.get().remaining() == 0) {
          leases.remove();
        }
        return Id.of(leases.get().next());
      };
    });
  }

  static Kind relaxed() {
    return numbered(SnowflakeLayout.TWITTER, (node, clock) -> {
      RelaxedSnowflake snowflake = builder(SnowflakeLayout.TWITTER, node, clock).buildRelaxed();
      return () -> Id.of(snowflake.nextId());
    });
  }

  static Kind uuidV7() {
    return Kind.random((node, clock) -> {
          UuidV7 uuids = UuidV7.builder().clock(clock).random(clock.random()).build();
          return () -> Id.of(uuids.next());
        })
        .with(Trait.RISES)
        .with(Trait.VERSION_7)
        .withMillisOf(id -> UuidV7.timeOf(id.toUuid()).toEpochMilli())
        .withLeadMillis(2);
  }

  private static Kind numbered(SnowflakeLayout layout, IdSource.Factory factory) {
    return Kind.numbered(layout.maxNode(), factory)
        .withBits(layout.isJavaScriptSafe() ? JAVASCRIPT_BITS : Long.SIZE - 1)
        .withMillisOf(id -> layout.decode(id.low()).time().toEpochMilli())
        .withMisuses(
            new Misuse("node -1", "node", () -> Snowflake.builder(layout, -1)),
            new Misuse(
                "a node above the largest",
                "node",
                () -> Snowflake.builder(layout, layout.maxNode() + 1)),
            new Misuse("an epoch after the clock", "epoch", () -> tooEarly(layout)),
            new Misuse(
                "a sequence of 0 bits",
                "bits",
                () -> SnowflakeLayout.of(Instant.EPOCH, 41, 10, 0)));
  }

  private static Id tooEarly(SnowflakeLayout layout) {
    IdClock clock = IdClock.forOneThread();
    return Id.of(builder(layout, 0, clock)
        .epoch(IdClock.START.plus(Duration.ofHours(1)))
        .build()
        .nextId());
  }

  private static SnowflakeBuilder builder(SnowflakeLayout layout, long node, IdClock clock) {
    return Snowflake.builder(layout, node).clock(clock).ticker(new Ticker() {
      @Override
      public long read() {
        return clock.elapsedNanos();
      }
    });
  }
}
