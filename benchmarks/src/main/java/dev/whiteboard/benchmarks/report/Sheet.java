package dev.whiteboard.benchmarks.report;

import com.google.common.base.Ascii;
import dev.whiteboard.estimation.Assumption;
import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.ComponentLoad;
import dev.whiteboard.estimation.Design;
import dev.whiteboard.estimation.DesignNotes;
import dev.whiteboard.estimation.Flow;
import dev.whiteboard.estimation.Route;
import dev.whiteboard.estimation.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A design as JSON shows it; times are in seconds, and missing where they have no end. */
public record Sheet(
    String name,
    List<Line> steps,
    List<String> warnings,
    List<Assumption> assumptions,
    List<Box> components,
    List<Arrow> arrows,
    List<Way> routes,
    DesignNotes notes) {
  /** A step; {@code low} and {@code high} bound the 90 % interval. */
  public record Line(
      String name,
      String formula,
      double value,
      String unit,
      double low,
      double high,
      String substitution,
      List<Step.Sensitivity> sensitivities) {
    static Line of(Step step) {
      return new Line(
          step.name(),
          step.formula(),
          step.value().value(),
          step.unit().symbol(),
          step.value().low(),
          step.value().high(),
          step.substitution(),
          step.sensitivities());
    }
  }

  /** A component at the peak. */
  public record Box(
      String id,
      String kind,
      String title,
      @Nullable Line requests,
      long servers,
      double utilisation,
      double full,
      @Nullable Double mean,
      @Nullable Double p99,
      @Nullable Line stored,
      double availability,
      boolean bottleneck) {
    static Box of(ComponentLoad load, boolean bottleneck) {
      return new Box(
          load.component().id(),
          Ascii.toLowerCase(load.component().kind().name()),
          load.component().title(),
          load.requests().map(Line::of).orElse(null),
          load.servers(),
          load.utilisation(),
          load.full(),
          finite(load.meanSeconds()),
          finite(load.percentileSeconds(0.99)),
          load.stored().map(Line::of).orElse(null),
          load.availability(),
          bottleneck);
    }
  }

  /** An arrow at the peak. */
  public record Arrow(String from, String to, String label, Line requests, Line traffic) {
    static Arrow of(Flow flow) {
      return new Arrow(
          flow.from(), flow.to(), flow.label(), Line.of(flow.requests()), Line.of(flow.traffic()));
    }
  }

  /** The way of a kind of request; at most one in a hundred takes longer than {@code slow}. */
  public record Way(
      String name,
      List<String> components,
      @Nullable Double mean,
      @Nullable Double slow,
      double availability) {
    static Way of(Route route) {
      return new Way(
          route.name(),
          route.ids(),
          finite(route.meanSeconds()),
          finite(route.slowSeconds()),
          route.availability());
    }
  }

  /** The sheet of a design. */
  public static Sheet of(Design design) {
    CapacityPlan plan = design.plan();
    ComponentLoad bottleneck = design.bottleneck().orElse(null);
    return new Sheet(
        design.name(),
        plan.steps().stream().map(Line::of).toList(),
        plan.warnings(),
        plan.assumptions(),
        design.loads().stream()
            .map(load -> Box.of(load, load.equals(bottleneck)))
            .toList(),
        design.flows().stream().map(Arrow::of).toList(),
        design.routes().stream().map(Way::of).toList(),
        design.notes());
  }

  private static @Nullable Double finite(double seconds) {
    return Double.isFinite(seconds) ? seconds : null;
  }
}
