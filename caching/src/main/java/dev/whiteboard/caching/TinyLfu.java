package dev.whiteboard.caching;

/**
 * W-TinyLFU: a small LRU window, a large segmented LRU, and a sketch that decides who passes from one to the other.
 *
 * <p><b>Idea.</b> A newcomer enters the window. What leaves the window meets the next victim of the main region, and the one
 * that was seen more often stays. The main region keeps entries that were hit there in a protected segment, four fifths of
 * it. Einziger, Friedman and Manes, <i>TinyLFU: A Highly Efficient Cache Admission Policy</i>, ACM TOS 13(4), 2017.
 * The window starts with 1 %. After every ten requests an entry it moves one step, on in the same direction if the hit
 * ratio rose and back if it fell; steps shrink by 2 %, and a jump of the hit ratio makes them large again: Einziger,
 * Eytan, Friedman and Manes, <i>Adaptive Software Cache Management</i>, Middleware 2018.
 * <b>Cost.</b> O(1); a hit moves the entry and counts in the sketch, under the lock; 8 bytes an entry for the sketch.
 *
 * <p><b>Instead.</b> {@link Adaptive} pays one bit for a hit and needs no ten requests an entry to learn.
 */
final class TinyLfu extends Policy {
  private static final byte WINDOW = 0;
  private static final byte PROBATION = 1;
  private static final byte PROTECTED = 2;

  /** The paper's parameters, as Caffeine sets them. */
  private static final double WINDOW_SHARE = 0.01;

  private static final double PROTECTED_SHARE = 0.8;
  private static final int SAMPLE_FACTOR = 10;
  private static final double STEP = 0.0625;
  private static final double STEP_DECAY = 0.98;
  private static final double JUMP = 0.05;

  final NodeQueue window = new NodeQueue();
  final NodeQueue probation = new NodeQueue();
  final NodeQueue guarded = new NodeQueue();
  private final FrequencySketch sketch;
  private long maximum;

  /** For how many entries the sketch has room. */
  private long sized;

  /** The window's share of the maximum, and by how much it moves next; it grows first. */
  private double windowShare = WINDOW_SHARE;

  private double step = STEP;
  private double lastHitRatio;
  private long hits;
  private long requests;

  TinyLfu(long maximum) {
    this.maximum = maximum;
    this.sized = Math.min(maximum, 16);
    this.sketch = new FrequencySketch(sized, SAMPLE_FACTOR);
  }

  @Override
  void hit(Node node) {
    sketch.increment(node.hash);
    hits++;
    if (node.region == PROBATION) {
      move(node, PROTECTED);
      while (guarded.weight() > protectedMaximum()) {
        move(guarded.eldest(), PROBATION);
      }
    } else {
      queue(node).makeYoungest(node);
    }
    countRequest();
  }

  @Override
  Node evict(Node newcomer) {
    Node leaving = victim();
    remove(leaving);
    return leaving;
  }

  private Node victim() {
    if (probation.isEmpty() && guarded.isEmpty()) {
      return window.eldest();
    }
    Node victim = probation.isEmpty() ? guarded.eldest() : probation.eldest();
    if (window.isEmpty() || window.weight() < windowMaximum()) {
      return victim;
    }
    Node candidate = window.eldest();
    if (sketch.frequency(candidate.hash) <= sketch.frequency(victim.hash)) {
      return candidate;
    }
    move(candidate, PROBATION);
    return victim;
  }

  @Override
  void admit(Node newcomer) {
    sketch.increment(newcomer.hash);
    newcomer.region = WINDOW;
    window.addYoungest(newcomer);
    fitToEntries();
    countRequest();
    while (window.weight() > windowMaximum()
        && window.eldest().weight() <= maximum - windowMaximum() - mainWeight()) {
      move(window.eldest(), PROBATION);
    }
  }

  @Override
  void remove(Node node) {
    queue(node).remove(node);
  }

  @Override
  void reweigh(Node node, long difference) {
    queue(node).reweigh(difference);
  }

  @Override
  void resize(long newMaximum) {
    maximum = newMaximum;
    if (sized > newMaximum) {
      sized = newMaximum;
      sketch.resize(sized);
    }
  }

  private void fitToEntries() {
    long fitting = FrequencySketch.sizeFor(entries(), sized, maximum);
    if (fitting != sized) {
      sized = fitting;
      sketch.resize(fitting);
    }
  }

  private void countRequest() {
    if (++requests >= SAMPLE_FACTOR * entries()) {
      climb();
    }
  }

  private void climb() {
    double hitRatio = (double) hits / requests;
    double change = hitRatio - lastHitRatio;
    double move = change >= 0 ? step : -step;
    step = Math.abs(change) >= JUMP ? Math.copySign(STEP, move) : STEP_DECAY * move;
    lastHitRatio = hitRatio;
    hits = 0;
    requests = 0;
    // What the window gains, the protected segment loses; a fifth of the main region stays on
    // probation.
    windowShare = Math.max(
        0, Math.min(windowShare + move, WINDOW_SHARE + (1 - WINDOW_SHARE) * PROTECTED_SHARE));
    while (guarded.weight() > protectedMaximum()) {
      move(guarded.eldest(), PROBATION);
    }
    growWindow();
  }

  /** A window that may be larger takes entries from the old end of the main region at once. */
  private void growWindow() {
    while (!probation.isEmpty()
        && window.weight() + probation.eldest().weight() <= windowMaximum()
        && mainWeight() > maximum - windowMaximum()) {
      move(probation.eldest(), WINDOW);
    }
  }

  private void move(Node node, byte region) {
    queue(node).remove(node);
    node.region = region;
    queue(node).addYoungest(node);
  }

  private NodeQueue queue(Node node) {
    return node.region == WINDOW ? window : node.region == PROBATION ? probation : guarded;
  }

  private long entries() {
    return window.size() + probation.size() + guarded.size();
  }

  private long mainWeight() {
    return probation.weight() + guarded.weight();
  }

  private long windowMaximum() {
    return Math.max(1, (long) (maximum * windowShare));
  }

  private long protectedMaximum() {
    double share = (1 - WINDOW_SHARE) * PROTECTED_SHARE - (windowShare - WINDOW_SHARE);
    return (long) (maximum * share);
  }
}
