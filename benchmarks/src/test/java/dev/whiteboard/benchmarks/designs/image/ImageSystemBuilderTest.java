package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSystemBuilderTest {
  @TempDir
  Path data;

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 3, 48, Integer.MAX_VALUE})
  void cacheSegments_noPowerOfTwo_namesTheRange(int segments) {
    ImageSystemBuilder builder = ImageSystem.builder(data);
    String message = String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> builder.cacheSegments(segments))
            .getMessage());
    assertTrue(message.startsWith("segments must be "), message);
    assertTrue(message.endsWith(", was " + segments), message);
  }

  @Test
  void close_viewsThatWereCountedAMomentAgo_areKept() throws Exception {
    try (ImageSystem system = start()) {
      Client ada = Client.of(system).signUp("ada");
      String code = ada.add("seen once", true, Pictures.png(1));
      assertEquals(200, ada.get("/i/" + code).statusCode());
    }
    try (ImageSystem system = start()) {
      Client bob = Client.of(system).signUp("bob");
      String overview = new String(bob.getFromWrite("/analytics").body(), StandardCharsets.UTF_8);
      assertTrue(
          overview.contains("\"title\":\"seen once\",\"owner\":\"ada\",\"views\":1}"), overview);
    }
  }

  private ImageSystem start() throws Exception {
    return ImageSystem.builder(data).passwordIterations(10).forced(false).start();
  }
}
