package dev.whiteboard.estimation;

import java.util.List;

/**
 * The way of one kind of request through the components of a {@link Design}, one after the other.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param name what is asked
 * @param ids the components on the way
 * @param meanSeconds the mean time at all of them together, networks left out
 * @param slowSeconds what at most one request in a hundred exceeds, however the times depend on each other: with k components
 *     the sum of their (1 − 1 % ÷ k) percentiles
 * @param availability share of time that all of them answer, if they fail independently
 */
public record Route(
    String name, List<String> ids, double meanSeconds, double slowSeconds, double availability) {
  private static final double SLOW = 0.01;

  /**
   * Copies the list.
   *
   * @param name what is asked
   * @param ids the components on the way
   * @param meanSeconds the mean time
   * @param slowSeconds what at most one request in a hundred exceeds
   * @param availability share of time that all of them answer
   */
  public Route {
    ids = List.copyOf(ids);
  }

  static Route of(String name, List<ComponentLoad> way) {
    List<ComponentLoad> timed =
        way.stream().filter(load -> load.serviceSeconds() > 0).toList();
    double quantile = 1 - SLOW / Math.max(1, timed.size());
    return new Route(
        name,
        way.stream().map(load -> load.component().id()).toList(),
        timed.stream().mapToDouble(ComponentLoad::meanSeconds).sum(),
        timed.stream().mapToDouble(load -> load.percentileSeconds(quantile)).sum(),
        Availability.series(
            way.stream().mapToDouble(ComponentLoad::availability).toArray()));
  }
}
