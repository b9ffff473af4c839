package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDriveTest {
  private static final Design DESIGN = Designs.named("file-drive");

  /** A. Xu, System Design Interview, chapter 16, as noted in preslavmihaylov/booknotes e82ff15; published as 500 PB, 240 and 480. */
  @ParameterizedTest
  @CsvSource({"allocated, 5e17", "write-rate, 231.481481481", "peak-write-rate, 462.962962963"})
  void publishedExercise_isReproduced(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** 36.5 bn versions of 501 KB for 50 M users: 3.7 % of the 10 GB that each was promised. */
  @Test
  void keptPerUser_isFarLessThanTheQuota() {
    double kept = 20e6 * 365 * 5 * 501_000 / 50e6;
    assertEquals(kept, DESIGN.plan().step("kept-per-user").value().value(), 1e-9 * kept);
    assertEquals(0.0366, kept / 10e9, 1e-4);
  }

  /** 463 uploads a second at the peak, nine fragments of each. */
  @Test
  void fragments_areNineForAnUpload() {
    assertEquals(4166.666667, Requests.on(DESIGN, "blocks", "store", "write fragments"), 1e-6);
  }

  /** 10 M x 2 devices x sqrt(20 % x 40 %), one poll a minute each; 94,744/s x 0.5 ms ÷ (16 x 60 %) = 4.9 servers, two spares. */
  @Test
  void polls_decideTheNotifiers() {
    double polls = 20e6 * Math.sqrt(0.08) / 60;
    assertEquals(polls, Requests.on(DESIGN, "client", "notify", "long polls"), 1e-9 * polls);
    assertEquals(7, DESIGN.load("notify").servers());
  }

  /** Five times fewer polls: now the 113 GB of connections need four servers of 32 GB, two spares. */
  @Test
  void longerPolls_leaveTheMemoryOfConnections() {
    Design patient = DESIGN.with("poll-wait", "300 s");
    double polls = 20e6 * Math.sqrt(0.08) / 300;
    assertEquals(polls, Requests.on(patient, "client", "notify", "long polls"), 1e-9 * polls);
    assertEquals(6, patient.load("notify").servers());
  }

  /** 109.5 TB of rows on 11 + 2 servers of 10 TB. */
  @Test
  void bottleneck_isTheDatabase() {
    assertEquals("database", DESIGN.bottleneck().orElseThrow().component().id());
    assertEquals(109.5 / 130, DESIGN.bottleneck().orElseThrow().pressure(), 1e-9);
  }
}
