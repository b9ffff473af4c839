package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/** An input and what a plan takes it to be. */
record Setting(Input input, String text, Estimate value, Unit unit) {
  private static final String TO = "..";

  static Setting read(Input input, String text) {
    requireNonNull(text, "text");
    Setting setting;
    try {
      setting = parse(input, text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          input.id() + " must be " + input.kind().example + " or an interval low..high, was \""
              + text + "\": " + e.getMessage(),
          e);
    }
    input.checkRange(setting.value);
    return setting;
  }

  private static Setting parse(Input input, String text) {
    int to = text.indexOf(TO);
    if (to < 0) {
      Kind.Reading reading = input.kind().read(text);
      return new Setting(input, text, Estimate.exactly(reading.value()), reading.unit());
    }
    Kind.Reading low = input.kind().read(text.substring(0, to));
    Kind.Reading high = input.kind().read(text.substring(to + TO.length()));
    checkArgument(
        low.unit().equals(high.unit()),
        "both ends must have the same unit, were %s and %s",
        low.unit().symbol(),
        high.unit().symbol());
    return new Setting(input, text, Estimate.between(low.value(), high.value()), low.unit());
  }

  /** The kind of an assumption that is told by its first value. */
  static Kind kindOf(String text) {
    int to = text.indexOf(TO);
    return Kind.of(to < 0 ? text : text.substring(0, to));
  }

  /** Whether a size is stated in bits: only "bit" and "b" have a small b, apart from "byte". */
  boolean isInBits() {
    return input.kind() == Kind.SIZE && text.replace("byte", "").contains("b");
  }

  /** Whether a size has a prefix of 1,024, such as KiB. */
  boolean isBinary() {
    return text.matches(".*[KMGTPEZYk]i.*");
  }

  /** Whether a size has a prefix of 1,000, such as KB. */
  boolean isDecimal() {
    return text.matches(".*[KMGTPEZYk][Bb].*");
  }

  Assumption toAssumption() {
    String symbol = unit.equals(Unit.ITEMS) ? "1" : unit.symbol();
    return new Assumption(input.id(), input.meaning(), text, value, symbol);
  }

  Worked worked() {
    return new Worked(Term.assumption(input.id(), value), unit, input.id(), numbers(), Worked.ATOM);
  }

  String numbers() {
    return input.kind().format(value.value(), unit, !value.isExact());
  }
}
