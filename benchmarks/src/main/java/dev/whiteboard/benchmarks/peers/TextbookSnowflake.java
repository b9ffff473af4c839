package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.benchmarks.peers.IdSource.Kind;
import dev.whiteboard.benchmarks.peers.IdSource.Misuse;

/** The Snowflake of many articles: a sequence that begins at 0 whenever the clock does not show the last time. */
final class TextbookSnowflake implements IdSource {
  private static final long EPOCH = 1_288_834_974_657L;
  private static final int NODE_BITS = 10;
  private static final int SEQUENCE_BITS = 12;
  private static final int MAX_NODE = (1 << NODE_BITS) - 1;
  private static final int MAX_SEQUENCE = (1 << SEQUENCE_BITS) - 1;

  private final long node;
  private final IdClock clock;
  private final boolean checksBackwards;

  /** Guarded by {@code this}, as is the time of the last call. */
  private long sequence;

  private long last = -1;

  private TextbookSnowflake(long node, IdClock clock, boolean checksBackwards) {
    if (node < 0 || node > MAX_NODE) {
      throw new IllegalArgumentException("node must be in [0, " + MAX_NODE + "], was " + node);
    }
    this.node = node;
    this.clock = clock;
    this.checksBackwards = checksBackwards;
  }

  /** A time before the last one is another time, too. */
  static Kind trusting() {
    return kind((node, clock) -> new TextbookSnowflake(node, clock, false));
  }

  /** A time before the last one is refused, as Twitter's own did. */
  static Kind refusing() {
    return kind((node, clock) -> new TextbookSnowflake(node, clock, true));
  }

  /** Ten random bits stand for a node. */
  static Kind drawn() {
    Factory factory =
        (node, clock) -> new TextbookSnowflake(clock.random().nextInt(MAX_NODE + 1), clock, true);
    return Kind.numbered(0, factory)
        .withUnnumbered(factory)
        .withMillisOf(TextbookSnowflake::millisOf);
  }

  private static Kind kind(Factory factory) {
    return Kind.numbered(MAX_NODE, factory)
        .withMillisOf(TextbookSnowflake::millisOf)
        .withMisuses(
            new Misuse("node -1", "node", () -> factory.of(-1, IdClock.forOneThread())),
            new Misuse("node 1024", "node", () -> factory.of(1024, IdClock.forOneThread())));
  }

  private static long millisOf(Id id) {
    return (id.low() >>> (NODE_BITS + SEQUENCE_BITS)) + EPOCH;
  }

  @Override
  public synchronized Id next() {
    long now = clock.millis();
    if (checksBackwards && now < last) {
      throw new IllegalStateException("Clock moved backwards");
    }
    if (now == last) {
      sequence = (sequence + 1) & MAX_SEQUENCE;
      while (sequence == 0 && now <= last) {
        now = clock.millis();
      }
    } else {
      sequence = 0;
    }
    last = now;
    return Id.of((now - EPOCH) << (NODE_BITS + SEQUENCE_BITS) | node << SEQUENCE_BITS | sequence);
  }
}
