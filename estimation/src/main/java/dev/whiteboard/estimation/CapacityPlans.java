package dev.whiteboard.estimation;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * Worked {@link CapacityPlan}s to start from.
 *
 * <dl>
 *   <dt>{@code pastebin}
 *   <dd>the exercise of <i>The System Design Primer</i> (github.com/donnemartin/system-design-primer): 10 M pastes a month,
 *       kept for three years, and a month of 2.5 million seconds
 *   <dt>{@code link-shortener}
 *   <dd>the numbers of <i>Grokking the System Design Interview</i>: 500 M links a month, 100 reads for each, kept for five
 *       years
 *   <dt>{@code image-service}
 *   <dd>an image host with guesses instead of numbers: about 1 M uploads a day of about 200 KB, about 50 views for each,
 *       kept for five years in two copies, a CDN in front
 * </dl>
 */
public final class CapacityPlans {
  private static final ImmutableMap<String, Supplier<CapacityPlan>> PLANS = ImmutableMap.of(
      "pastebin", CapacityPlans::pastebin,
      "link-shortener", CapacityPlans::linkShortener,
      "image-service", CapacityPlans::imageService);

  private CapacityPlans() {}

  /**
   * Returns the names of the plans.
   *
   * @return what {@link #named} accepts
   */
  public static List<String> names() {
    return PLANS.keySet().asList();
  }

  /**
   * Returns a plan.
   *
   * @param name one of {@link #names}
   * @return the plan
   * @throws IllegalArgumentException if there is no such plan
   */
  public static CapacityPlan named(String name) {
    Supplier<CapacityPlan> plan = PLANS.get(requireNonNull(name, "name"));
    if (plan == null) {
      throw new UnknownNameException("plan", name, names());
    }
    return plan.get();
  }

  private static CapacityPlan pastebin() {
    return CapacityPlan.builder("pastebin")
        .assume("writes", "10M/month")
        .assume("reads-per-write", "10")
        .assume("object", "1 KB")
        .assume("metadata", "271 B") // short link 7, expiry 4, creation time 5, path 255
        .assume("retention", "3 years")
        .assume("seconds-per-month", "2.5M")
        .build();
  }

  private static CapacityPlan linkShortener() {
    return CapacityPlan.builder("link-shortener")
        .assume("writes", "500M/month")
        .assume("reads-per-write", "100")
        .assume("object", "500 B")
        .assume("retention", "5 years")
        .build();
  }

  private static CapacityPlan imageService() {
    return CapacityPlan.builder("image-service")
        .assume("writes", "800k/day..1.25M/day")
        .assume("reads-per-write", "25..100")
        .assume("object", "100 KB..400 KB")
        .assume("metadata", "500 B")
        .assume("retention", "5 years")
        .assume("replication", "2")
        .assume("cdn-share", "60%..90%")
        .assume("skew", "0.8..1.0")
        .build();
  }
}
