package dev.whiteboard.benchmarks.peers;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Who owns each of some thousand ordinary keys at one moment. */
final class Snapshot {
  static final ImmutableList<String> KEYS =
      IntStream.range(0, 5000).mapToObj(i -> "user:" + i).collect(toImmutableList());

  private final ImmutableList<String> owners;

  private Snapshot(ImmutableList<String> owners) {
    this.owners = owners;
  }

  static Snapshot of(Owners owners) {
    return new Snapshot(KEYS.stream().map(key -> ownerOf(owners, key)).collect(toImmutableList()));
  }

  /** The owner of a key; text that is no node's name if there is none, so that it can be shown as one. */
  static String ownerOf(Owners owners, String key) {
    return owners.locate(key).orElse("nobody");
  }

  String owner(int key) {
    return owners.get(key);
  }

  /** How many keys each node has. */
  Multiset<String> loads() {
    return HashMultiset.create(owners);
  }

  /** How many keys have another owner there. */
  long moved(Snapshot after) {
    return IntStream.range(0, KEYS.size())
        .filter(key -> !owner(key).equals(after.owner(key)))
        .count();
  }

  /** Keys that have another owner there. */
  Optional<String> differences(Snapshot after) {
    return describe(after, key -> !owner(key).equals(after.owner(key)));
  }

  /** Keys that have another owner there, though neither the old nor the new one is the node that came or went. */
  Optional<String> strays(Snapshot after, String changed) {
    return describe(
        after,
        key -> !owner(key).equals(after.owner(key))
            && !owner(key).equals(changed)
            && !after.owner(key).equals(changed));
  }

  private Optional<String> describe(Snapshot after, IntPredicate chosen) {
    int[] keys = IntStream.range(0, KEYS.size()).filter(chosen).toArray();
    return keys.length == 0
        ? Optional.empty()
        : Optional.of(String.format(
            Locale.ROOT,
            "%,d of %,d keys move, for instance %s from %s to %s",
            keys.length,
            KEYS.size(),
            KEYS.get(keys[0]),
            owner(keys[0]),
            after.owner(keys[0])));
  }
}
