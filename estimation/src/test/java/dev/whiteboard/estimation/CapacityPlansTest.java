package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityPlansTest {
  @Test
  void names_areWhatNamedAccepts() {
    assertEquals(List.of("pastebin", "link-shortener", "image-service"), CapacityPlans.names());
    CapacityPlans.names()
        .forEach(name -> assertEquals(name, CapacityPlans.named(name).name()));
  }

  @Test
  void named_unknownPlan_suggestsTheNearest() {
    assertEquals(
        "unknown plan \"image-servise\": did you mean \"image-service\"? Valid: pastebin, link-shortener, image-service",
        assertThrows(IllegalArgumentException.class, () -> CapacityPlans.named("image-servise"))
            .getMessage());
    assertEquals(
        "name",
        assertThrows(NullPointerException.class, () -> CapacityPlans.named(null))
            .getMessage());
  }

  /** 1 M/day x 365 x 5 x 200.5 KB x 2 copies; size and writes are ×/÷ 2 and ×/÷ 1.25. */
  @Test
  void imageService_storage_isByHand() {
    Estimate storage = CapacityPlans.named("image-service").step("storage").value();
    assertEquals(1e6 * 365 * 5 * 200_500 * 2, storage.value(), 1);
    double factor = Math.exp(Math.hypot(Math.log(400.5 / 200.5), Math.log(1.25)));
    assertEquals(storage.value() * factor, storage.high(), 1e-9 * storage.high());
    assertTrue(storage.low() < storage.value());
  }
}
