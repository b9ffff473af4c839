package dev.whiteboard.benchmarks.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/**
 * What an index in a file costs: H2's B-tree (MVStore) takes keys in transactions, and writes every page that a transaction has
 * changed.
 *
 * <p>Nothing runs in the background and no room is used again, so the file is the sum of all that was written.
 *
 * @param fill the share of the leaves' room that keys take in the end
 * @param fileBytes the size of the file
 * @param commits one for each transaction
 */
record DatabaseIndex(double fill, long fileBytes, List<Commit> commits) {
  /** How many keys a page takes before it splits; H2's own setting. */
  static final int KEYS_PER_PAGE = 48;

  /**
   * A transaction.
   *
   * @param keys how many keys the index has after it
   * @param pages how many leaves it wrote
   * @param expected how many it should write if each key goes to a random place: of the leaves before, the expected number that
   *     get a key, and one more for each split
   * @param variance of {@code expected}; less than that of independent leaves, which this is
   */
  record Commit(int keys, int pages, double expected, double variance) {}

  /** About how many keys the written leaves had in all; the file holds the pages above them, too, and whole blocks. */
  double keysWritten() {
    return commits.stream().mapToDouble(Commit::pages).sum() * fill * KEYS_PER_PAGE;
  }

  /** Fills an index, with so many keys in each transaction; what is left over for less than one stays out. */
  static <K> DatabaseIndex fill(List<K> keys, int batch) {
    try {
      Path directory = Files.createTempDirectory("whiteboard-index");
      Path file = directory.resolve("index.mv");
      try {
        return fill(file, keys, batch);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <K> DatabaseIndex fill(Path file, List<K> keys, int batch) throws IOException {
    List<Commit> commits = new ArrayList<>();
    double fill;
    try (MVStore store = new MVStore.Builder()
        .fileName(file.toString())
        .keysPerPage(KEYS_PER_PAGE)
        .autoCommitDisabled()
        .open()) {
      store.setReuseSpace(false);
      MVMap<K, Integer> index = store.openMap("index");
      for (int from = 0; from + batch <= keys.size(); from += batch) {
        commits.add(commit(index, keys.subList(from, from + batch)));
        store.commit();
      }
      fill = Arrays.stream(leaves(index)).average().orElseThrow() / KEYS_PER_PAGE;
    }
    return new DatabaseIndex(fill, Files.size(file), commits);
  }

  private static <K> Commit commit(MVMap<K, Integer> index, List<K> batch) {
    double[] before = leaves(index);
    double size = Math.max(1, index.size()); // an empty index has one empty leaf
    for (K key : batch) {
      index.put(key, index.size());
    }
    double expected = leaves(index).length - before.length;
    double variance = 0;
    for (double leaf : before) {
      double untouched = Math.pow(1 - leaf / size, batch.size());
      expected += 1 - untouched;
      variance += untouched * (1 - untouched);
    }
    return new Commit(index.size(), unsavedLeaves(index.getRootPage()), expected, variance);
  }

  private static double[] leaves(MVMap<?, ?> index) {
    List<Integer> sizes = new ArrayList<>();
    addLeaves(index.getRootPage(), sizes);
    return sizes.stream().mapToDouble(size -> size).toArray();
  }

  private static void addLeaves(Page<?, ?> page, List<Integer> sizes) {
    if (page.isLeaf()) {
      sizes.add(page.getKeyCount());
    } else {
      for (int child = 0; child < page.getRawChildPageCount(); child++) {
        addLeaves(page.getChildPage(child), sizes);
      }
    }
  }

  /** A page is written anew with all above it, so nothing unsaved lies below a saved one. */
  private static int unsavedLeaves(Page<?, ?> page) {
    if (page.isSaved()) {
      return 0;
    }
    if (page.isLeaf()) {
      return 1;
    }
    int unsaved = 0;
    for (int child = 0; child < page.getRawChildPageCount(); child++) {
      unsaved += unsavedLeaves(page.getChildPage(child));
    }
    return unsaved;
  }
}
