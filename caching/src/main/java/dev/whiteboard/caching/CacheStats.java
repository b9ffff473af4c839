package dev.whiteboard.caching;

/**
 * What a cache has counted since it was created.
 *
 * @param hits look-ups that found their key
 * @param misses look-ups that did not
 * @param evictions entries that were dropped to make room
 */
public record CacheStats(long hits, long misses, long evictions) {
  /**
   * Counts the look-ups.
   *
   * @return hits and misses
   */
  public long requests() {
    return hits + misses;
  }

  /**
   * Tells which share of the look-ups was served.
   *
   * @return hits per look-up, in [0, 1]; 0 if there was none
   */
  public double hitRatio() {
    return requests() == 0 ? 0 : (double) hits / requests();
  }
}
