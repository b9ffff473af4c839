package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.estimation.Audit.Verdict;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {
  private static final CapacityPlan PLAN = CapacityPlan.builder("notes")
      .assume("writes", "86400/day")
      .assume("reads-per-write", "20")
      .assume("peak-factor", "3")
      .assume("object", "900 B")
      .assume("metadata", "100 B")
      .assume("retention", "1000 days")
      .assume("replication", "7")
      .assume("requests-per-server", "7/s")
      .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "raw-storage | 86.4 GB | AGREES",
        "raw-storage | 86.7 GB | AGREES",
        "raw-storage | 90 GB | ROUNDED",
        "raw-storage | 80 GB | ROUNDED",
        "raw-storage | 120 GB | UNEXPLAINED",
        "read-rate | 20/s | AGREES",
        "read-rate | 1728000/day | AGREES",
        "read-rate | 73k/h | ROUNDED"
      })
  void audit_closeClaims_agreeOrAreRounded(String step, String claim, Verdict verdict) {
    Audit audit = PLAN.audit(step, claim);
    assertEquals(verdict, audit.verdict());
    assertEquals(List.of(), audit.explanations());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "egress | 160 KB/s | bits are taken for bytes",
        "egress | 2.5 KB/s | bits are taken for bytes",
        "egress | 25 KB/s | a byte is taken as 10 bits",
        "storage | 550.12 GB | 1,000 and 1,024 are confused, 4 times over",
        "storage | 664.97 GB | 1,000 and 1,024 are confused, 4 times over",
        "read-rate | 60/s | the peak is used as the average: peak-factor is 3",
        "raw-storage | 604.8 GB | replication (7) is counted once too often",
        "storage | 86.4 GB | replication (7) is left out",
        "read-rate | 1/s | reads-per-write (20) is left out",
        "raw-storage | 77.76 GB | metadata (100 B) is left out of the sum",
        "reads-per-day | 41472000/day | days and hours are confused",
        "new-data-per-month | 31.104 GB/month | years and months are confused",
        "cache-memory-by-rule | 345.6 GB | the cache is a share of all that is kept for 1000 days, not of a day",
        "read-rate | 200/s | off by a power of ten"
      })
  void audit_slips_areFound(String step, String claim, String explanation) {
    Audit audit = PLAN.with("utilisation", "59.5%").audit(step, claim);
    assertEquals(Verdict.EXPLAINED, audit.verdict(), audit::toString);
    assertTrue(audit.explanations().contains(explanation), audit::toString);
  }

  @Test
  void audit_oneServerTooFew_isNoRounding() {
    assertEquals(15, PLAN.step("servers").value().value());
    assertEquals(Verdict.AGREES, PLAN.audit("servers", "15").verdict());
    Audit audit = PLAN.with("utilisation", "59.5%").audit("servers", "15");
    assertEquals(16, audit.step().value().value());
    assertEquals(
        "servers: 15 is 0.938 times the plan's 16; servers are rounded down: the load needs 15.13",
        audit.toString());
  }

  @Test
  void toString_isASentence() {
    assertEquals(
        "raw-storage: 86.4 GB agrees with 86.4 GB",
        PLAN.audit("raw-storage", "86.4 GB").toString());
    assertEquals(
        "raw-storage: 90 GB is the plan's 86.4 GB, rounded by +4.2 %",
        PLAN.audit("raw-storage", "90 GB").toString());
    assertEquals(
        "raw-storage: 120 GB is 1.39 times the plan's 86.4 GB; no common slip explains it",
        PLAN.audit("raw-storage", "120 GB").toString());
  }

  @Test
  void audit_nothing_isNotExplained() {
    CapacityPlan idle = PLAN.with("writes", "0/day");
    assertEquals(Verdict.UNEXPLAINED, idle.audit("storage", "1 GB").verdict());
    assertEquals(Verdict.UNEXPLAINED, PLAN.audit("storage", "0 B").verdict());
  }

  @Test
  void audit_badClaims_areRefused() {
    assertEquals(
        "claim must be in B as storage is, was \"5/s\"",
        assertThrows(IllegalArgumentException.class, () -> PLAN.audit("storage", "5/s"))
            .getMessage());
    assertEquals(
        "cannot read \"much\": expected a number, a share, a rate, a size, a time, a bandwidth or a price",
        assertThrows(IllegalArgumentException.class, () -> PLAN.audit("storage", "much"))
            .getMessage());
    assertEquals(
        "claim",
        assertThrows(NullPointerException.class, () -> PLAN.audit("storage", null))
            .getMessage());
    assertTrue(assertThrows(UnknownNameException.class, () -> PLAN.audit("storrage", "1 GB"))
        .getMessage()
        .startsWith("unknown step \"storrage\": did you mean \"storage\"?"));
  }

  /** Published figures that do not follow from their own inputs, each with its sheet. */
  @Nested
  class PublishedErrors {
    /** systemdesign.ninja, defaults: 1 M users, 20 requests, a tenth writes of 1,024 B, peak factor 10; 19.07 is in GiB. */
    @Test
    void calculatorTakesThePeakForTheAverage() {
      CapacityPlan plan = plan("2M/day", "1 KiB", "30 days").with("peak-factor", "10");
      assertTrue(says(plan.audit("raw-storage", "614.4 GB"), "the peak is used as the average"));
      assertTrue(says(plan.audit("ingress", "20.48 GB/day"), "the peak is used as the average"));
    }

    /** sd.marcahoje.com, Twitter preset: 20 % of five years in memory. */
    @Test
    void calculatorCachesAShareOfWhatIsRetained() {
      CapacityPlan plan = plan("17361.111/s", "500 B", "1825 days").with("reads-per-write", "1");
      assertTrue(says(
          plan.audit("cache-memory-by-rule", "273.75 TB"),
          "a share of all that is kept for 1825 days"));
    }

    /** liquidslr/system-design-notes, URL shortener: ten years counted twice. */
    @Test
    void shortenerCountsItsYearsTwice() {
      CapacityPlan plan = plan("100M/day", "100 B", "10 years");
      assertTrue(
          says(plan.audit("storage", "365 TB"), "retention (10 years) is counted once too often"));
    }

    /** CecoChat, system-design-site.pages.dev and the Instagram sheet print TiB as TB, or worse. */
    @Test
    void binaryPrefixesAreWrittenAsDecimal() {
      CapacityPlan chat = plan("8192M/day", "256 B", "4 years");
      assertTrue(
          says(chat.audit("storage", "2.72 PB"), "1,000 and 1,024 are confused, 5 times over"));
      CapacityPlan site = plan("10M/day", "1 KiB", "1 year");
      assertTrue(
          says(site.audit("storage", "3.4 TB"), "1,000 and 1,024 are confused, 4 times over"));
      CapacityPlan photos = plan("500M/day", "200 KB", "10 years");
      assertTrue(
          says(photos.audit("storage", "331 PB"), "1,000 and 1,024 are confused, 4 times over"));
    }

    /** gitgik/distributed-system-design, Twitter: 100 M tweets of 280 B and 30 B of metadata. */
    @Test
    void metadataIsForgotten() {
      CapacityPlan plan = plan("100M/day", "280 B", "1 day").with("metadata", "30 B");
      assertTrue(says(plan.audit("storage", "28 GB"), "metadata (30 B) is left out of the sum"));
    }

    /** gitgik/distributed-system-design, Twitter search: 152.08 index servers become 152, 109.5 become 100. */
    @Test
    void serversAreRoundedDown() {
      CapacityPlan plan = CapacityPlan.builder("search")
          .assume("writes", "400M/day")
          .assume("reads-per-write", "0")
          .assume("object", "300 B")
          .assume("retention", "5 years")
          .assume("fill", "80%", "of a disk")
          .assume("copies", "2", "of a tweet")
          .assume("disk", "5 TB", "of a server")
          .assume("ids", "1.46 TB", "tweet ids of two years at 5 B")
          .assume("words", "15", "of a tweet")
          .assume("dictionary", "2.5 MB", "of words")
          .assume("memory", "144 GB", "of a server")
          .step("disk-servers", "ceil(storage ÷ fill × copies ÷ disk)")
          .step("index-servers", "ceil((ids × words + dictionary) ÷ memory)")
          .build();
      assertEquals(110, plan.step("disk-servers").value().value());
      assertEquals(153, plan.step("index-servers").value().value());
      assertTrue(says(plan.audit("index-servers", "152"), "rounded down: the load needs 152.08"));
      assertTrue(says(plan.audit("disk-servers", "100"), "rounded down: the load needs 109.50"));
    }

    /** amartyushov's TikTok plan rounds a byte to ten bits; gitgik's news feed and Xu's leaderboard lose a zero. */
    @Test
    void bitsAndZerosAreLost() {
      CapacityPlan video = plan("10k/s", "1 MB", "1 day").with("reads-per-write", "1");
      assertTrue(says(video.audit("egress", "12.5 GB/s"), "a byte is taken as 10 bits"));
      CapacityPlan feed = plan("500/s", "200 KB", "1 day");
      assertTrue(says(feed.audit("ingress", "10 MB/s"), "off by a power of ten"));
    }

    /** whiteboardscale.com, Instagram's ids: 0.28 writes a second and shard are printed as a millisecond's. */
    @Test
    void millisecondsAreTakenForSeconds() {
      CapacityPlan plan = CapacityPlan.builder("ids")
          .assume("writes", "200M/day")
          .assume("reads-per-write", "0")
          .assume("object", "1 B")
          .assume("retention", "1 day")
          .assume("shards", "8192", "")
          .step("shard-rate", "write-rate ÷ shards")
          .build();
      assertTrue(says(plan.audit("shard-rate", "280/s"), "off by a power of ten"));
    }

    private CapacityPlan plan(String writes, String object, String retention) {
      return CapacityPlan.builder("published")
          .assume("writes", writes)
          .assume("reads-per-write", "10")
          .assume("object", object)
          .assume("retention", retention)
          .build();
    }

    private boolean says(Audit audit, String text) {
      return audit.verdict() == Verdict.EXPLAINED
          && audit.explanations().stream().anyMatch(it -> it.contains(text));
    }
  }
}
