package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketingTest {
  private static final Design DESIGN = Ticketing.design();

  /** gitgik/distributed-system-design 276fd27, designing_ticketmaster.md. */
  @ParameterizedTest
  @CsvSource({"data-per-day, 4.5e8", "raw-storage, 8.2125e11"})
  void plan_gitgik(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** A million people in a minute; a shard makes 32 transactions of 10 ms at a time. */
  @Test
  void rush_withoutAWaitingRoom_isBeyondOneShard() {
    assertEquals(3200, DESIGN.plan().step("shard-limit").value().value(), 1e-6);
    double over = 1e6 / 60 / 3200;
    assertEquals(over, DESIGN.plan().step("rush-over-limit").value().value(), 1e-9 * over);
  }

  /** A million people look every 10 s: 0.1 ms each on 16 x 60 %. */
  @Test
  void waitingRoom_answersEverybodyWhoWaits() {
    assertEquals(
        100_000, DESIGN.load("waiting").requests().orElseThrow().value().value(), 1e-4);
    assertEquals(2 + 1, DESIGN.load("waiting").servers());
  }

  /** Daily 260.4/s x 20 % ÷ 2.5 = 20.83/s, and 20,000 ÷ 2.5 in 20 min = 6.67/s; ten tries for each. */
  @Test
  void booking_getsEveryTry() {
    Design exact =
        DESIGN.with("occupancy", "20%").with("event-sale", "20 min").with("attempts", "10");
    assertEquals(275, exact.load("booking").requests().orElseThrow().value().value(), 1e-6);
    assertEquals(27.5, exact.load("payments").requests().orElseThrow().value().value(), 1e-6);
    assertEquals(2 + 1, exact.load("payments").servers());
  }

  /** 20.83/s and 20,000 ÷ 2.5 in one minute = 154.2/s, 2 s each on 64 x 60 %. */
  @Test
  void payments_ofASaleInAMinute_needNineServersAndASpare() {
    Design exact = DESIGN.with("occupancy", "20%").with("event-sale", "1 min");
    assertEquals(9 + 1, exact.load("payments").servers());
  }

  /** 15,000 shows a day, two weeks ahead, 10 KB each. */
  @Test
  void seatMaps_allFitIntoMemory() {
    assertEquals(2.1e9, DESIGN.load("cache").stored().orElseThrow().value().value(), 1);
  }

  /** Three billion views a month x 5 at the peak, of which the CDN leaves 47 %, 10 ms each. */
  @Test
  void catalogue_isTheBottleneck() {
    assertEquals(3 + 1, DESIGN.load("catalogue").servers());
    assertEquals("catalogue", DESIGN.bottleneck().orElseThrow().component().id());
    assertEquals(
        "seats",
        DESIGN.with("cdn-share", "80%").bottleneck().orElseThrow().component().id());
  }
}
