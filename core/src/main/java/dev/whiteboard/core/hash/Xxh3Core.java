package dev.whiteboard.core.hash;

import com.google.common.io.BaseEncoding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH3-64 over anything that can be read eight bytes at a time.
 *
 * <p>The names of the branches are the specification's. A subclass says how its input is read; there is one per type of
 * input, so that each call site inside sees one or two receivers and the compiler inlines the reads.
 *
 * @param <T> the type of the input
 */
abstract class Xxh3Core<T> {
  static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME32_1 = 0x9E3779B1L;
  private static final long PRIME32_2 = 0x85EBCA77L;
  private static final long PRIME32_3 = 0xC2B2AE3DL;
  private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME64_3 = 0x165667B19E3779F9L;
  private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
  private static final long PRIME_MX1 = 0x165667919E3779F9L;
  private static final long PRIME_MX2 = 0x9FB21C651E98DF25L;

  /** The specification's default secret: 192 bytes of noise, the same for everyone. */
  private static final byte[] SECRET = BaseEncoding.base16()
      .lowerCase()
      .decode("b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
          + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
          + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
          + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
          + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
          + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

  private static final long FLIP_EMPTY = secret(56) ^ secret(64);
  private static final long FLIP_1_TO_3 = (secret(0) ^ (secret(0) >>> 32)) & 0xFFFFFFFFL;
  static final long FLIP_4_TO_8 = secret(8) ^ secret(16);
  private static final long FLIP_LOW_9_TO_16 = secret(24) ^ secret(32);
  private static final long FLIP_HIGH_9_TO_16 = secret(40) ^ secret(48);

  /**
   * How many elements of the input a number of bytes are. Positions are counted in elements: in bytes, every step of a text
   * would need a shift that the compiler cannot remove, a sixth of the time of 24 characters.
   */
  abstract int elements(int bytes);

  /** Eight bytes of the input from an element on, little-endian. */
  abstract long int64(T input, int at);

  /** Four bytes of the input from an element on, little-endian, zero-extended. */
  abstract long int32(T input, int at);

  /** One byte of the input, that many bytes behind an element, zero-extended. */
  abstract long int8(T input, int at, int bytes);

  /** Hashes {@code length} bytes from element {@code at} on. */
  final long hash(T input, int at, int length) {
    if (length <= 16) {
      return upTo16(input, at, at + elements(length), length);
    }
    if (length <= 128) {
      return from17To128(input, at, at + elements(length), length);
    }
    return length <= 240 ? from129To240(input, at, length) : over240(input, at, length);
  }

  private long upTo16(T input, int at, int end, int length) {
    if (length > 8) {
      return mixUpTo16(int64(input, at), int64(input, end - elements(8)), length);
    }
    if (length >= 4) {
      long word = int32(input, end - elements(4)) + (int32(input, at) << 32);
      return rrmxmx(word ^ FLIP_4_TO_8, length);
    }
    if (length == 0) {
      return xxh64Avalanche(FLIP_EMPTY);
    }
    long word = int8(input, at, 0) << 16
        | int8(input, at, length >> 1) << 24
        | int8(input, at, length - 1)
        | (long) length << 8;
    return xxh64Avalanche(word ^ FLIP_1_TO_3);
  }

  private long from17To128(T input, int at, int end, int length) {
    long acc = length * PRIME64_1;
    if (length > 32) {
      if (length > 64) {
        if (length > 96) {
          acc += mix16(input, at + elements(48), 96) + mix16(input, end - elements(64), 112);
        }
        acc += mix16(input, at + elements(32), 64) + mix16(input, end - elements(48), 80);
      }
      acc += mix16(input, at + elements(16), 32) + mix16(input, end - elements(32), 48);
    }
    return avalanche(acc + mix16(input, at, 0) + mix16(input, end - elements(16), 16));
  }

  private long from129To240(T input, int at, int length) {
    long acc = length * PRIME64_1;
    for (int i = 0; i < 128; i += 16) {
      acc += mix16(input, at + elements(i), i);
    }
    acc = avalanche(acc);
    for (int i = 128; i + 16 <= length; i += 16) {
      acc += mix16(input, at + elements(i), i - 128 + 3);
    }
    return avalanche(acc + mix16(input, at + elements(length - 16), 136 - 17));
  }

  /** Eight accumulators in locals rather than in an array, so that nothing is allocated. */
  private long over240(T input, int at, int length) {
    long a0 = PRIME32_3;
    long a1 = PRIME64_1;
    long a2 = PRIME64_2;
    long a3 = PRIME64_3;
    long a4 = PRIME64_4;
    long a5 = PRIME32_2;
    long a6 = PRIME64_5;
    long a7 = PRIME32_1;
    int stripes = (length - 1) >>> 6;
    for (int stripe = 0; stripe <= stripes; stripe++) {
      // The last stripe ends with the input, overlaps the one before it, and has a place of its own
      // in the secret.
      boolean last = stripe == stripes;
      int p = at + elements(last ? length - 64 : stripe << 6);
      int s = last ? 192 - 64 - 7 : (stripe & 15) << 3;
      long v0 = int64(input, p);
      long v1 = int64(input, p + elements(8));
      long v2 = int64(input, p + elements(16));
      long v3 = int64(input, p + elements(24));
      long v4 = int64(input, p + elements(32));
      long v5 = int64(input, p + elements(40));
      long v6 = int64(input, p + elements(48));
      long v7 = int64(input, p + elements(56));
      a0 += v1 + multiplyHalves(v0 ^ secret(s));
      a1 += v0 + multiplyHalves(v1 ^ secret(s + 8));
      a2 += v3 + multiplyHalves(v2 ^ secret(s + 16));
      a3 += v2 + multiplyHalves(v3 ^ secret(s + 24));
      a4 += v5 + multiplyHalves(v4 ^ secret(s + 32));
      a5 += v4 + multiplyHalves(v5 ^ secret(s + 40));
      a6 += v7 + multiplyHalves(v6 ^ secret(s + 48));
      a7 += v6 + multiplyHalves(v7 ^ secret(s + 56));
      if ((stripe & 15) == 15 && !last) {
        a0 = scramble(a0, 128);
        a1 = scramble(a1, 136);
        a2 = scramble(a2, 144);
        a3 = scramble(a3, 152);
        a4 = scramble(a4, 160);
        a5 = scramble(a5, 168);
        a6 = scramble(a6, 176);
        a7 = scramble(a7, 184);
      }
    }
    return avalanche(length * PRIME64_1
        + multiplyFold(a0 ^ secret(11), a1 ^ secret(19))
        + multiplyFold(a2 ^ secret(27), a3 ^ secret(35))
        + multiplyFold(a4 ^ secret(43), a5 ^ secret(51))
        + multiplyFold(a6 ^ secret(59), a7 ^ secret(67)));
  }

  private long mix16(T input, int at, int secretAt) {
    return multiplyFold(
        int64(input, at) ^ secret(secretAt), int64(input, at + elements(8)) ^ secret(secretAt + 8));
  }

  static long mixUpTo16(long first, long last, int length) {
    long low = first ^ FLIP_LOW_9_TO_16;
    long high = last ^ FLIP_HIGH_9_TO_16;
    return avalanche(length + Long.reverseBytes(low) + high + multiplyFold(low, high));
  }

  static long rrmxmx(long word, int length) {
    long h = word ^ Long.rotateLeft(word, 49) ^ Long.rotateLeft(word, 24);
    h *= PRIME_MX2;
    h ^= (h >>> 35) + length;
    h *= PRIME_MX2;
    return h ^ (h >>> 28);
  }

  private static long avalanche(long word) {
    long h = (word ^ (word >>> 37)) * PRIME_MX1;
    return h ^ (h >>> 32);
  }

  private static long xxh64Avalanche(long word) {
    long h = (word ^ (word >>> 33)) * PRIME64_2;
    h = (h ^ (h >>> 29)) * PRIME64_3;
    return h ^ (h >>> 32);
  }

  private static long scramble(long acc, int secretAt) {
    return (acc ^ (acc >>> 47) ^ secret(secretAt)) * PRIME32_1;
  }

  private static long multiplyHalves(long word) {
    return (word & 0xFFFFFFFFL) * (word >>> 32);
  }

  /** The two halves of the unsigned 128-bit product, XORed. Math.unsignedMultiplyHigh needs Java 18. */
  private static long multiplyFold(long a, long b) {
    long high = Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    return (a * b) ^ high;
  }

  private static long secret(int at) {
    return (long) INT64.get(SECRET, at);
  }

  /** Reads an array of bytes. */
  static final class OfBytes extends Xxh3Core<byte[]> {

    @Override
    int elements(int bytes) {
      return bytes;
    }

    @Override
    long int64(byte[] input, int at) {
      return (long) INT64.get(input, at);
    }

    @Override
    long int32(byte[] input, int at) {
      return (int) INT32.get(input, at) & 0xFFFFFFFFL;
    }

    @Override
    long int8(byte[] input, int at, int bytes) {
      return input[at + bytes] & 0xFFL;
    }
  }

  /** Reads the UTF-16 code units of a text, two little-endian bytes each. */
  static final class OfString extends Xxh3Core<String> {

    /** XXH3 steps by even numbers of bytes if the length is even. */
    @Override
    int elements(int bytes) {
      return bytes >> 1;
    }

    @Override
    long int64(String input, int at) {
      return input.charAt(at)
          | (long) input.charAt(at + 1) << 16
          | (long) input.charAt(at + 2) << 32
          | (long) input.charAt(at + 3) << 48;
    }

    @Override
    long int32(String input, int at) {
      return input.charAt(at) | (long) input.charAt(at + 1) << 16;
    }

    @Override
    long int8(String input, int at, int bytes) {
      return (input.charAt(at + (bytes >> 1)) >>> ((bytes & 1) << 3)) & 0xFFL;
    }
  }
}
