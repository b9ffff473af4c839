package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ticker;
import dev.whiteboard.caching.CacheStats;
import dev.whiteboard.caching.LruCache;
import dev.whiteboard.core.id.Snowflake;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The note's image service in one process: a client writes images through one service and reads them through another;
 * between them stands the file storage.
 *
 * <pre>
 *   images  ->  write service  ->  storage nodes  ->  retrieval service  ->  client
 *               limit, id          ring, copies       cache
 * </pre>
 *
 * <p>Each part is a block of the library. Not thread-safe: the load comes from one simulated client after the other.
 */
final class ImageService {
  private final Snowflake ids;
  private final Limit limit;
  private final Ticker ticker;
  private final Map<Integer, RateLimiter> limiterByUser = new HashMap<>();
  private final StorageNodes storage;
  private final LruCache<Long, byte[]> cache;
  private long bytesIn;
  private long bytesOut;

  ImageService(
      List<String> nodes,
      int copies,
      int cachedImages,
      Limit limit,
      InstantSource clock,
      Ticker ticker) {
    this.limit = limit;
    this.ticker = ticker;
    ids = Snowflake.builder(1).clock(clock).ticker(ticker).build();
    storage = new StorageNodes(nodes, copies);
    cache = LruCache.create(cachedImages);
  }

  /**
   * Creates an image, unless the user has uploaded too many.
   *
   * @return its id, or nothing if the user's limit refused it
   */
  OptionalLong write(int user, byte[] image) {
    checkArgument(image.length > 0, "image must not be empty");
    RateLimiter limiter = limiterByUser.computeIfAbsent(
        user, u -> RateLimiter.tokenBucket(limit).ticker(ticker).build());
    if (!limiter.tryAcquire()) {
      return OptionalLong.empty();
    }
    long id = ids.nextId();
    storage.write(id, image);
    bytesIn += image.length;
    return OptionalLong.of(id);
  }

  /** Retrieves an image from the cache or else from a storage node; nothing if there is no such image. */
  Optional<byte[]> read(long id) {
    byte[] image = cache.get(id);
    if (image == null) {
      image = storage.read(id);
      if (image == null) {
        return Optional.empty();
      }
      cache.put(id, image);
    }
    bytesOut += image.length;
    return Optional.of(image);
  }

  StorageNodes storage() {
    return storage;
  }

  CacheStats cacheStats() {
    return cache.stats();
  }

  /** Bytes of images that were accepted. */
  long bytesIn() {
    return bytesIn;
  }

  /** Bytes of images that were returned. */
  long bytesOut() {
    return bytesOut;
  }
}
