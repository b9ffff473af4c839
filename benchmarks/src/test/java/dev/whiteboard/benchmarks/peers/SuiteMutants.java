package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every law of a suite can fail: for each there is a block, sound but for one defect, that breaks it. */
abstract class SuiteMutants<S> {
  /** The laws; the suite's own blocks are not asked. */
  abstract LawSuite<S> suite();

  /** A block that keeps every law. */
  abstract S sound();

  /** A block for each law, which breaks it. */
  abstract Map<String, S> mutants();

  @TestFactory
  Stream<DynamicTest> mutant_breaksItsLaw() {
    Map<String, S> mutants = mutants();
    return suite().laws().stream()
        .map(law -> DynamicTest.dynamicTest(
            law.id() + ": " + law.breach(),
            () -> assertEquals(
                Verdict.BREAKS,
                verdict(law, Optional.ofNullable(mutants.get(law.id())).orElseThrow()))));
  }

  @TestFactory
  Stream<DynamicTest> sound_keepsEveryLaw() {
    return suite().laws().stream()
        .map(law -> DynamicTest.dynamicTest(
            law.id(), () -> assertEquals(Verdict.KEEPS, verdict(law, sound()))));
  }

  private Verdict verdict(Law<S> law, S block) {
    return suite().run(law, Subject.of("mutant", "test", block)).verdict();
  }

  @Test
  void mutants_areOfKnownLaws() {
    assertEquals(
        suite().laws().stream().map(Law::id).collect(Collectors.toSet()),
        mutants().keySet());
  }
}
