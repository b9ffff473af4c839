package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.whiteboard.core.hash.Xxh3;
import java.util.random.RandomGenerator;

/**
 * Spreads one celebrity key over several sub-keys, each with an owner of its own.
 *
 * <p><b>Idea.</b> A partitioner divides keys, not requests. If popularity follows Zipf's law with exponent 1, the first
 * of n keys has the share 1/H<sub>n</sub> of all requests, with H<sub>n</sub> = 1 + 1/2 + ... + 1/n: 6.9 % for a million
 * keys. Its owner gets that, whatever the number of nodes. So each write of the hot key goes to one of s sub-keys by
 * chance, which has 1/s of its writes, and a read asks all s and merges the answers: adds counters, joins lists, takes
 * the latest value.
 *
 * <p>Salt only the keys that are hot. Where writes are merged, a read costs s look-ups instead of one; if every key is
 * salted, so does every read. The reverse, for a key that is mostly read, is to write all sub-keys and to read the one
 * that {@link #write} draws.
 *
 * <p><b>Cost.</b> One random number and one hash; {@code write} allocates nothing.
 * <b>Thread safety.</b> Immutable; the generator that is passed must suit its callers.
 *
 * <p><b>Instead.</b> If a hot key is only read, cache it in front of the partitions. If many keys of one range are hot
 * together, split the range, see {@link RangeLoad}.
 */
public final class KeySalting {
  /** The most sub-keys of one key. */
  public static final int MAX_SALTS = 1 << 16;

  private final int salts;

  private KeySalting(int salts) {
    this.salts = salts;
  }

  /**
   * Sets how many sub-keys a hot key has.
   *
   * @param salts how many, in [1, 65536]; 1 leaves keys as they are
   * @return the salting
   * @throws IllegalArgumentException if {@code salts} is out of range
   */
  public static KeySalting of(int salts) {
    checkArgument(
        salts >= 1 && salts <= MAX_SALTS, "salts must be in [1, %s], was %s", MAX_SALTS, salts);
    return new KeySalting(salts);
  }

  /**
   * Chooses the sub-key for one write.
   *
   * @param hash the key's hash; every value is valid
   * @param random chooses, all sub-keys with equal probability
   * @return the sub-key's hash, for {@link Partitioner#locate}
   * @throws NullPointerException if {@code random} is null
   */
  public long write(long hash, RandomGenerator random) {
    return salted(hash, requireNonNull(random, "random").nextInt(salts));
  }

  /**
   * Lists all sub-keys for a read.
   *
   * @param hash the key's hash; every value is valid
   * @return their hashes in the order of salts. The first is {@code hash}, so that what was stored before the key was
   *     salted is still found; and more salts keep the sub-keys of fewer
   */
  public long[] read(long hash) {
    long[] hashes = new long[salts];
    for (int salt = 0; salt < salts; salt++) {
      hashes[salt] = salted(hash, salt);
    }
    return hashes;
  }

  /**
   * Finds one sub-key.
   *
   * @param hash the key's hash; every value is valid
   * @param salt the sub-key's number, in [0, salts)
   * @return {@code hash} for salt 0, else {@code Xxh3.hash(hash, salt)}. Two of s sub-keys are equal with a probability of
   *     about s²/2<sup>65</sup>
   * @throws IllegalArgumentException if {@code salt} is out of range
   */
  public long salted(long hash, int salt) {
    checkArgument(salt >= 0 && salt < salts, "salt must be in [0, %s), was %s", salts, salt);
    return salt == 0 ? hash : Xxh3.hash(hash, salt);
  }
}
