package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.whiteboard.core.hash.Xxh3;

/** The rules of {@link SlotHash}. Their names are part of the state of a {@link SlotTable}: they do not change. */
enum SlotHashes implements SlotHash {
  XXH3 {
    @Override
    int slotOf(String key, int slots) {
      return NumberedNodes.scale(Xxh3.hash(key), slots);
    }
  },

  REDIS_CLUSTER {
    @Override
    int slotOf(String key, int slots) {
      int open = key.indexOf('{');
      int close = open < 0 ? -1 : key.indexOf('}', open + 1);
      int crc = close > open + 1 ? crc16(key, open + 1, close) : crc16(key, 0, key.length());
      return crc % slots;
    }
  },

  KAFKA {
    @Override
    int slotOf(String key, int slots) {
      return (murmur2(key.getBytes(UTF_8)) & Integer.MAX_VALUE) % slots;
    }
  },

  ELASTICSEARCH {
    @Override
    int slotOf(String key, int slots) {
      return Math.floorMod(MURMUR3.hashUnencodedChars(key).asInt(), slots);
    }
  };

  private static final HashFunction MURMUR3 = Hashing.murmur3_32_fixed();

  /** The generator x^16 + x^12 + x^5 + 1 of CRC16/XMODEM. */
  private static final int CRC16_POLYNOMIAL = 0x1021;

  private static final char[] CRC16_OF_BYTE = crc16OfBytes();

  /** Kafka's choice, in {@code org.apache.kafka.common.utils.Utils}. */
  private static final int MURMUR2_SEED = 0x9747b28c;

  private static final int MURMUR2_MULTIPLIER = 0x5bd1e995;

  abstract int slotOf(String key, int slots);

  @Override
  public int slot(String key, int slots) {
    requireNonNull(key, "key");
    checkArgument(slots >= 1, "slots must be >= 1, was %s", slots);
    return slotOf(key, slots);
  }

  /** The CRC of part of a text in UTF-8; an unpaired surrogate is a question mark, as for {@code getBytes}. */
  private static int crc16(String text, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      int c = text.codePointAt(i);
      if (Character.isSupplementaryCodePoint(c)) {
        i++;
      } else if (Character.isSurrogate((char) c)) {
        c = '?';
      }
      crc = crc16OfCodePoint(crc, c);
    }
    return crc;
  }

  private static int crc16OfCodePoint(int crc, int c) {
    if (c < 0x80) {
      return crc16(crc, c);
    }
    int octets = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    int shift = 6 * (octets - 1);
    // The first octet starts with as many ones as there are octets, the others with 10.
    int next = crc16(crc, ((0xF00 >> octets) & 0xFF) | (c >> shift));
    while (shift > 0) {
      shift -= 6;
      next = crc16(next, 0x80 | ((c >> shift) & 0x3F));
    }
    return next;
  }

  private static int crc16(int crc, int octet) {
    return ((crc << 8) & 0xFFFF) ^ CRC16_OF_BYTE[(crc >> 8) ^ octet];
  }

  private static char[] crc16OfBytes() {
    char[] table = new char[256];
    for (int octet = 0; octet < table.length; octet++) {
      int crc = octet << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ (((crc >> 15) & 1) * CRC16_POLYNOMIAL);
      }
      table[octet] = (char) crc;
    }
    return table;
  }

  /** Austin Appleby's MurmurHash2 for 32 bits. */
  private static int murmur2(byte[] bytes) {
    int hash = MURMUR2_SEED ^ bytes.length;
    int words = bytes.length & ~3;
    for (int i = 0; i < words; i += 4) {
      int word = mixed(littleEndian(bytes, i, 4) * MURMUR2_MULTIPLIER);
      hash = (hash * MURMUR2_MULTIPLIER) ^ (word * MURMUR2_MULTIPLIER);
    }
    if (words < bytes.length) {
      hash = (hash ^ littleEndian(bytes, words, bytes.length - words)) * MURMUR2_MULTIPLIER;
    }
    hash = (hash ^ (hash >>> 13)) * MURMUR2_MULTIPLIER;
    return hash ^ (hash >>> 15);
  }

  private static int mixed(int word) {
    return word ^ (word >>> 24);
  }

  private static int littleEndian(byte[] bytes, int offset, int count) {
    int word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = (word << 8) | (bytes[offset + i] & 0xFF);
    }
    return word;
  }
}
