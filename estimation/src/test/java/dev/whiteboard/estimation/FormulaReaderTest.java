package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaReaderTest {
  private static final CapacityPlan PLAN = CapacityPlan.builder("numbers")
      .assume("writes", "1/s")
      .assume("reads-per-write", "1")
      .assume("object", "1 B")
      .assume("retention", "1 day")
      .assume("a", "2", "")
      .assume("b", "3", "")
      .assume("a-b", "100", "a name with a hyphen")
      .assume("c", "5", "")
      .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a + b × c | 17 | a + b × c",
        "(a + b) * c | 25 | (a + b) × c",
        "a × b ÷ c | 1.2 | a × b ÷ c",
        "a / (b / c) | 3.3333333333333335 | a ÷ (b ÷ c)",
        "c - a - 1 | 2 | c - a - 1",
        "c - (b - a) | 4 | c - (b - a)",
        "c − b | 2 | c - b",
        "a-b - b | 97 | a-b - b",
        "((a)) | 2 | a",
        "a × (b × c) | 30 | a × b × c",
        "1.5e2 × 20% | 30 | 1.5e2 × 20%",
        "2k ÷ a | 1000 | 2k ÷ a",
        "ceil(c ÷ a) | 3 | ceil(c ÷ a)",
        "ceil(b × (1 ÷ 3)) | 1 | ceil(b × 1 ÷ 3)"
      })
  void compute_byTheRulesOfArithmetic(String formula, double value, String shown) {
    Step step = PLAN.compute("x", formula);
    assertEquals(value, step.value().value(), 1e-12);
    assertEquals(shown, step.formula());
  }

  @Test
  void compute_substitution_isTheFormulaWithNumbers() {
    assertEquals("2 + 3 × 5", PLAN.compute("x", "a + b × c").substitution());
    assertEquals("ceil(5 ÷ 2)", PLAN.compute("x", "ceil(c ÷ a)").substitution());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a number, a name or ( at index 0",
        "a + | a number, a name or ( at index 3",
        "a * * b | a number, a name or ( at index 4",
        "(a + b | ) at index 6",
        "a b | +, -, ×, ÷ or the end at index 2",
        "a ) | +, -, ×, ÷ or the end at index 2",
        "ceil(a, b) | ceil to have 1 arguments at index 9",
        "ceil(a | ) at index 6",
        "-a | a number, a name or ( at index 0"
      })
  void compute_otherText_saysWhatWasExpectedWhere(String formula, String expected) {
    assertEquals(
        "cannot read \"" + formula + "\" as a formula: expected " + expected, messageOf(formula));
  }

  @Test
  void compute_unknownNames_suggestTheNearest() {
    assertTrue(messageOf("reads-per-writes × a")
        .startsWith(
            "step \"x\": unknown name \"reads-per-writes\": did you mean \"reads-per-write\"?"));
    assertEquals(
        "unknown function \"cell\": did you mean \"ceil\"? Valid: ceil, distinct, lru-items, lru-hits",
        messageOf("cell(a)"));
  }

  @Test
  void compute_deepNesting_isRefusedBeforeTheStackIsFull() {
    String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);
    assertTrue(messageOf(deep).endsWith("expected at most 100 nested parentheses at index 100"));
  }

  @Test
  void compute_belowZeroOrByZero_isRefused() {
    assertEquals("step \"x\": must not be below 0", messageOf("a - b"));
    assertEquals("step \"x\": cannot divide by b - 3, which is 0", messageOf("a ÷ (b - 3)"));
    CapacityPlan doubtful = PLAN.with("a", "1..4");
    assertEquals(
        "step \"x\": must not be below 0",
        assertThrows(IllegalArgumentException.class, () -> doubtful.compute("x", "b - a"))
            .getMessage());
  }

  @Test
  void isName_lettersDigitsAndHyphens() {
    assertTrue(FormulaReader.isName("reads-per-write"));
    assertTrue(FormulaReader.isName("p99"));
    assertFalse(FormulaReader.isName("99p"));
    assertFalse(FormulaReader.isName("a-"));
    assertFalse(FormulaReader.isName("a b"));
    assertFalse(FormulaReader.isName(""));
  }

  private static String messageOf(String formula) {
    return assertThrows(IllegalArgumentException.class, () -> PLAN.compute("x", formula))
        .getMessage();
  }
}
