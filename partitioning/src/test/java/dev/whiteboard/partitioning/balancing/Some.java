package dev.whiteboard.partitioning.balancing;

import com.google.common.base.Ticker;
import dev.whiteboard.partitioning.Node;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the tests of this package are made of. */
final class Some {
  private Some() {}

  /** Backends of weight 1 with the given identities. */
  static List<Backend<String>> backends(String... ids) {
    return Arrays.stream(ids).map(id -> Backend.of(Node.of(id))).toList();
  }

  /** Backends "a", "b", "c", ... of the given weights. */
  static List<Backend<String>> weighted(int... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(i -> Backend.of(Node.of(String.valueOf((char) ('a' + i)), weights[i])))
        .toList();
  }

  /** Backends "0", "1", ... of weight 1. */
  static List<Backend<String>> equal(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Backend.of(Node.of(String.valueOf(i))))
        .toList();
  }

  /** The identities of the next backends, whose requests stay in flight. */
  static String picks(Balancer<String> balancer, int count) {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ids.append(balancer.pick().id());
    }
    return ids.toString();
  }

  /** The same, with each request done before the next. */
  static String idlePicks(Balancer<String> balancer, int count) {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Backend<String> backend = balancer.pick();
      ids.append(backend.id());
      balancer.cancel(backend);
    }
    return ids.toString();
  }

  /** A clock that is moved by hand. */
  static final class HandClock extends Ticker {
    long nanos;

    HandClock(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public long read() {
      return nanos;
    }
  }
}
