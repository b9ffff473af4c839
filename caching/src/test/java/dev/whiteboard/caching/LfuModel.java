package dev.whiteboard.caching;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Entries in the order in which they reached their counts; the first of those with the fewest uses leaves. */
final class LfuModel implements PolicyContract.Model {
  private record Entry(int key, int uses) {
    static final Comparator<Entry> BY_USES = comparingInt(Entry::uses);
  }

  private final int capacity;
  private final boolean ageing;
  private List<Entry> entries = new ArrayList<>();
  private int requests;

  LfuModel(int capacity, boolean ageing) {
    this.capacity = capacity;
    this.ageing = ageing;
  }

  @Override
  public boolean request(int key) {
    int uses = uses(key);
    remove(key);
    if (entries.size() == capacity) {
      entries.remove(entries.stream().min(Entry.BY_USES).orElseThrow());
    }
    entries.add(new Entry(key, uses + 1));
    requests++;
    if (ageing && requests >= 10 * entries.size()) {
      requests = 0;
      entries = new ArrayList<>(entries.stream()
          .sorted(Entry.BY_USES) // a stable sort
          .map(entry -> new Entry(entry.key, Math.max(1, entry.uses / 2)))
          .toList());
    }
    return uses > 0;
  }

  boolean remove(int key) {
    return entries.removeIf(entry -> entry.key == key);
  }

  int uses(int key) {
    return entries.stream()
        .filter(entry -> entry.key == key)
        .mapToInt(Entry::uses)
        .sum();
  }

  /** The keys in the order of eviction. */
  List<Integer> keys() {
    return entries.stream().sorted(Entry.BY_USES).map(Entry::key).toList();
  }
}
