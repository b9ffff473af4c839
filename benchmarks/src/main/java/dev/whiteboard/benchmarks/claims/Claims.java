package dev.whiteboard.benchmarks.claims;

import com.google.common.collect.Streams;
import java.util.List;

/** All claims, in the order in which the report shows them. */
public final class Claims {
  private Claims() {}

  /** The list. */
  public static List<Claim> all() {
    return Streams.concat(
            PartitioningClaims.all().stream(),
            AlgorithmClaims.all().stream(),
            BalancingClaims.all().stream(),
            HotSpotClaims.all().stream(),
            PlacementClaims.all().stream(),
            GeoClaims.all().stream(),
            CachingClaims.all().stream(),
            CacheTrapClaims.all().stream(),
            StampedeClaims.all().stream(),
            CacheSizeClaims.all().stream(),
            PolicyClaims.all().stream(),
            StoreClaims.all().stream(),
            CacheCostClaims.all().stream(),
            TimerClaims.all().stream(),
            RateLimitClaims.all().stream(),
            WindowClaims.all().stream(),
            SharedLimitClaims.all().stream(),
            RefillClaims.all().stream(),
            RetryClaims.all().stream(),
            SnowflakeClaims.all().stream(),
            IdClaims.all().stream(),
            CollisionClaims.all().stream(),
            EstimationClaims.all().stream(),
            UnitClaims.all().stream(),
            LoadClaims.all().stream(),
            ReliabilityClaims.all().stream())
        .toList();
  }
}
