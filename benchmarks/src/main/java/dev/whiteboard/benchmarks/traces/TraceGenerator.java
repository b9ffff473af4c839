package dev.whiteboard.benchmarks.traces;

import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Traffic that is made up, for everyone who has no trace at hand: each kind is one that some policy is good at and another
 * fails. The same seed gives the same requests.
 */
public enum TraceGenerator {
  /** Zipf's law, skew 0.9, over 100,000 keys: the usual model of popularity. */
  ZIPF {
    @Override
    void generate(RandomGenerator random, long requests, LongConsumer to) {
      ZipfSampler keys = new ZipfSampler(ITEMS, SKEW, random);
      for (long i = 0; i < requests; i++) {
        to.accept(keys.next());
      }
    }
  },

  /** A loop over 10,000 keys: a cache that is smaller hits nothing with LRU, nearly its share with the best policy. */
  LOOP {
    @Override
    void generate(RandomGenerator random, long requests, LongConsumer to) {
      for (long i = 0; i < requests; i++) {
        to.accept(i % (ITEMS / 10));
      }
    }
  },

  /** Zipf's law, and after every 50,000 requests a scan of 25,000 keys that nobody asks for again. */
  SCAN {
    @Override
    void generate(RandomGenerator random, long requests, LongConsumer to) {
      ZipfSampler keys = new ZipfSampler(ITEMS, SKEW, random);
      long scanned = ITEMS;
      for (long i = 0; i < requests; i++) {
        boolean scans = i % (3 * PHASE / 2) >= PHASE;
        to.accept(scans ? scanned++ : keys.next());
      }
    }
  },

  /** Zipf's law, whose ranks move on by 25,000 keys after every 50,000 requests: what was popular is so no more. */
  SHIFT {
    @Override
    void generate(RandomGenerator random, long requests, LongConsumer to) {
      ZipfSampler keys = new ZipfSampler(ITEMS, SKEW, random);
      for (long i = 0; i < requests; i++) {
        to.accept((keys.next() + i / PHASE * (PHASE / 2)) % ITEMS);
      }
    }
  },

  /** Half of it Zipf's law, half keys that are asked for twice, 1,000 requests apart: recency and frequency at once. */
  MIXTURE {
    @Override
    void generate(RandomGenerator random, long requests, LongConsumer to) {
      ZipfSampler keys = new ZipfSampler(ITEMS, SKEW, random);
      for (long i = 0; i < requests; i++) {
        long pair = i / (2 * TWICE_APART) * TWICE_APART + i % TWICE_APART;
        to.accept(random.nextBoolean() ? keys.next() : ITEMS + pair);
      }
    }
  };

  private static final int ITEMS = 100_000;
  private static final double SKEW = 0.9;
  private static final int PHASE = 50_000;
  private static final int TWICE_APART = 1000;

  abstract void generate(RandomGenerator random, long requests, LongConsumer to);

  /** So many requests; the same ones whenever they are asked for. */
  public Requests requests(long count, long seed) {
    return sink -> generate(
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed), count, Requests.keysOnly(sink));
  }

  /** Its name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
