package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GhostListTest {
  private final GhostList ghosts = new GhostList(3);

  @Test
  void add_fullList_forgetsTheEldest() {
    ghosts.add(1);
    ghosts.add(2);
    ghosts.add(3);
    ghosts.add(4);
    assertFalse(ghosts.contains(1));
    assertTrue(ghosts.contains(2));
    assertEquals(3, ghosts.size());
  }

  @Test
  void add_hashThatIsThere_makesItTheYoungest() {
    ghosts.add(1);
    ghosts.add(2);
    ghosts.add(3);
    ghosts.add(1);
    ghosts.add(4);
    assertTrue(ghosts.contains(1));
    assertFalse(ghosts.contains(2));
  }

  @Test
  void remove_tellsWhetherItWasThereAndMakesRoom() {
    ghosts.add(1);
    ghosts.add(2);
    ghosts.add(3);
    assertTrue(ghosts.remove(2));
    assertFalse(ghosts.remove(2));
    ghosts.add(4);
    assertTrue(ghosts.contains(1));
    assertEquals(3, ghosts.size());
  }

  @Test
  void add_hashZero_isAHashLikeAnother() {
    assertFalse(ghosts.contains(0));
    ghosts.add(0);
    assertTrue(ghosts.remove(0));
    assertFalse(ghosts.contains(0));
  }

  @Test
  void add_boundZero_keepsNone() {
    GhostList none = new GhostList(0);
    none.add(1);
    assertFalse(none.contains(1));
    assertEquals(0, none.size());
  }

  @Test
  void resize_smaller_forgetsTheEldest() {
    ghosts.add(1);
    ghosts.add(2);
    ghosts.add(3);
    ghosts.resize(1);
    assertEquals(1, ghosts.size());
    assertTrue(ghosts.contains(3));
    ghosts.resize(0);
    assertEquals(0, ghosts.size());
  }

  @Test
  void resize_farSmallerAndLargerAgain_keepsWhatFits() {
    GhostList large = new GhostList(Long.MAX_VALUE);
    for (int i = 0; i < 100_000; i++) {
      large.add(spread(i));
    }
    assertEquals(100_000, large.size());
    large.resize(100);
    assertEquals(100, large.size());
    assertTrue(large.contains(spread(99_900)));
    assertFalse(large.contains(spread(99_899)));
    large.resize(Long.MAX_VALUE);
    for (int i = 0; i < 1000; i++) {
      large.add(spread(i));
    }
    assertEquals(1100, large.size());
    assertTrue(large.contains(spread(99_900)));
  }

  /** All hashes begin at one slot of the table and run over its end. */
  @Test
  void remove_clusterAtTheEndOfTheTable_losesNoOther() {
    GhostList many = new GhostList(100);
    for (int i = 1; i <= 40; i++) {
      many.add(-i);
    }
    for (int i = 1; i <= 40; i += 3) {
      assertTrue(many.remove(-i));
    }
    for (int i = 1; i <= 40; i++) {
      assertEquals(i % 3 != 1, many.contains(-i));
    }
  }

  private static int spread(int key) {
    return key * 0x9E3779B9;
  }
}
