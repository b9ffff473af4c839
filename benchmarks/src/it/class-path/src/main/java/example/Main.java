package example;

import dev.whiteboard.caching.LruCache;
import dev.whiteboard.core.id.Snowflake;
import dev.whiteboard.estimation.designs.Designs;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;

public class Main {
  public static void main(String[] args) {
    long id = Snowflake.builder(7).build().nextId();
    String node = HashRing.of("a", "b", "c").locate("image:" + id);
    LruCache<Long, String> cache = LruCache.create(100);
    cache.put(id, node);
    boolean allowed = RateLimiter.tokenBucket(Limit.perSecond(10)).build().tryAcquire();
    if (!allowed || !node.equals(cache.get(id))) {
      throw new AssertionError("id " + id + " on " + node);
    }
    System.out.println(Designs.named("image-service").plan().step("storage").format());
  }
}
