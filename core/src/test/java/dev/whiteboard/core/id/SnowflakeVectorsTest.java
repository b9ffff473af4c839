package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.core.id.SnowflakeLayout.Parts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Ids that their makers published, and what they say about them. */
class SnowflakeVectorsTest {
  /** Wikipedia, <i>Snowflake ID</i>: a tweet of 28 June 2022, machine 0x17A. */
  @Test
  void twitter_decodesATweet() {
    assertAgrees(
        SnowflakeLayout.TWITTER,
        1541815603606036480L,
        new Parts(Instant.parse("2022-06-28T16:07:40.105Z"), 0x17A, 0));
  }

  /** Discord, <i>API Reference</i>, "Snowflakes": 41944705796 ms after 2015, worker 1, process 0, increment 7. */
  @Test
  void discord_decodesTheExampleOfItsReference() {
    assertAgrees(
        SnowflakeLayout.DISCORD,
        175928847299117063L,
        new Parts(Instant.ofEpochMilli(1420070400000L + 41944705796L), 1 << 5, 7));
  }

  /** The README of the library pcordjs/snowflake: worker 1, process 5, increment 60. */
  @Test
  void discord_decodesWorkerAndProcessAsOneNode() {
    assertAgrees(
        SnowflakeLayout.DISCORD,
        937847820382261308L,
        new Parts(Instant.parse("2022-01-31T23:12:24.749Z"), 1 << 5 | 5, 60));
  }

  /**
   * Instagram Engineering, <i>Sharding &amp; IDs at Instagram</i>: 1387263000 ms after the epoch, user 31341 of 2000 shards,
   * sequence 5001.
   */
  @Test
  void instagram_decodesTheExampleOfItsBlog() {
    assertAgrees(
        SnowflakeLayout.INSTAGRAM,
        11637205501278089L,
        new Parts(Instant.ofEpochMilli(1314220021721L + 1387263000L), 31341 % 2000, 5001 % 1024));
  }

  private static void assertAgrees(SnowflakeLayout layout, long id, Parts parts) {
    assertEquals(parts, layout.decode(id));
    assertEquals(id, layout.encode(parts.time(), parts.node(), parts.sequence()));
  }
}
