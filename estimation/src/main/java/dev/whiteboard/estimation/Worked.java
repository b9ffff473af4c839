package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A number with its unit and how it came about, once in names and once in numbers.
 *
 * @param symbols the formula, such as "writes × record"
 * @param numbers the same with values, such as "10M/month × 1 KB"
 * @param level how tightly the formula holds together: {@link #SUM}, {@link #PRODUCT} or {@link #ATOM}
 */
record Worked(Term term, Unit unit, String symbols, String numbers, int level) {
  static final int SUM = 0;
  static final int PRODUCT = 1;
  static final int ATOM = 2;

  static Worked constant(double value, String text) {
    return new Worked(Term.constant(value), Unit.ITEMS, text, text, ATOM);
  }

  Worked times(Worked factor) {
    Term product = Term.computed(values -> values[0] * values[1], List.of(term, factor.term));
    return join(factor, " × ", PRODUCT, PRODUCT, product, unit.times(factor.unit));
  }

  Worked over(Worked divisor) {
    checkArgument(divisor.term.value() != 0, "cannot divide by %s, which is 0", divisor.symbols);
    Term quotient = Term.computed(values -> values[0] / values[1], List.of(term, divisor.term));
    return join(divisor, " ÷ ", PRODUCT, ATOM, quotient, unit.times(divisor.unit.inverse()));
  }

  Worked plus(Worked summand) {
    checkSameUnit(summand);
    return join(summand, " + ", SUM, SUM, Term.sum(term, summand.term), unit);
  }

  Worked minus(Worked subtrahend) {
    checkSameUnit(subtrahend);
    Term difference =
        Term.computed(values -> values[0] - values[1], List.of(term, subtrahend.term));
    return join(subtrahend, " - ", SUM, PRODUCT, difference, unit);
  }

  static Worked call(FormulaFunction function, List<Worked> arguments) {
    for (Worked argument : arguments) {
      checkArgument(
          argument.unit.equals(Unit.ITEMS),
          "%s takes plain numbers, but %s is in %s",
          function.id(),
          argument.symbols,
          argument.unit.symbol());
    }
    return new Worked(
        Term.computed(function::apply, arguments.stream().map(Worked::term).toList()),
        Unit.ITEMS,
        arguments.stream()
            .map(Worked::symbols)
            .collect(Collectors.joining(", ", function.id() + "(", ")")),
        arguments.stream()
            .map(Worked::numbers)
            .collect(Collectors.joining(", ", function.id() + "(", ")")),
        ATOM);
  }

  Worked withUnit(Unit other) {
    return new Worked(term, other, symbols, numbers, level);
  }

  private void checkSameUnit(Worked other) {
    checkArgument(
        unit.equals(other.unit),
        "cannot add %s in %s and %s in %s",
        symbols,
        unit.symbol(),
        other.symbols,
        other.unit.symbol());
  }

  /** Writes the two sides with an operator between them, in parentheses where they hold together less than is asked. */
  private Worked join(
      Worked right, String operator, int level, int levelAtRight, Term result, Unit resultUnit) {
    return new Worked(
        result,
        resultUnit,
        wrap(symbols, this.level < level)
            + operator
            + wrap(right.symbols, right.level < levelAtRight),
        wrap(numbers, this.level < level)
            + operator
            + wrap(right.numbers, right.level < levelAtRight),
        level);
  }

  private static String wrap(String text, boolean loose) {
    return loose ? "(" + text + ")" : text;
  }
}
