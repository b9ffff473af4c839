package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Suppliers;
import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CacheLawsTest {
  private static final LawSuite<Kind> SUITE =
      new LawSuite<>("caching", CacheLaws.all(), CacheSubjects.all());

  /** The laws tried on all caches, once for all tests. */
  private static final Supplier<List<Row>> ROWS = Suppliers.memoize(() -> SUITE.run(step -> {}));

  @TestFactory
  Stream<DynamicTest> ours_keepWhatTheyPromise() {
    return SuitePromises.areKept(ours());
  }

  @Test
  void ours_lackFewOperations() {
    String plain =
        "weight heavy expiry back heard cause expired listener once stale weigher threads";
    assertEquals(
        Map.of(
            "Cache", "order",
            "Cache (8 segments)", "order",
            "Cache (weighed)", "order",
            "Cache (timed)", "order",
            "LruCache", plain,
            "LfuCache", plain),
        SuitePromises.lawsBySubject(ours().filter(row -> row.verdict() == Verdict.NOT_APPLICABLE)));
  }

  /**
   * What the peers break, by design or not, so that a change of theirs or of a law is noticed. Hutool's race is left to
   * chance: of some hundred crowds that wait for a load, one has a thread that does not get the value.
   */
  @Test
  void peers_breakWhatTheyBroke() {
    assertEquals(
        Map.ofEntries(
            Map.entry("Caffeine (same thread)", "nested"),
            Map.entry("Caffeine", "bound weight nested"),
            Map.entry("Guava (1 segment)", "stale"),
            Map.entry("Guava", "room stale"),
            Map.entry("cache2k", "heavy itself weigher"),
            Map.entry("hutool LRUCache", "listener nothing itself nulls"),
            Map.entry("hutool LFUCache", "zero single order listener nothing itself nulls"),
            Map.entry("LinkedHashMap (access order)", "nested itself nulls"),
            Map.entry("textbook: no new head", "one nulls"),
            Map.entry("textbook: clear to shrink", "shrink nested itself nulls"),
            Map.entry("textbook: evict all least used", "single nulls"),
            Map.entry("textbook: check, then load", "once nothing itself stale nulls")),
        SuitePromises.lawsBySubject(peers()
            .filter(row -> row.verdict() == Verdict.BREAKS)
            .filter(
                row -> !(row.subject().startsWith("hutool") && row.law().equals(CacheLaws.ONCE)))));
  }

  @Test
  void peers_thatAdmitABreach_breakTheLaw() {
    assertEquals(
        List.of(),
        peers()
            .filter(row -> !row.admitted().isEmpty() && row.verdict() != Verdict.BREAKS)
            .toList());
  }

  @Test
  void run_capacityOfOne_secondPutFindsNoNewHead() {
    assertEquals(
        "throws NoSuchElementException", row("textbook: no new head", "one").detail());
  }

  @Test
  void run_smallerCapacity_clears() {
    assertEquals(
        "from 10 to 5: 0 entries are left",
        row("textbook: clear to shrink", "shrink").detail());
  }

  @Test
  void run_putIntoFullLfu_evictsAll() {
    String found = "one put into 100 entries leaves 1";
    assertEquals(found, row("hutool LFUCache", "single").detail());
    assertEquals(found, row("textbook: evict all least used", "single").detail());
  }

  @Test
  void run_removalWhileLoading_comesBack() {
    assertEquals("it is found after the removal: old", row("Guava", "stale").detail());
  }

  @Test
  void run_loaderOfItsOwnKey_hangs() {
    assertEquals("it hangs", row("cache2k", "itself").detail());
  }

  @Test
  void libraries_areThoseOfTheBuild() throws IOException {
    SuitePromises.assertVersionsAreThoseOfTheBuild(SUITE, 7);
  }

  private static Stream<Row> ours() {
    return ROWS.get().stream().filter(Row::ours);
  }

  private static Stream<Row> peers() {
    return ROWS.get().stream().filter(row -> !row.ours());
  }

  private static Row row(String subject, String law) {
    return SuitePromises.row(ROWS.get(), subject, law);
  }
}
