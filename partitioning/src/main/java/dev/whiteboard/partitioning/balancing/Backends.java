package dev.whiteboard.partitioning.balancing;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What all balancers demand of their backends. */
final class Backends {
  /** The most backends that a balancer takes, so that tables over them stay small. */
  static final int MAX = 1 << 16;

  private Backends() {}

  /** Copies the backends; refuses nulls and two with one identity. */
  static <N> Backend<N>[] copyOf(List<Backend<N>> backends) {
    int size = requireNonNull(backends, "backends").size();
    checkArgument(size <= MAX, "backends must be <= %s, were %s", MAX, size);
    @SuppressWarnings({"unchecked", "rawtypes"
    }) // there are no generic arrays; nothing but Backend<N> enters
    Backend<N>[] copy = backends.toArray(new Backend[0]);
    Set<N> ids = new HashSet<>();
    for (Backend<N> backend : copy) {
      N id = requireNonNull(backend, "backend").id();
      checkArgument(ids.add(id), "backends must have different ids, two have %s", id);
    }
    return copy;
  }

  static <N> List<Backend<N>> listOf(Backend<N>[] backends) {
    return Collections.unmodifiableList(Arrays.asList(backends));
  }

  static int[] weights(Backend<?>[] backends) {
    return Arrays.stream(backends).mapToInt(Backend::weight).toArray();
  }

  static void checkAny(Object[] backends) {
    checkState(backends.length > 0, "the balancer has no backend");
  }
}
