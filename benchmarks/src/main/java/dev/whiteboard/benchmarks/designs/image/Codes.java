package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Ticker;
import dev.whiteboard.core.id.ShortCode;
import dev.whiteboard.core.id.Snowflake;
import dev.whiteboard.core.id.SnowflakeLayout;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * Numbers for images and users, and the short codes that stand for them in links.
 *
 * <p>A number has 58 bits: 69 years of milliseconds, 32 nodes, 4,096 in a millisecond. Every such number has a code of ten
 * characters.
 */
final class Codes {
  static final SnowflakeLayout LAYOUT =
      SnowflakeLayout.of(Instant.parse("2026-01-01T00:00:00Z"), 41, 5, 12);

  private static final int WIDTH = 10;

  private final Snowflake numbers;
  private final ShortCode codes;

  /**
   * Creates the codes of one node.
   *
   * @param key keeps codes from being guessed from one another; the same for all nodes and for ever
   */
  Codes(int node, byte[] key, InstantSource clock, Ticker ticker) {
    numbers = Snowflake.builder(LAYOUT, node).clock(clock).ticker(ticker).build();
    codes = ShortCode.builder(key).width(WIDTH).build();
  }

  /** A number that no node has given before. */
  long next() {
    return numbers.nextId();
  }

  String encode(long number) {
    return codes.encode(number);
  }

  /** The number of a code; empty if the text is no code. */
  OptionalLong decode(String text) {
    try {
      return OptionalLong.of(codes.decode(text));
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }
}
