package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BackoffLawsTest {
  private static final LawSuite<Waits> SUITE =
      new LawSuite<>("backoff", BackoffLaws.all(), BackoffSubjects.all());

  @TestFactory
  Stream<DynamicTest> ours_keepEveryLaw() {
    return SUITE.run(step -> {}).stream()
        .filter(Row::ours)
        .map(row -> DynamicTest.dynamicTest(
            row.subject() + ", " + row.law() + ": " + row.sentence(),
            () -> assertEquals(Verdict.KEEPS, row.verdict(), row.detail())));
  }

  /** A wait is milliseconds, and 2^54 seconds are more of them than a long holds. */
  @Test
  void peers_breakWhatTheyBroke() {
    assertEquals(
        List.of(
            "Resilience4j exponential spread: 100 of 100 come back in the same second",
            "textbook: 2^n * 1000 sign: after 54 retries it waits PT-120095990063H-12M-47.08S",
            "textbook: 2^n * 1000 spread: 100 of 100 come back in the same second"),
        SUITE.run(step -> {}).stream()
            .filter(row -> row.verdict() == Verdict.BREAKS)
            .map(row -> row.subject() + " " + row.law() + ": " + row.detail())
            .toList());
  }

  /** Every law can fail: for each there is a backoff that breaks it. */
  @TestFactory
  Stream<DynamicTest> mutant_breaksItsLaw() {
    Map<String, Waits> mutants = Map.of(
        BackoffLaws.SIGN,
        (attempt, random) -> Duration.ofMillis(attempt == 1000 ? -1 : random.nextInt(3_600_000)),
        BackoffLaws.CAP,
        (attempt, random) -> Duration.ofNanos(
            attempt == Integer.MAX_VALUE ? Waits.CAP.toNanos() + 1 : random.nextLong(1L << 40)),
        BackoffLaws.SPREAD,
        (attempt, random) -> Duration.ofMillis(random.nextInt(100) < 60 ? 500 : 3_600_000));
    assertEquals(SUITE.laws().size(), mutants.size());
    return SUITE.laws().stream()
        .map(law -> DynamicTest.dynamicTest(law.id() + ": " + law.breach(), () -> {
          Row row = SUITE.run(law, Subject.of("mutant", "test", mutants.get(law.id())));
          assertEquals(Verdict.BREAKS, row.verdict());
          assertTrue(row.detail().startsWith("after ") || row.detail().contains("come back"));
        }));
  }
}
