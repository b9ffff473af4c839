package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.Design;

/** Reads arrows of a design. */
final class Requests {
  private Requests() {}

  /** The requests a second of the arrow with these ends and this label. */
  static double on(Design design, String from, String to, String label) {
    return design.flows().stream()
        .filter(flow ->
            flow.from().equals(from) && flow.to().equals(to) && flow.label().equals(label))
        .findFirst()
        .orElseThrow()
        .requests()
        .value()
        .value();
  }
}
