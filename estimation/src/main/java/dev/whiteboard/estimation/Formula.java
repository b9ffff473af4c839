package dev.whiteboard.estimation;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A template and a function over the same terms, so that what is printed is what is computed.
 *
 * @param template the formula's text, with "%s" for each term
 * @param function computes the value from the terms' values, in the same order
 * @param terms what the formula is about
 */
record Formula(String template, ToDoubleFunction<double[]> function, List<Term> terms) {
  String symbols() {
    return Strings.lenientFormat(template, terms.stream().map(Term::name).toArray());
  }

  String numbers() {
    return Strings.lenientFormat(template, terms.stream().map(Term::text).toArray());
  }

  static Product product(Term first) {
    return new Product().times(first);
  }

  /** Collects the factors of a product. */
  static final class Product {
    private final List<Term> terms = new ArrayList<>();
    private final List<Boolean> divides = new ArrayList<>();
    private final StringBuilder template = new StringBuilder();

    Product times(Term factor) {
      return add(factor, false, " × ");
    }

    Product over(Term divisor) {
      return add(divisor, true, " ÷ ");
    }

    private Product add(Term term, boolean divide, String operator) {
      template.append(terms.isEmpty() ? "" : operator).append("%s");
      terms.add(term);
      divides.add(divide);
      return this;
    }

    Formula formula() {
      return new Formula(template.toString(), this::compute, List.copyOf(terms));
    }

    private double compute(double[] values) {
      double product = 1;
      for (int i = 0; i < values.length; i++) {
        product = divides.get(i) ? product / values[i] : product * values[i];
      }
      return product;
    }
  }
}
