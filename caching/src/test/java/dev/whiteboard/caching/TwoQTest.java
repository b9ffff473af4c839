package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TwoQTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.twoQ();
  }

  /** Of four entries one newcomer is safe, and two that left are remembered. */
  @Example
  void keyThatReturns_becomesResident() {
    // 5 pushes 1 out. 1 comes back as a resident, and 6, 7 and 8 push out newcomers only.
    assertEquals("mmmmmmmmmh", replay(policy(), 4, 1, 2, 3, 4, 5, 1, 6, 7, 8, 1));
  }

  @Example
  void hitOnANewcomer_meansNothing() {
    assertEquals("mmmmhmm", replay(policy(), 4, 1, 2, 3, 4, 1, 5, 1));
  }

  @Property(tries = 150)
  void agreesWithThreeLists(@ForAll @IntRange(min = 1, max = 40) int capacity, @ForAll long seed) {
    List<Integer> in = new ArrayList<>();
    List<Integer> out = new ArrayList<>();
    List<Integer> main = new ArrayList<>();
    assertAgrees(policy(), capacity, seed, key -> {
      if (in.contains(key)) {
        return true;
      }
      if (main.remove((Integer) key)) {
        main.add(key);
        return true;
      }
      boolean returns = out.remove((Integer) key);
      if (in.size() + main.size() == capacity) {
        if (in.size() > capacity / 4 || main.isEmpty()) {
          out.add(in.remove(0));
          if (out.size() > capacity / 2) {
            out.remove(0);
          }
        } else {
          main.remove(0);
        }
      }
      (returns ? main : in).add(key);
      return false;
    });
  }
}
