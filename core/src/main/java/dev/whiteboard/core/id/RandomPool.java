package dev.whiteboard.core.id;

import com.google.common.math.IntMath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Unpredictable numbers at a fraction of what {@link SecureRandom} costs per call.
 *
 * <p><b>Idea.</b> Fast key erasure: a block of numbers is the AES-256-CTR keystream of a key that is used once. The
 * keystream's first 32 bytes become the next key, the rest is handed out, and both the old key and each number handed
 * out are overwritten. Daniel J. Bernstein, <i>Fast-key-erasure random-number generators</i>, 2017. Here the next key is
 * also XORed with 32 bytes of fresh seed, which costs one call of the seed source per block.
 *
 * <p>A few stripes, chosen by the number of the calling thread, keep threads out of each other's cache lines; a virtual
 * thread shares its stripe with others and owns no buffer.
 *
 * <p><b>Limits.</b> Who reads the memory learns, of each stripe, the numbers left in the block and those of the next
 * block, whose key is there: at most 2,040 in all. Earlier ones are gone, as far as a JVM permits that to be said: the
 * garbage collector and {@code javax.crypto} may leave copies of keys and numbers until the memory is reused.
 * A copy of a running virtual machine (a fork, a snapshot that is resumed twice) repeats the same numbers, at most 2,040
 * of each stripe; after them the fresh seed tells the copies apart. Neither bound holds if the seed source itself is read
 * or copied: the default is {@link SecureRandom}, which on Linux draws on {@code /dev/urandom}.
 *
 * <p><b>Cost.</b> One atomic addition a number, one AES block for two; 8 bytes of garbage a number; 8 KiB for each of
 * two stripes a processor, of which there are at most 64, and 8 KiB for all of them.
 * <b>Thread safety.</b> Safe. A call waits only if another refills the same stripe.
 *
 * <p><b>Instead.</b> For long-lived keys call {@link SecureRandom}.
 */
final class RandomPool implements RandomGenerator {
  private static final String CIPHER = "AES/CTR/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int STREAM_BYTES = 8192;

  /** How many numbers a block holds. */
  static final int WORDS = (STREAM_BYTES - KEY_BYTES) / Long.BYTES;

  /** What is encrypted; nobody writes here, so that all stripes share it. */
  private static final byte[] ZEROS = new byte[STREAM_BYTES];

  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A key encrypts one block, so the counter may always start at 0. */
  private static final IvParameterSpec COUNTER = new IvParameterSpec(new byte[16]);

  private static final int MAX_STRIPES = 64;

  final Stripe[] stripes;

  /**
   * Makes a pool.
   *
   * @param stripes how many, a power of two
   * @param seed fills an array with unpredictable bytes; called by one thread at a time per stripe
   */
  RandomPool(int stripes, Consumer<byte[]> seed) {
    this.stripes = new Stripe[stripes];
    Arrays.setAll(this.stripes, i -> new Stripe(seed));
  }

  /** Returns the pool that all generators of this process share unless they are given another source. */
  static RandomPool shared() {
    return Shared.POOL;
  }

  @Override
  public long nextLong() {
    int stripe = (int) Thread.currentThread().getId() & stripes.length - 1;
    return stripes[stripe].nextLong();
  }

  private static final class Shared {
    static final RandomPool POOL = new RandomPool(stripes(), new SecureRandom()::nextBytes);

    private static int stripes() {
      int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_STRIPES / 2);
      return 2 * IntMath.pow(2, IntMath.log2(processors, RoundingMode.CEILING));
    }
  }

  /** Numbers that were made together. Each is claimed by one caller, who overwrites it. */
  static final class Block {
    /** A keystream, eight bytes a number, little-endian; zeros where its first bytes were, which became the next key. */
    final byte[] stream = new byte[STREAM_BYTES];

    final PaddedLong claimed = new PaddedLong(-1);

    long take(int index) {
      int at = KEY_BYTES + index * Long.BYTES;
      long word = (long) INT64.get(stream, at);
      INT64.set(stream, at, 0L);
      return word;
    }
  }

  static final class Stripe {
    private final Consumer<byte[]> seed;

    /** Guarded by {@code this}: has the next block's key and no other. */
    final Cipher cipher;

    volatile Block block;

    Stripe(Consumer<byte[]> seed) {
      this.seed = seed;
      try {
        cipher = Cipher.getInstance(CIPHER);
        takeKey(seed());
        block = nextBlock();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(CIPHER + " with 256 bits must be available", e);
      }
    }

    long nextLong() {
      while (true) {
        Block current = block;
        long index = current.claimed.incrementAndGet();
        if (index < WORDS) {
          return current.take((int) index);
        }
        refill(current);
      }
    }

    /** Only the first of several callers who find the block spent makes the next. */
    private synchronized void refill(Block spent) {
      if (block == spent) {
        try {
          block = nextBlock();
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException(CIPHER + " failed", e);
        }
      }
    }

    private Block nextBlock() throws GeneralSecurityException {
      byte[] key = seed();
      Block next = new Block();
      cipher.doFinal(ZEROS, 0, STREAM_BYTES, next.stream);
      for (int i = 0; i < KEY_BYTES; i++) {
        key[i] ^= next.stream[i];
        next.stream[i] = 0;
      }
      takeKey(key);
      return next;
    }

    private byte[] seed() {
      byte[] fresh = new byte[KEY_BYTES];
      seed.accept(fresh);
      return fresh;
    }

    /** Gives the cipher a key, which is gone from the array then; the one before is gone from the cipher. */
    private void takeKey(byte[] key) throws GeneralSecurityException {
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), COUNTER);
      Arrays.fill(key, (byte) 0);
    }
  }
}
