package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void next_threeTurns_goAround() {
    assertEquals("0120120", turns(new Turns(3), 7));
    assertEquals("000", turns(new Turns(1), 3));
  }

  /** 2^63 - 1 is 1 modulo 3: the round breaks off there, and turns stay in range. */
  @Test
  void next_countIsUsedUp_startsAgainAtZero() {
    assertEquals("01012012", turns(new Turns(3, Long.MAX_VALUE - 1), 8));
  }

  private static String turns(Turns turns, int count) {
    StringBuilder taken = new StringBuilder();
    for (int i = 0; i < count; i++) {
      taken.append(turns.next());
    }
    return taken.toString();
  }
}
