package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The working of a capacity plan: from assumptions and formulas to steps. */
final class Worksheet {
  private final Map<String, StepFormula> formulas;
  private final Calendars calendars;
  private final Map<String, Worked> results = new LinkedHashMap<>();
  private final Map<String, Step> steps = new LinkedHashMap<>();

  /** The steps that wait for others, to find circles. */
  private final Set<String> underWay = new LinkedHashSet<>();

  Worksheet(Map<String, Setting> settings, Map<String, StepFormula> formulas) {
    this.formulas = formulas;
    calendars = new Calendars(settings);
    settings.forEach((name, setting) -> results.put(name, setting.worked()));
    formulas.keySet().forEach(this::work);
  }

  /** Every step, each after those that it uses. */
  Map<String, Step> steps() {
    return Collections.unmodifiableMap(steps);
  }

  /** Works a formula that is not among the steps. */
  Step step(String name, StepFormula formula) {
    return toStep(name, result(name, formula));
  }

  private static Step toStep(String name, Worked result) {
    return new Step(
        name,
        result.symbols(),
        result.numbers(),
        result.term().estimate(),
        result.unit(),
        result.term().sensitivities());
  }

  private Worked result(String name, StepFormula formula) {
    try {
      return formula.inItsUnit(worked(formula.expression()), calendars);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("step \"" + name + "\": " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw (ArithmeticException)
          new ArithmeticException(name + " is beyond the range of a double").initCause(e);
    }
  }

  private Worked worked(Expression expression) {
    if (expression instanceof Expression.Literal number) {
      Kind kind = Kind.of(number.text());
      Kind.Reading reading = kind.read(number.text());
      return Worked.constant(reading.value(), number.text()).withUnit(reading.unit());
    }
    if (expression instanceof Expression.Name name) {
      return named(name.name());
    }
    if (expression instanceof Expression.Call call) {
      return Worked.call(
          call.function(), call.arguments().stream().map(this::worked).toList());
    }
    Expression.Operation operation = (Expression.Operation) expression;
    Worked left = worked(operation.left());
    Worked right = worked(operation.right());
    return switch (operation.operator()) {
      case '×' -> calendars.product(left, right);
      case '÷' -> calendars.quotient(left, right);
      case '+' -> left.plus(calendars.alike(left, right));
      default -> left.minus(calendars.alike(left, right));
    };
  }

  private Worked named(String name) {
    Worked known = results.get(name);
    if (known != null) {
      return known;
    }
    throw new UnknownNameException("name", name, results.keySet());
  }

  /** Works a step after those that it uses, so that a failure is told by the step that fails. */
  private void work(String name) {
    StepFormula formula = formulas.get(name);
    if (formula == null || results.containsKey(name)) {
      return;
    }
    checkArgument(
        underWay.add(name),
        "steps use each other in a circle: %s → %s",
        String.join(" → ", underWay),
        name);
    formula.expression().names().forEach(this::work);
    underWay.remove(name);
    Worked result = result(name, formula);
    Step step = toStep(name, result);
    steps.put(name, step);
    results.put(name, new Worked(result.term(), result.unit(), name, step.format(), Worked.ATOM));
  }
}
