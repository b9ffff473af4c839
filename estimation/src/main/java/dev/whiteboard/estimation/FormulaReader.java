package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads "peak-read-rate × (1 - cdn-share) ÷ 500".
 *
 * <pre>
 *   sum     = product { ("+" | "-") product }
 *   product = factor { ("×" | "*" | "÷" | "/") factor }
 *   factor  = number [unit] | name | name "(" sum { "," sum } ")" | "(" sum ")"
 * </pre>
 *
 * <p>A hyphen between letters belongs to a name; a minus has a blank before it.
 */
final class FormulaReader {
  private static final Pattern BLANKS = Pattern.compile("\\s*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*(-[A-Za-z0-9]\\w*)*");
  private static final Pattern NUMBER =
      Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?\\s*[A-Za-z%]*");

  /** Deep enough for any formula that a person reads, and far from a stack overflow. */
  private static final int MOST_NESTED = 100;

  private final String text;
  private int index;
  private int depth;

  private FormulaReader(String text) {
    this.text = requireNonNull(text, "formula");
  }

  static Expression read(String text) {
    FormulaReader reader = new FormulaReader(text);
    Expression expression = reader.sum();
    if (reader.index < text.length()) {
      throw reader.expected("+, -, ×, ÷ or the end");
    }
    return expression;
  }

  /** Whether a text can be the name of an assumption or a step. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private Expression sum() {
    if (++depth > MOST_NESTED) {
      throw expected("at most " + MOST_NESTED + " nested parentheses");
    }
    Expression left = product();
    while (startsWith("+-−")) {
      char operator = operator();
      left = new Expression.Operation(left, operator == '+' ? '+' : '-', product());
    }
    depth--;
    return left;
  }

  private Expression product() {
    Expression left = factor();
    while (startsWith("×*÷/")) {
      char operator = operator();
      left =
          new Expression.Operation(left, operator == '×' || operator == '*' ? '×' : '÷', factor());
    }
    return left;
  }

  private Expression factor() {
    take(BLANKS);
    String number = take(NUMBER);
    if (number != null) {
      return new Expression.Literal(number.strip());
    }
    String name = take(NAME);
    if (name != null) {
      take(BLANKS);
      return startsWith("(") ? call(name) : new Expression.Name(name);
    }
    if (!startsWith("(")) {
      throw expected("a number, a name or (");
    }
    index++;
    Expression inner = sum();
    close();
    return inner;
  }

  private Expression call(String name) {
    FormulaFunction function = FormulaFunction.named(name);
    List<Expression> arguments = new ArrayList<>();
    do {
      index++;
      arguments.add(sum());
    } while (startsWith(","));
    if (arguments.size() != function.arity()) {
      throw expected(name + " to have " + function.arity() + " arguments");
    }
    close();
    return new Expression.Call(function, List.copyOf(arguments));
  }

  private void close() {
    if (!startsWith(")")) {
      throw expected(")");
    }
    index++;
  }

  private char operator() {
    return text.charAt(index++);
  }

  private boolean startsWith(String anyOf) {
    take(BLANKS);
    return index < text.length() && anyOf.indexOf(text.charAt(index)) >= 0;
  }

  private @Nullable String take(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(index, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    index = matcher.end();
    return matcher.group();
  }

  private IllegalArgumentException expected(String what) {
    return new IllegalArgumentException(
        "cannot read \"" + text + "\" as a formula: expected " + what + " at index " + index);
  }
}
