package dev.whiteboard.caching;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.LongFunction;

/**
 * Which entry leaves a full cache: the name of a policy, and how one is made.
 *
 * <p>A cache and {@link CacheSimulator} run the same classes.
 */
public final class EvictionPolicy {
  private final String name;
  private final LongFunction<Policy> factory;

  private EvictionPolicy(String name, LongFunction<Policy> factory) {
    this.name = name;
    this.factory = factory;
  }

  /**
   * First in, first out.
   *
   * @return the policy {@code fifo}
   */
  public static EvictionPolicy fifo() {
    return new EvictionPolicy("fifo", maximum -> new Fifo());
  }

  /**
   * Least recently used.
   *
   * @return the policy {@code lru}
   */
  public static EvictionPolicy lru() {
    return new EvictionPolicy("lru", maximum -> new Lru());
  }

  /**
   * Least frequently used; counts live as long as the entry.
   *
   * @return the policy {@code lfu}
   */
  public static EvictionPolicy lfu() {
    return new EvictionPolicy("lfu", maximum -> new Lfu(false));
  }

  /**
   * Least frequently used; all counts are halved from time to time.
   *
   * @return the policy {@code lfu-ageing}
   */
  public static EvictionPolicy agingLfu() {
    return new EvictionPolicy("lfu-ageing", maximum -> new Lfu(true));
  }

  /**
   * FIFO with a second chance: one bit an entry.
   *
   * @return the policy {@code clock}
   */
  public static EvictionPolicy clock() {
    return new EvictionPolicy("clock", maximum -> new Clock());
  }

  /**
   * FIFO whose hand leaves what was hit in its place: one bit an entry.
   *
   * @return the policy {@code sieve}
   */
  public static EvictionPolicy sieve() {
    return new EvictionPolicy("sieve", maximum -> new Sieve());
  }

  /**
   * A small queue that filters newcomers, a main queue and ghosts: two bits an entry.
   *
   * @return the policy {@code s3-fifo}
   */
  public static EvictionPolicy s3Fifo() {
    return new EvictionPolicy("s3-fifo", S3Fifo::new);
  }

  /**
   * A queue of newcomers, and LRU for those that come back.
   *
   * @return the policy {@code 2q}
   */
  public static EvictionPolicy twoQ() {
    return new EvictionPolicy("2q", TwoQ::new);
  }

  /**
   * Two LRU queues, for one use and for more, that adapt to the traffic.
   *
   * @return the policy {@code arc}
   */
  public static EvictionPolicy arc() {
    return new EvictionPolicy("arc", Arc::new);
  }

  /**
   * Hot and cold entries on one clock with three hands, which adapts to the traffic.
   *
   * @return the policy {@code clock-pro}
   */
  public static EvictionPolicy clockPro() {
    return new EvictionPolicy("clock-pro", ClockPro::new);
  }

  /**
   * W-TinyLFU: a small LRU window, a segmented LRU and a sketch that decides who passes from one to the other.
   *
   * @return the policy {@code tiny-lfu}
   */
  public static EvictionPolicy tinyLfu() {
    return new EvictionPolicy("tiny-lfu", TinyLfu::new);
  }

  /**
   * A window and a main region of the CLOCK kind, a sketch, and a border that moves: one bit an entry.
   *
   * @return the policy {@code adaptive}
   */
  public static EvictionPolicy adaptive() {
    return new EvictionPolicy("adaptive", Adaptive::new);
  }

  /**
   * Lists the policies.
   *
   * @return all of them, the simplest first
   */
  public static List<EvictionPolicy> all() {
    return List.of(
        fifo(),
        lru(),
        lfu(),
        agingLfu(),
        clock(),
        sieve(),
        s3Fifo(),
        twoQ(),
        arc(),
        clockPro(),
        tinyLfu(),
        adaptive());
  }

  /**
   * Finds a policy by its name.
   *
   * @param name one of the names of {@link #all()}
   * @return the policy
   * @throws IllegalArgumentException if no policy has this name; the message lists the names
   * @throws NullPointerException if {@code name} is null
   */
  public static EvictionPolicy named(String name) {
    requireNonNull(name, "name");
    for (EvictionPolicy policy : all()) {
      if (policy.name.equals(name)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("policy must be one of " + all() + ", was " + name);
  }

  /**
   * Names the policy.
   *
   * @return its name in lower case, as the command line writes it
   */
  @Override
  public String toString() {
    return name;
  }

  /** A new policy for a cache of this maximum weight. */
  Policy create(long maximum) {
    return factory.apply(maximum);
  }
}
