package dev.whiteboard.benchmarks.peers;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;

/**
 * A block that laws are tried on.
 *
 * @param name its name
 * @param library where it comes from, with the version
 * @param block the block as the laws see it
 * @param admitted the laws that it breaks by design, by their ids, each with what its documentation says of that
 * @param <S> a block as the laws see it
 */
public record Subject<S>(String name, String library, S block, Map<String, String> admitted) {
  private static final String OURS = "Whiteboard";

  public Subject {
    admitted = ImmutableMap.copyOf(admitted);
  }

  static <S> Subject<S> ours(String name, S block) {
    return of(name, OURS, block);
  }

  static <S> Subject<S> of(String name, String library, S block) {
    return new Subject<>(name, library, block, Map.of());
  }

  /** The same block, which is known to break these laws too. */
  Subject<S> admitting(String why, String... laws) {
    ImmutableMap.Builder<String, String> more =
        ImmutableMap.<String, String>builder().putAll(admitted);
    Arrays.stream(laws).forEach(law -> more.put(law, why));
    return new Subject<>(name, library, block, more.buildOrThrow());
  }

  /** Whether it is one of this library. */
  public boolean isOurs() {
    return library.equals(OURS);
  }
}
