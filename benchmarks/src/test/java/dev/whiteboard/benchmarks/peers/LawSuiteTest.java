package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LawSuiteTest {
  /** A block is a number. */
  private final Law<Integer> even =
      new Law<>("even", "Numbers are even.", "an odd number", LawSuiteTest::odd);

  private static Optional<String> odd(int number) {
    if (number == 0) {
      throw new NotApplicable("it is nothing");
    }
    if (number < 0) {
      throw new IllegalStateException("negative");
    }
    return number % 2 == 0 ? Optional.empty() : Optional.of(number + " is odd");
  }

  private Row row(Subject<Integer> subject) {
    return new LawSuite<>("numbers", List.of(even), List.of(subject))
        .run(step -> {})
        .get(0);
  }

  @Test
  void run_noCounterExample_keeps() {
    Row row = row(Subject.ours("two", 2));
    assertEquals(Verdict.KEEPS, row.verdict());
    assertEquals("", row.detail());
    assertTrue(row.isPromised());
    assertFalse(row.isFault());
  }

  @Test
  void run_counterExample_breaks() {
    Row row = row(Subject.ours("three", 3));
    assertEquals(Verdict.BREAKS, row.verdict());
    assertEquals("3 is odd", row.detail());
    assertTrue(row.isFault());
  }

  @Test
  void run_exception_breaks() {
    Row row = row(Subject.ours("minus", -1));
    assertEquals(Verdict.BREAKS, row.verdict());
    assertEquals("throws IllegalStateException: negative", row.detail());
  }

  @Test
  void run_missingOperation_isNotApplicable() {
    Row row = row(Subject.ours("zero", 0));
    assertEquals(Verdict.NOT_APPLICABLE, row.verdict());
    assertEquals("it is nothing", row.detail());
    assertFalse(row.isPromised());
  }

  @Test
  void isFault_admittedOrAnothersBreach_isNone() {
    Row admitted = row(Subject.ours("three", 3).admitting("it was made so", "even"));
    assertEquals("it was made so", admitted.admitted());
    assertFalse(admitted.isFault());
    assertFalse(row(Subject.of("three", "another library", 3)).isFault());
  }

  @Test
  void admitting_noLaw_isRefused() {
    Subject<Integer> subject = Subject.ours("three", 3).admitting("it was made so", "evn");
    assertEquals(
        "three admits to break evn, which is no law",
        assertThrows(
                IllegalArgumentException.class,
                () -> new LawSuite<>("numbers", List.of(even), List.of(subject)))
            .getMessage());
  }

  @Test
  void run_tellsEachStep() {
    List<String> steps = new ArrayList<>();
    new LawSuite<>(
            "numbers", List.of(even), List.of(Subject.ours("two", 2), Subject.ours("four", 4)))
        .run(steps::add);
    assertEquals(List.of("laws of numbers: two", "laws of numbers: four"), steps);
  }
}
