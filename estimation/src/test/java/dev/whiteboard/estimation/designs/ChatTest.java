package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTest {
  private static final Design DESIGN = Designs.named("chat");

  /** karanpratapsingh/system-design a5c0c1a README.md #whatsapp, published as 2 billion, 24K, 200 GB, 10 TB, 38 PB, 120 MB/s. */
  @ParameterizedTest
  @CsvSource({
    "writes, 2e9",
    "write-rate, 23148.148148148",
    "text-per-day, 2e11",
    "media-per-day, 1e13",
    "raw-storage, 3.723e16",
    "ingress, 118055555.555556"
  })
  void publishedExercise_isReproduced(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** 46,296 messages a second at the peak, three copies of each. */
  @Test
  void append_isEachCopy() {
    assertEquals(138_888.888889, Requests.on(DESIGN, "chat", "messages", "append each copy"), 1e-6);
  }

  /** 50 M x sqrt(30 % x 50 %) = 19.4 M connections of 20 KB on 25 gateways of 16 GB, and half as many again. */
  @Test
  void gateways_areByConnectionsAndAZone() {
    assertEquals(
        50e6 * Math.sqrt(0.15), DESIGN.plan().step("connections").value().value(), 1);
    assertEquals(25, DESIGN.load("gateway").needed().orElseThrow().value().value());
    assertEquals(37, DESIGN.load("gateway").servers());
  }

  /** 40 M connections take 50 gateways and 25 spares; the phones of a fifth of the recipients are woken. */
  @Test
  void moreOnline_moreGateways_fewerPhonesWoken() {
    Design online = DESIGN.with("online", "80%");
    assertEquals(75, online.load("gateway").servers());
    double woken = 2e9 / 86_400 * 2 * 2 * 0.2;
    assertEquals(woken, Requests.on(online, "chat", "notify", "wake the phone"), 1e-9 * woken);
  }

  /** 2.19 PB of texts and 109.5 PB of files: the same share of 137 servers each, and the texts come first. */
  @Test
  void bottleneck_isTheMessagesDisks() {
    assertEquals("messages", DESIGN.bottleneck().orElseThrow().component().id());
    assertEquals(2190.0 / (137 * 20), DESIGN.load("messages").full(), 1e-9);
    assertEquals(109.5 / 137, DESIGN.load("files").full(), 1e-9);
  }
}
