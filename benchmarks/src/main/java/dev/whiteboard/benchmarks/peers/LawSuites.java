package dev.whiteboard.benchmarks.peers;

import java.util.List;

/** All suites, in the order in which the report shows them. */
public final class LawSuites {
  private LawSuites() {}

  /** The list. */
  public static List<LawSuite<?>> all() {
    return List.of(
        new LawSuite<>("partitioning", PartitioningLaws.all(), PartitioningSubjects.all()),
        new LawSuite<>("caching", CacheLaws.all(), CacheSubjects.all()),
        new LawSuite<>("ratelimit", RateLimitLaws.all(), RateLimitSubjects.all()),
        new LawSuite<>("backoff", BackoffLaws.all(), BackoffSubjects.all()),
        new LawSuite<>("ids", IdLaws.all(), IdSubjects.all()),
        new LawSuite<>("encoders", IdTextLaws.all(), IdTextSubjects.all()));
  }
}
