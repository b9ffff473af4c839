package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.primitives.Bytes;
import dev.whiteboard.benchmarks.designs.http.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageFormatTest {
  private static byte[] picture(ImageFormat format) {
    return Pictures.encode(1, format.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @EnumSource
  void of_wholeImage_isItsFormat(ImageFormat format) {
    assertEquals(format, ImageFormat.of(picture(format)));
  }

  @ParameterizedTest
  @EnumSource
  void of_everyPrefix_isRefused(ImageFormat format) {
    byte[] image = picture(format);
    for (int length = 0; length < image.length; length++) {
      byte[] prefix = Arrays.copyOf(image, length);
      assertThrows(Problem.class, () -> ImageFormat.of(prefix), () -> "length " + prefix.length);
    }
  }

  @Test
  void of_pngWithAnyBitFlipped_isRefused() {
    byte[] image = picture(ImageFormat.PNG);
    for (int bit = 0; bit < 8 * image.length; bit++) {
      byte[] flipped = image.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(Problem.class, () -> ImageFormat.of(flipped));
    }
  }

  @Test
  void of_jpegWithAPreviewAfterItsEnd_isAJpeg() {
    byte[] image = Bytes.concat(picture(ImageFormat.JPEG), new byte[100]);
    assertEquals(ImageFormat.JPEG, ImageFormat.of(image));
  }

  @Test
  void of_randomBytesAfterAKnownStart_isRefusedAndEnds() {
    Random random = new Random(3);
    for (ImageFormat format : ImageFormat.values()) {
      byte[] image = picture(format);
      for (int i = 0; i < 2000; i++) {
        byte[] noise = new byte[image.length];
        random.nextBytes(noise);
        System.arraycopy(image, 0, noise, 0, 8);
        assertThrows(Problem.class, () -> ImageFormat.of(noise));
      }
    }
  }
}
