package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slots and partitions that other systems give to keys. */
class SlotHashVectorsTest {
  /** redis/redis, src/crc16_slottable.h: the shortest key of letters and digits for a slot. */
  @ParameterizedTest
  @CsvSource({
    "0, 06S",
    "1, Qi",
    "2, 5L5",
    "3, 4Iu",
    "4, 4gY",
    "500, 5Kp",
    "1000, 19w",
    "1023, 0AC",
    "1024, 2VY",
    "2047, 7X",
    "3000, Yx",
    "4095, 6iL",
    "4096, 0cY",
    "5000, 4tw",
    "5460, 1OV",
    "5461, 8M",
    "7777, 00v",
    "8191, 6xN",
    "8192, 8YG",
    "9000, 1F4",
    "10922, 4BE",
    "10923, 63n",
    "12000, 73t",
    "12288, 356",
    "13000, 2Yl",
    "14000, 4Th",
    "15000, 1kz",
    "16000, he",
    "16382, 4oi",
    "16383, 6ZJ"
  })
  void agreesWithRedisOnSlots(int slot, String key) {
    assertEquals(slot, SlotHash.redisCluster().slot(key, 16_384));
  }

  /** redis/jedis, JedisClusterCRC16Test; the second is the check value of CRC-16/XMODEM. With 2^16 slots, all of the CRC. */
  @ParameterizedTest
  @CsvSource({
    "'', 0x0",
    "123456789, 0x31c3",
    "sfger132515, 0xa45c",
    "hae9Napahngaikeethievubaibogiech, 0x58ce",
    "AAAAAAAAAAAAAAAAAAAAAA, 0x92cd",
    "'Hello, World!', 0x4fd6"
  })
  void agreesWithRedisOnCrc16(String key, String crc) {
    assertEquals(Integer.decode(crc), SlotHash.redisCluster().slot(key, 1 << 16));
  }

  /** The Redis Cluster specification, "Hash tags"; redis/jedis, JedisClusterCRC16Test. */
  @ParameterizedTest
  @CsvSource({
    "{user1000}.following, 3443",
    "{user1000}.followers, 3443",
    "user1000, 3443",
    "foo{{bar}}zap, 4015",
    "{bar, 4015",
    "foo{bar}{zap}, 5061",
    "bar, 5061",
    "foo{}{bar}, 8363",
    "51, 7186"
  })
  void agreesWithRedisOnHashTags(String key, int slot) {
    assertEquals(slot, SlotHash.redisCluster().slot(key, 16_384));
  }

  /** apache/kafka, UtilsTest.testMurmur2: the hash, of which a partition is the remainder without the sign. */
  @ParameterizedTest
  @CsvSource({
    "21, -973932308",
    "foobar, -790332482",
    "a-little-bit-long-string, -985981536",
    "a-little-bit-longer-string, -1486304829",
    "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
    "abc, 479470107"
  })
  void agreesWithKafka(String key, int murmur2) {
    int positive = murmur2 & 0x7fffffff;
    assertEquals(positive, SlotHash.kafka().slot(key, Integer.MAX_VALUE));
    assertEquals(positive % 12, SlotHash.kafka().slot(key, 12));
    assertEquals(positive % 100, SlotHash.kafka().slot(key, 100));
  }

  /** elastic/elasticsearch, Murmur3HashFunctionTests.testKnownValues. */
  @ParameterizedTest
  @CsvSource({
    "hell, 0x5a0cb7c3",
    "hello, 0xd7c31989",
    "hello w, 0x22ab2984",
    "hello wo, 0xdf0ca123",
    "hello wor, 0xe7744d61",
    "The quick brown fox jumps over the lazy dog, 0xe07db09c",
    "The quick brown fox jumps over the lazy cog, 0x4e63d2ad"
  })
  void agreesWithElasticsearch(String routing, String murmur3) {
    int hash = Long.decode(murmur3).intValue();
    for (int shards : new int[] {1, 5, 1024, Integer.MAX_VALUE}) {
      assertEquals(Math.floorMod(hash, shards), SlotHash.elasticsearch().slot(routing, shards));
    }
  }
}
