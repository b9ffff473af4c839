package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GhostListProperties {
  /** Hashes from few regions of the range, so that they meet in the table and wrap around its end. */
  private static int hash(int key) {
    return (key % 3 - 1) * 0x2AAAAAAB - key;
  }

  @Property(tries = 200)
  void agreesWithALinkedHashSet(
      @ForAll @IntRange(max = 120) int bound,
      @ForAll @IntRange(max = 120) int secondBound,
      @ForAll @IntRange(min = 1, max = 300) int keys,
      @ForAll long seed) {
    GhostList ghosts = new GhostList(bound);
    Set<Integer> model = new LinkedHashSet<>();
    Random random = new Random(seed);
    for (int i = 0; i < 1200; i++) {
      int limit = i < 600 ? bound : secondBound;
      if (i == 600) {
        ghosts.resize(limit);
        trim(model, limit);
      }
      int hash = hash(random.nextInt(keys));
      if (random.nextInt(3) == 0) {
        assertEquals(model.remove(hash), ghosts.remove(hash));
      } else {
        ghosts.add(hash);
        model.remove(hash);
        model.add(hash);
        trim(model, limit);
      }
      assertEquals(model.size(), ghosts.size());
    }
    for (int key = 0; key < keys; key++) {
      assertEquals(model.contains(hash(key)), ghosts.contains(hash(key)));
    }
  }

  @Property(tries = 200)
  void forgetsInTheOrderOfArrival(@ForAll @Size(min = 1, max = 60) List<Integer> hashes) {
    GhostList ghosts = new GhostList(hashes.size());
    Set<Integer> model = new LinkedHashSet<>();
    for (int hash : hashes) {
      ghosts.add(hash);
      model.remove(hash);
      model.add(hash);
    }
    while (!model.isEmpty()) {
      trim(model, model.size() - 1);
      ghosts.resize(model.size());
      for (int hash : hashes) {
        assertEquals(model.contains(hash), ghosts.contains(hash));
      }
    }
  }

  private static void trim(Set<Integer> model, int size) {
    Iterator<Integer> eldest = model.iterator();
    while (model.size() > size) {
      eldest.next();
      eldest.remove();
    }
  }
}
