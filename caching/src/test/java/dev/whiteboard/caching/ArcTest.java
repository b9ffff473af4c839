package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ArcTest extends PolicyContract {
  @Override
  EvictionPolicy policy() {
    return EvictionPolicy.arc();
  }

  /** A scan passes through the first queue and leaves what was used twice alone. */
  @Example
  void scan_leavesWhatWasUsedAgain() {
    assertEquals("mmhhmmmmhh", replay(policy(), 4, 1, 2, 1, 2, 3, 4, 5, 6, 1, 2));
  }

  /** The algorithm of the paper, figure 4, line by line, with lists. */
  @Property(tries = 150)
  void agreesWithThePaper(@ForAll @IntRange(min = 1, max = 40) int capacity, @ForAll long seed) {
    assertAgrees(policy(), capacity, seed, new Paper(capacity));
  }

  private static final class Paper implements Model {
    private final int c;
    private final List<Integer> t1 = new ArrayList<>();
    private final List<Integer> t2 = new ArrayList<>();
    private final List<Integer> b1 = new ArrayList<>();
    private final List<Integer> b2 = new ArrayList<>();
    private int p;

    Paper(int capacity) {
      c = capacity;
    }

    @Override
    public boolean request(int key) {
      Integer x = key;
      if (t1.remove(x) || t2.remove(x)) {
        t2.add(x);
        return true;
      }
      if (b1.contains(x)) {
        p = Math.min(c, p + Math.max(1, b2.size() / b1.size()));
        replace(false);
        b1.remove(x);
        t2.add(x);
      } else if (b2.contains(x)) {
        p = Math.max(0, p - Math.max(1, b1.size() / b2.size()));
        replace(true);
        b2.remove(x);
        t2.add(x);
      } else {
        makeRoom();
        t1.add(x);
      }
      return false;
    }

    private void makeRoom() {
      int total = t1.size() + t2.size() + b1.size() + b2.size();
      if (t1.size() + b1.size() == c) {
        if (t1.size() < c) {
          b1.remove(0);
          replace(false);
        } else {
          t1.remove(0);
        }
      } else if (total >= c) {
        if (total == 2 * c) {
          b2.remove(0);
        }
        replace(false);
      }
    }

    private void replace(boolean inB2) {
      if (!t1.isEmpty() && (t1.size() > p || (inB2 && t1.size() == p))) {
        b1.add(t1.remove(0));
      } else {
        b2.add(t2.remove(0));
      }
    }
  }
}
