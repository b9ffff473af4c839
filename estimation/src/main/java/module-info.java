/** Quantities with unit and doubt, formulas, the capacity plan and the design. */
module dev.whiteboard.estimation {
  requires static transitive org.jspecify;
  requires com.google.common;

  exports dev.whiteboard.estimation;
  exports dev.whiteboard.estimation.designs;
}
