package dev.whiteboard.caching;

import com.google.common.math.LongMath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CLOCK-Pro: an entry is hot if the time between its last two uses is short, and cold until it has shown that.
 *
 * <p><b>Idea.</b> One list in the order of admission holds hot entries, cold ones and, as ghosts, cold ones that left
 * during their test. A cold entry that is used during its test becomes hot. The cold hand evicts the eldest cold entry;
 * the hot hand turns the eldest hot entry that was not hit into a cold one, and on its way ends the test of whatever it
 * passes, since that was unused for longer than a hot entry; the test hand keeps the ghosts to as many as fill two
 * caches. A use in the test gives the cold ones more room, a test that ends without one takes some away. Jiang, Chen and
 * Zhang, <i>CLOCK-Pro: An Effective Improvement of the CLOCK Replacement</i>, USENIX ATC 2005.
 * <b>Cost.</b> A hit is one plain store, at most; an eviction is amortised O(1); a ghost takes about 100 bytes.
 *
 * <p><b>Instead.</b> Three hands on one list are hard to reason about, and its ghosts are large; {@link Adaptive} does
 * without.
 */
final class ClockPro extends Policy {
  /** Resident and cold, its test over. */
  private static final byte COLD = 0;

  private static final byte TESTED = 1;
  private static final byte HOT = 2;
  private static final byte GHOST = 3;

  private final NodeQueue list = new NodeQueue();
  private final Map<Integer, Node> ghosts = new HashMap<>();

  /** Each hand is at the eldest of its kind, or further back where nothing of its kind is. */
  private Node coldHand = list.end();

  private Node hotHand = list.end();
  private Node testHand = list.end();

  /** What each region weighs, by its number. */
  private final long[] weights = new long[4];

  private long maximum;

  /** What the cold entries should weigh, in [{@link #leastCold}, {@link #mostCold}]. */
  private long coldTarget;

  ClockPro(long maximum) {
    this.maximum = maximum;
    coldTarget = leastCold();
  }

  @Override
  int largestMark() {
    return 1;
  }

  @Override
  Node evict(Node newcomer) {
    while (true) {
      coldHand = next(coldHand, COLD, TESTED);
      if (list.isEnd(coldHand)) {
        coolOne(null);
        continue;
      }
      Node node = coldHand;
      if (node.mark == 0) {
        leave(node);
        return node;
      }
      makeYoungest(node, node.region == TESTED && earnsHeat(node) ? HOT : TESTED);
    }
  }

  @Override
  void admit(Node newcomer) {
    Node ghost = ghosts.get(newcomer.hash);
    long free = maximum - weights[COLD] - weights[TESTED] - weights[HOT];
    boolean hot = ghost != null ? earnsHeat(ghost) : free > leastCold();
    if (ghost != null && ghost.region == GHOST) {
      forget(ghost);
    }
    newcomer.mark = 0;
    append(newcomer, hot ? HOT : TESTED);
  }

  @Override
  void remove(Node node) {
    unlink(node);
  }

  @Override
  void reweigh(Node node, long difference) {
    list.reweigh(difference);
    weights[node.region] += difference;
  }

  @Override
  void resize(long newMaximum) {
    maximum = newMaximum;
    adjustTarget(0);
    while (weights[GHOST] > mostGhosts()) {
      endEldestTest();
    }
  }

  /** A cold entry leaves; during its test a ghost takes its place in the list. */
  private void leave(Node node) {
    Node ghost = new Ghost(node, Math.max(1, Math.min(node.weight(), maximum)));
    while (node.region == TESTED && weights[GHOST] > mostGhosts() - ghost.weight()) {
      endEldestTest();
    }
    if (node.region == TESTED) {
      Node namesake = ghosts.put(ghost.hash, ghost);
      if (namesake != null) {
        unlink(namesake);
      }
      list.addYounger(node, ghost);
      weights[GHOST] += ghost.weight();
    }
    unlink(node);
  }

  private void endEldestTest() {
    testHand = next(testHand, TESTED, GHOST);
    endTest(testHand);
  }

  /** Whether an entry or ghost that was used during its test finds room among the hot ones. */
  private boolean earnsHeat(Node tested) {
    adjustTarget(tested.weight());
    while (weights[HOT] > maximum - coldTarget - tested.weight()) {
      if (!isTested(tested) || !coolOne(tested)) {
        return false;
      }
    }
    return true;
  }

  /** Turns the eldest hot entry without a hit into a cold one, unless the hand meets {@code last} before. */
  private boolean coolOne(@Nullable Node last) {
    boolean cooled = false;
    while (!cooled && hotHand != last && !list.isEnd(hotHand)) {
      Node node = hotHand;
      if (node.region == HOT) {
        cooled = node.mark == 0;
        makeYoungest(node, cooled ? COLD : HOT);
      } else {
        pass(node);
      }
    }
    while (!list.isEnd(hotHand) && hotHand.region != HOT) {
      pass(hotHand);
    }
    return cooled;
  }

  private void pass(Node cold) {
    hotHand = cold.younger;
    if (isTested(cold)) {
      endTest(cold);
    }
  }

  private void endTest(Node node) {
    adjustTarget(node.mark == 0 ? -node.weight() : node.weight());
    if (node.region == GHOST) {
      forget(node);
    } else {
      weights[TESTED] -= node.weight();
      weights[COLD] += node.weight();
      node.region = COLD;
    }
  }

  private void forget(Node ghost) {
    ghosts.remove(ghost.hash);
    unlink(ghost);
    ghost.region = COLD;
  }

  private static boolean isTested(Node node) {
    return node.region == TESTED || node.region == GHOST;
  }

  private Node next(Node hand, byte region, byte orRegion) {
    Node node = hand;
    while (!list.isEnd(node) && node.region != region && node.region != orRegion) {
      node = node.younger;
    }
    return node;
  }

  private void makeYoungest(Node node, byte region) {
    unlink(node);
    node.mark = 0;
    append(node, region);
  }

  private void append(Node node, byte region) {
    list.addYoungest(node);
    node.region = region;
    weights[region] += node.weight();
    coldHand = list.isEnd(coldHand) ? node : coldHand;
    hotHand = list.isEnd(hotHand) ? node : hotHand;
    testHand = list.isEnd(testHand) ? node : testHand;
  }

  private void unlink(Node node) {
    coldHand = coldHand == node ? node.younger : coldHand;
    hotHand = hotHand == node ? node.younger : hotHand;
    testHand = testHand == node ? node.younger : testHand;
    list.remove(node);
    weights[node.region] -= node.weight();
  }

  private void adjustTarget(long difference) {
    long target = LongMath.saturatedAdd(coldTarget, difference);
    coldTarget = Math.max(leastCold(), Math.min(target, mostCold()));
  }

  private long leastCold() {
    return Math.min(maximum, Math.max(2, maximum / 100));
  }

  private long mostCold() {
    return Math.max(leastCold(), maximum - leastCold());
  }

  private long mostGhosts() {
    return LongMath.saturatedMultiply(Math.max(1, maximum), 2);
  }

  /** What stays of an entry that left during its test. */
  private static final class Ghost extends Node {
    private final long weight;

    Ghost(Node left, long weight) {
      hash = left.hash;
      region = GHOST;
      this.weight = weight;
    }

    @Override
    long weight() {
      return weight;
    }
  }
}
