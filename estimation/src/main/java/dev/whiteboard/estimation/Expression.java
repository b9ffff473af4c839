package dev.whiteboard.estimation;

import java.util.List;
import java.util.stream.Stream;

/** What a formula says, before any number is known. */
sealed interface Expression {
  /** The assumptions and steps that it uses, in its order. */
  List<String> names();

  /** A literal such as "12", "20%" or "1 day". */
  record Literal(String text) implements Expression {
    @Override
    public List<String> names() {
      return List.of();
    }
  }

  /** An assumption or another step. */
  record Name(String name) implements Expression {
    @Override
    public List<String> names() {
      return List.of(name);
    }
  }

  /** Two sides and "+", "-", "×" or "÷" between them. */
  record Operation(Expression left, char operator, Expression right) implements Expression {
    @Override
    public List<String> names() {
      return Stream.of(left, right).flatMap(side -> side.names().stream()).toList();
    }
  }

  /** A function of arguments. */
  record Call(FormulaFunction function, List<Expression> arguments) implements Expression {
    @Override
    public List<String> names() {
      return arguments.stream().flatMap(argument -> argument.names().stream()).toList();
    }
  }
}
