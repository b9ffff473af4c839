package dev.whiteboard.benchmarks.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A generator with its clock. */
final class IdTrial {
  final IdSource.Kind kind;
  final IdClock clock;
  private IdSource source;

  IdTrial(IdSource.Kind kind) {
    this.kind = kind;
    clock = IdClock.forOneThread();
    source = kind.factory().of(0, clock);
  }

  Id next() {
    clock.nobodyWaits();
    return source.next();
  }

  List<Id> draw(int n) {
    List<Id> ids = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      ids.add(next());
    }
    return ids;
  }

  /** Draws until it is refused. */
  List<Id> drawWhileIssued(int n) {
    List<Id> ids = new ArrayList<>(n);
    try {
      while (ids.size() < n) {
        ids.add(next());
      }
    } catch (RuntimeException refused) {
      // Who issues nothing repeats nothing.
      return ids;
    }
    return ids;
  }

  /** Another process takes over the node. */
  void restart() {
    source = kind.factory().of(0, clock);
  }

  /** An id that occurs twice. */
  static Optional<String> repeated(List<Id> ids) {
    if (rises(ids)) {
      return Optional.empty();
    }
    List<Id> sorted = new ArrayList<>(ids);
    Collections.sort(sorted);
    int repeats = 0;
    int first = 0;
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).equals(sorted.get(i - 1))) {
        first = repeats == 0 ? i : first;
        repeats++;
      }
    }
    return repeats == 0
        ? Optional.empty()
        : Optional.of("%,d of %,d ids are repeats, for instance %s"
            .formatted(repeats, ids.size(), sorted.get(first)));
  }

  /** An id that is not larger than the one before. */
  static Optional<String> fallen(List<Id> ids) {
    int i = firstFall(ids);
    return i == ids.size()
        ? Optional.empty()
        : Optional.of("id %,d is %s, after %s".formatted(i + 1, ids.get(i), ids.get(i - 1)));
  }

  static boolean rises(List<Id> ids) {
    return firstFall(ids) == ids.size();
  }

  private static int firstFall(List<Id> ids) {
    int i = Math.min(1, ids.size());
    while (i < ids.size() && ids.get(i).compareTo(ids.get(i - 1)) > 0) {
      i++;
    }
    return i;
  }
}
