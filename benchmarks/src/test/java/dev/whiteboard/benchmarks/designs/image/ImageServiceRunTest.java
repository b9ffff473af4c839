package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.ratelimit.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ImageServiceRunTest {
  /** Time is simulated and the load is seeded, so that every line can be asserted. */
  @TestFactory
  List<DynamicTest> predictionsComeTrue() {
    List<String> steps = new ArrayList<>();
    ImageServiceRun.Outcome outcome = ImageServiceRun.run(steps::add);
    assertEquals(ImageServiceRun.STEPS, steps.size(), "the report's progress counts the steps");
    return outcome.predictions().stream()
        .map(prediction -> DynamicTest.dynamicTest(
            prediction.what(), () -> assertTrue(prediction.holds(), prediction.toString())))
        .toList();
  }

  @Test
  void read_unknownImage_isNothing() {
    ImageService service = service();
    assertEquals(Optional.empty(), service.read(42));
  }

  @Test
  void write_thenRead_returnsTheImage() {
    ImageService service = service();
    long id = service.write(1, new byte[] {1, 2, 3}).orElseThrow();
    assertArrayEquals(new byte[] {1, 2, 3}, service.read(id).orElseThrow());
    assertArrayEquals(new byte[] {1, 2, 3}, service.read(id).orElseThrow());
    assertEquals(0.5, service.cacheStats().hitRatio());
    assertEquals(3, service.bytesIn());
    assertEquals(6, service.bytesOut());
  }

  @Test
  void write_aboveTheLimit_isRefusedAndStoresNothing() {
    ImageService service = service();
    service.write(1, new byte[1]);
    service.write(1, new byte[1]);
    assertTrue(service.write(1, new byte[1]).isEmpty());
    assertTrue(service.write(2, new byte[1]).isPresent());
    assertEquals(3, service.bytesIn());
  }

  @Test
  void write_emptyImage_isRefused() {
    assertEquals(
        "image must not be empty",
        assertThrows(IllegalArgumentException.class, () -> service().write(1, new byte[0]))
            .getMessage());
  }

  @Test
  void prediction_farFromTheMeasurement_doesNotHold() {
    Prediction near = new Prediction("bytes", "B", 100, 104, 5, "");
    Prediction far = new Prediction("bytes", "B", 100, 106, 5, "");
    assertEquals(0.04, near.error(), 1e-12);
    assertEquals(List.of(true, false), List.of(near.holds(), far.holds()));
  }

  private static ImageService service() {
    SimulatedTime time = new SimulatedTime();
    ImageService service =
        new ImageService(List.of("a", "b", "c"), 2, 10, Limit.perSecond(2), time, time);
    time.advanceSeconds(1);
    return service;
  }
}
