package dev.whiteboard.core.id;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RandomPoolTest {
  private static final int BLOCK = RandomPool.WORDS;

  private static RandomPool pool(long seed) {
    return new RandomPool(1, new Random(seed)::nextBytes);
  }

  @Test
  void nextLong_threeBlocks_areTheKeystreamsOfTheKeysInTurn() throws Exception {
    Random seeds = new Random(42);
    byte[] key = seed(seeds);
    RandomPool pool = pool(42);
    for (int block = 0; block < 3; block++) {
      byte[] stream = keystream(key, 32 + 8 * BLOCK);
      ByteBuffer words = ByteBuffer.wrap(stream, 32, 8 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < BLOCK; i++) {
        assertEquals(words.getLong(), pool.nextLong());
      }
      byte[] fresh = seed(seeds);
      for (int i = 0; i < 32; i++) {
        key[i] = (byte) (stream[i] ^ fresh[i]);
      }
    }
  }

  @Test
  void nextLong_equalSeeds_giveEqualNumbersAndOthersDoNot() {
    assertArrayEquals(pool(1).longs(2000).toArray(), pool(1).longs(2000).toArray());
    assertNotEquals(pool(1).nextLong(), pool(2).nextLong());
  }

  @Test
  void nextLong_numbersHandedOut_areOverwritten() {
    RandomPool pool = pool(5);
    pool.longs(100).forEach(word -> assertNotEquals(0, word));
    long[] words = wordsOf(pool.stripes[0].block);
    assertArrayEquals(new long[100], Arrays.copyOf(words, 100));
    assertFalse(Arrays.stream(words, 100, BLOCK).anyMatch(word -> word == 0));
  }

  @Test
  void nextLong_blockSpent_isAllZerosAndReplaced() {
    RandomPool pool = pool(5);
    RandomPool.Block first = pool.stripes[0].block;
    for (int i = 0; i < BLOCK; i++) {
      pool.nextLong();
    }
    assertSame(first, pool.stripes[0].block);
    pool.nextLong();
    assertNotSame(first, pool.stripes[0].block);
    assertArrayEquals(new long[BLOCK], wordsOf(first));
  }

  @Test
  void stripe_afterRefills_keepsNoKeyInItsBlockAndNoUsedKeyInItsCipher() throws Exception {
    RandomPool pool = pool(5);
    long first = 0;
    for (int i = 0; i <= BLOCK; i++) {
      first = pool.nextLong();
    }
    RandomPool.Stripe stripe = pool.stripes[0];
    assertArrayEquals(new byte[32], Arrays.copyOf(stripe.block.stream, 32));
    byte[] held = stripe.cipher.doFinal(new byte[40]);
    assertNotEquals(
        first, ByteBuffer.wrap(held, 32, 8).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  @Test
  void seed_onceUsed_isOverwritten() {
    List<byte[]> seeds = new ArrayList<>();
    RandomPool pool = new RandomPool(1, bytes -> {
      Arrays.fill(bytes, (byte) 7);
      seeds.add(bytes);
    });
    pool.longs(BLOCK + 1).forEach(word -> {});
    assertEquals(3, seeds.size());
    seeds.forEach(seed -> assertArrayEquals(new byte[32], seed));
  }

  @Test
  void nextLong_seedSourceFails_passesItOnAndRecovers() {
    Random seeds = new Random(9);
    AtomicInteger calls = new AtomicInteger();
    RandomPool pool = new RandomPool(1, bytes -> {
      if (calls.incrementAndGet() == 3) {
        throw new IllegalStateException("no entropy");
      }
      seeds.nextBytes(bytes);
    });
    long[] expected = pool(9).longs(BLOCK + 1).toArray();
    assertArrayEquals(
        Arrays.copyOf(expected, BLOCK),
        LongStream.generate(pool::nextLong).limit(BLOCK).toArray());
    assertEquals(
        "no entropy", assertThrows(IllegalStateException.class, pool::nextLong).getMessage());
    assertEquals(expected[BLOCK], pool.nextLong());
  }

  @Test
  void stripes_eachHasItsOwnSeed() {
    RandomPool pool = new RandomPool(2, new Random(5)::nextBytes);
    assertNotEquals(pool.stripes[0].nextLong(), pool.stripes[1].nextLong());
  }

  @Test
  void shared_isOneForAll() {
    assertSame(RandomPool.shared(), RandomPool.shared());
    assertNotEquals(RandomPool.shared().nextLong(), RandomPool.shared().nextLong());
  }

  private static long[] wordsOf(RandomPool.Block block) {
    long[] words = new long[BLOCK];
    ByteBuffer.wrap(block.stream, 32, 8 * BLOCK)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(words);
    return words;
  }

  private static byte[] seed(Random seeds) {
    byte[] bytes = new byte[32];
    seeds.nextBytes(bytes);
    return bytes;
  }

  private static byte[] keystream(byte[] key, int length) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    return cipher.doFinal(new byte[length]);
  }
}
