package dev.whiteboard.caching;

/**
 * The adaptive policy: a window for what is new, a main region for what is asked for often, and a border that moves.
 *
 * <p><b>Idea.</b> Both regions are CLOCK queues with one bit an entry, so a hit is one store. For room, the window's victim
 * meets the main region's, and the one that was seen more often stays, as in {@link TinyLfu}. The sketch counts misses, and
 * entries whose bit the hand finds set; so an entry that was hit in the last round but not yet in this one is one count
 * behind a newcomer, and is owed it. That count is what makes a loop larger than the cache hit.
 * The border follows the density of hits. Ghosts, the hashes of what left the window, tell what each further place of the
 * window would hit; the bits that the hands find tell what each place of a region hits. The window grows by 1 % where its
 * ghosts beat the main region, and shrinks by 1 % where the main region beats it. CLOCK: Corbató, 1968. Admission:
 * Einziger, Friedman and Manes, <i>TinyLFU: A Highly Efficient Cache Admission Policy</i>, ACM TOS 13(4), 2017. Ghosts that
 * move a border: Megiddo and Modha, <i>ARC: A Self-Tuning, Low Overhead Replacement Cache</i>, FAST 2003.
 * <b>Cost.</b> A hit is one plain store, at most; an eviction passes over 16 entries in each region, at most. 8
 * bytes an entry for the sketch, 2 for the ghosts.
 *
 * <p><b>Instead.</b> Where recency alone counts, {@link Lru} hits more until the window has grown. An attacker who finds
 * keys with one hash makes them look frequent: they pass through the main region as through {@link Clock}.
 */
final class Adaptive extends Policy {
  private static final byte WINDOW = 0;
  private static final byte MAIN = 1;

  /** In {@link Node#count}: the entry was hit in the last round of the hand, and is owed a count in this one. */
  private static final char OWED = 1;

  /** Counts an entry until the sketch halves; fewer forget the members of a loop between two rounds. */
  private static final int SAMPLE_FACTOR = 20;

  private static final int FIRST_PERCENT = 1;
  private static final int LARGEST_PERCENT = 80;

  /** Entries to a ghost: with so many ghosts the window sees a second request at half the cache's size. */
  private static final int ENTRIES_PER_GHOST = 2;

  /** Entries to a miss, from one move of the border to the next. */
  private static final int ENTRIES_PER_MISS = 2;

  /** How many entries one newcomer moves from the window to the main region. */
  private static final int MOST_MOVED = 4;

  /** How many entries the hand passes for one victim; after so many it takes one that was hit. */
  private static final int LONGEST_SWEEP = 16;

  final NodeQueue window = new NodeQueue();
  final NodeQueue main = new NodeQueue();
  private final FrequencySketch sketch;
  private final GhostTable ghosts;
  private long maximum;

  /** For how many entries sketch and ghosts have room. */
  private long sized;

  private int windowPercent;

  /** What the window may weigh: its share of the maximum, and room for one entry. */
  private long windowMaximum;

  /** What was seen since the border moved last. */
  private long misses;

  private long ghostHits;
  private long windowHits;
  private long windowLeft;
  private long mainHits;
  private long mainLeft;

  Adaptive(long maximum) {
    this.maximum = maximum;
    this.sized = Math.min(maximum, 16);
    this.sketch = new FrequencySketch(sized, SAMPLE_FACTOR);
    this.ghosts = new GhostTable(sized / ENTRIES_PER_GHOST);
    placeBorder(FIRST_PERCENT);
  }

  @Override
  int largestMark() {
    return 1;
  }

  @Override
  Node evict(Node newcomer) {
    if (window.isEmpty() || (!main.isEmpty() && window.weight() < windowMaximum)) {
      return removed(mainVictim());
    }
    Node candidate = windowVictim();
    if (!main.isEmpty()) {
      Node victim = mainVictim();
      if (sketch.frequency(candidate.hash) > sketch.frequency(victim.hash) + victim.count) {
        moveToMain(candidate);
        return removed(victim);
      }
    }
    ghosts.add(candidate.hash);
    return removed(candidate);
  }

  @Override
  void admit(Node newcomer) {
    newcomer.region = WINDOW;
    newcomer.mark = 0;
    newcomer.count = 0;
    window.addYoungest(newcomer);
    fitToEntries();
    sketch.increment(newcomer.hash);
    if (ghosts.remove(newcomer.hash)) {
      ghostHits++;
    }
    fillMain();
    if (++misses >= entries() / ENTRIES_PER_MISS) {
      moveBorder();
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
    placeBorder(windowPercent);
    if (sized > newMaximum) {
      fit(newMaximum);
    }
  }

  private Node windowVictim() {
    for (int passed = 0; window.eldest().mark != 0 && passed < LONGEST_SWEEP; passed++) {
      windowHits++;
      passHit(window);
    }
    return window.eldest();
  }

  private Node mainVictim() {
    for (int passed = 0; main.eldest().mark != 0 && passed < LONGEST_SWEEP; passed++) {
      mainHits++;
      passHit(main);
    }
    return main.eldest();
  }

  private void passHit(NodeQueue queue) {
    Node hit = queue.eldest();
    hit.mark = 0;
    hit.count = OWED;
    sketch.increment(hit.hash);
    queue.makeYoungest(hit);
  }

  private void moveToMain(Node node) {
    window.remove(node);
    windowLeft++;
    node.region = MAIN;
    node.count = 0;
    main.addYoungest(node);
  }

  private Node removed(Node node) {
    remove(node);
    if (node.region == WINDOW) {
      windowLeft++;
    } else {
      mainLeft++;
    }
    return node;
  }

  private void moveBorder() {
    double ghostDensity = (double) ghostHits / ghosts.capacity();
    double windowDensity = density(windowHits, windowLeft, window);
    double mainDensity = density(mainHits, mainLeft, main);
    if (ghostDensity > mainDensity) {
      placeBorder(Math.min(windowPercent + 1, LARGEST_PERCENT));
    } else if (windowDensity < mainDensity) {
      placeBorder(Math.max(windowPercent - 1, 0));
    }
    misses = 0;
    ghostHits = 0;
    windowHits = 0;
    windowLeft = 0;
    mainHits = 0;
    mainLeft = 0;
  }

  /**
   * How many hits a place of the queue had. A bit tells whether an entry was hit since the hand came by, not how often; if
   * hits fall at random, e to the minus their mean is the share of the entries without one. Bits alone say too little
   * where the hand is slow and finds nearly all of them set, which is where the main region serves best.
   */
  private static double density(long hit, long left, NodeQueue queue) {
    double passed = hit + left;
    return passed * Math.log((passed + 1) / (left + 1)) / Math.max(1, queue.size());
  }

  private void fitToEntries() {
    long fitting = FrequencySketch.sizeFor(entries(), sized, maximum);
    if (fitting != sized) {
      fit(fitting);
    }
  }

  private void fit(long entries) {
    sized = entries;
    sketch.resize(entries);
    ghosts.resize(entries / ENTRIES_PER_GHOST);
  }

  private NodeQueue queue(Node node) {
    return node.region == WINDOW ? window : main;
  }

  private long entries() {
    return window.size() + main.size();
  }

  /** What the window may not hold goes to the main region as far as that has room; after a move of the border, bit by bit. */
  private void fillMain() {
    for (int moved = 0; window.weight() > windowMaximum && moved < MOST_MOVED; moved++) {
      Node victim = windowVictim();
      if (victim.weight() > maximum - windowMaximum - main.weight()) {
        return;
      }
      moveToMain(victim);
    }
  }

  private void placeBorder(int percent) {
    windowPercent = percent;
    windowMaximum = Math.max(1, (long) (maximum / 100.0 * percent));
  }
}
