package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GhostTableTest {
  private final GhostTable ghosts = new GhostTable(8);

  @Test
  void remove_added_isThereOnce() {
    ghosts.add(7);
    assertFalse(ghosts.remove(8));
    assertTrue(ghosts.remove(7));
    assertFalse(ghosts.remove(7));
  }

  @Test
  void remove_hashZero_isAGhostLikeOthers() {
    assertFalse(ghosts.remove(0));
    ghosts.add(0);
    assertTrue(ghosts.remove(0));
  }

  @Test
  void add_fullBucket_forgetsItsEldest() {
    for (int hash = 1; hash <= 9; hash++) {
      ghosts.add(hash);
    }
    assertFalse(ghosts.remove(1));
    for (int hash = 2; hash <= 9; hash++) {
      assertTrue(ghosts.remove(hash), "hash " + hash);
    }
  }

  @Test
  void remove_inTheMiddle_makesRoomForOne() {
    for (int hash = 1; hash <= 8; hash++) {
      ghosts.add(hash);
    }
    ghosts.remove(4);
    ghosts.add(9);
    assertTrue(ghosts.remove(1));
    assertTrue(ghosts.remove(9));
  }

  @Test
  void resize_larger_keepsAll() {
    for (int hash = 1; hash <= 8; hash++) {
      ghosts.add(hash);
    }
    ghosts.resize(1_000);
    assertEquals(1_000, ghosts.capacity());
    for (int hash = 1; hash <= 8; hash++) {
      assertTrue(ghosts.remove(hash), "hash " + hash);
    }
  }

  @Test
  void resize_smaller_keepsTheYoungest() {
    ghosts.resize(8_000);
    for (int hash = 1; hash <= 8_000; hash++) {
      ghosts.add(hash);
    }
    ghosts.resize(8);
    int kept = 0;
    for (int hash = 1; hash <= 8_000; hash++) {
      kept += ghosts.remove(hash) ? 1 : 0;
    }
    assertEquals(8, kept);
  }

  @Test
  void capacity_anySize_fourBytesEach() {
    assertEquals(99_992, new GhostTable(99_999).capacity());
    assertEquals(8, new GhostTable(0).capacity());
  }

  /** Of the 800 youngest in a table for 1,000, all but those whose bucket ran over are known. */
  @Test
  void add_manyMore_keepsMostOfTheYoungest() {
    ghosts.resize(1_000);
    for (int i = 0; i < 100_000; i++) {
      ghosts.add(i * 0x85eb_ca6b);
    }
    int known = 0;
    for (int i = 99_200; i < 100_000; i++) {
      known += ghosts.remove(i * 0x85eb_ca6b) ? 1 : 0;
    }
    assertTrue(known > 640, known + " known");
  }
}
