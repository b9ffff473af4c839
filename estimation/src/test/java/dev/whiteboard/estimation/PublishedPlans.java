package dev.whiteboard.estimation;

/** The plans of two published exercises, as published. */
final class PublishedPlans {
  private PublishedPlans() {}

  /** The System Design Primer (donnemartin/system-design-primer), solutions/system_design/pastebin. */
  static CapacityPlan pastebin() {
    return CapacityPlan.builder("pastebin")
        .assume("writes", "10M/month")
        .assume("reads-per-write", "10")
        .assume("object", "1 KB")
        .assume("metadata", "271 B") // short link 7, expiry 4, creation time 5, path 255
        .assume("retention", "3 years")
        .assume("seconds-per-month", "2.5M")
        .build();
  }

  /** Grokking the System Design Interview. */
  static CapacityPlan linkShortener() {
    return CapacityPlan.builder("link-shortener")
        .assume("writes", "500M/month")
        .assume("reads-per-write", "100")
        .assume("object", "500 B")
        .assume("retention", "5 years")
        .build();
  }
}
