package dev.whiteboard.partitioning;

/**
 * Maps a text key to one of a fixed number of slots.
 *
 * <p>The factories give the default and the rules of systems that a {@link SlotTable} can stand beside: with the same
 * slots and the same rule, it sends each key where they do. All throw {@code NullPointerException} if the key is null
 * and {@code IllegalArgumentException} if {@code slots} is less than 1. All are stateless.
 */
@FunctionalInterface
public interface SlotHash {
  /**
   * Scales {@code Xxh3.hash(key)} to the slots: the slot that {@link SlotTable#slotOf(long)} finds for that hash. Does not
   * allocate.
   *
   * @return the default
   */
  static SlotHash xxh3() {
    return SlotHashes.XXH3;
  }

  /**
   * The rule of Redis Cluster, which has 16,384 slots: CRC16/XMODEM of the key's UTF-8 bytes, modulo the slots. Of a key
   * with a tag, only the tag is hashed, so that keys with one tag share a slot: the tag is what lies between the first
   * opening brace and the first closing brace after it, if that is not empty. Does not allocate.
   *
   * @return the rule
   */
  static SlotHash redisCluster() {
    return SlotHashes.REDIS_CLUSTER;
  }

  /**
   * The rule of Kafka's Java client for text keys: murmur2 of the UTF-8 bytes without its sign bit, modulo the slots, which
   * are a topic's partitions. Allocates the bytes.
   *
   * @return the rule
   */
  static SlotHash kafka() {
    return SlotHashes.KAFKA;
  }

  /**
   * The rule of Elasticsearch for routing values: murmur3, 32 bits, of the UTF-16 code units, modulo the slots, which are
   * an index's {@code number_of_routing_shards}.
   *
   * @return the rule
   */
  static SlotHash elasticsearch() {
    return SlotHashes.ELASTICSEARCH;
  }

  /**
   * Finds the slot of a key.
   *
   * @param key any text
   * @param slots the number of slots, at least 1
   * @return the slot, in [0, {@code slots} - 1], the same on every machine
   */
  int slot(String key, int slots);
}
