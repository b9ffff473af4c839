/** Quantities with unit and doubt, formulas, and the capacity plan. */
module dev.whiteboard.estimation {
  requires static transitive org.jspecify;
  requires com.google.common;

  exports dev.whiteboard.estimation;
}
