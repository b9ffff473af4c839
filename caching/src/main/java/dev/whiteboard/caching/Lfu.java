package dev.whiteboard.caching;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Least frequently used: the entry with the fewest uses leaves, and of several the one that reached its count first.
 *
 * <p><b>Idea.</b> One queue for each count, so that a hit moves its entry from one queue to the next. Counts live as long
 * as the entry; a new entry counts 1. Shah, Mitra and Matani, <i>An O(1) Algorithm for Implementing the LFU Cache
 * Eviction Scheme</i>, 2010. With ageing, all counts are halved after every ten requests per entry, so that what was
 * popular once leaves in the end: Robinson and Devarakonda, <i>Data Cache Management Using Frequency-Based
 * Replacement</i>, SIGMETRICS 1990.
 * <b>Cost.</b> O(1) a hit; ageing is O(n), a tenth of a step a request. An eviction that follows another steps over the
 * counts that nobody has. Counts stop at 65,535, and the queues' table takes 4 bytes for each count up to the highest.
 *
 * <p><b>Instead.</b> Without ageing it keeps yesterday's favourites for ever. {@link TinyLfu} counts keys that are not
 * cached too.
 */
final class Lfu extends Policy {
  private static final int HIGHEST = Character.MAX_VALUE;
  private static final long REQUESTS_PER_ENTRY = 10;

  private final boolean ageing;

  /** The queue of each count; null where nobody has it. */
  private @Nullable NodeQueue[] queues = new @Nullable NodeQueue[16];

  /** No queue below this one has an entry. */
  private int lowest = 1;

  private long size;
  private long requests;

  Lfu(boolean ageing) {
    this.ageing = ageing;
  }

  @Override
  void hit(Node node) {
    move(node, Math.min(node.count + 1, HIGHEST));
    age();
  }

  @Override
  Node evict(Node newcomer) {
    while (queues[lowest] == null) {
      lowest++;
    }
    Node victim = queue(lowest).eldest();
    remove(victim);
    return victim;
  }

  @Override
  void admit(Node newcomer) {
    add(newcomer, 1);
    size++;
    age();
  }

  @Override
  void remove(Node node) {
    take(node);
    size--;
  }

  @Override
  void reweigh(Node node, long difference) {
    queue(node.count).reweigh(difference);
  }

  /** An entry that is alone takes its queue along, so that the run of a favourite allocates nothing. */
  private void move(Node node, int count) {
    NodeQueue queue = queue(node.count);
    if (queue.size() == 1 && count < queues.length && queues[count] == null) {
      queues[node.count] = null;
      queues[count] = queue;
      node.count = (char) count;
    } else {
      take(node);
      add(node, count);
    }
  }

  private void add(Node node, int count) {
    if (count >= queues.length) {
      queues = Arrays.copyOf(queues, Math.min(2 * queues.length, HIGHEST + 1));
    }
    NodeQueue queue = queues[count];
    if (queue == null) {
      queue = new NodeQueue();
      queues[count] = queue;
    }
    node.count = (char) count;
    queue.addYoungest(node);
    lowest = Math.min(lowest, count);
  }

  private void take(Node node) {
    NodeQueue queue = queue(node.count);
    queue.remove(node);
    if (queue.isEmpty()) {
      queues[node.count] = null;
    }
  }

  private NodeQueue queue(int count) {
    return requireNonNull(queues[count], "an entry is in the queue of its count");
  }

  private void age() {
    requests++;
    if (!ageing || requests < REQUESTS_PER_ENTRY * size) {
      return;
    }
    requests = 0;
    for (int count = 2; count < queues.length; count++) {
      for (NodeQueue queue = queues[count]; queue != null; queue = queues[count]) {
        move(queue.eldest(), count / 2);
      }
    }
    lowest = 1;
  }
}
