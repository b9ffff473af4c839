package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailerTest {
  private static BufferedImage picture(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
  }

  private static BufferedImage shrink(BufferedImage picture) throws Exception {
    byte[] thumbnail = Thumbnailer.shrink(Pictures.encode(picture, "png"), "image/png");
    return ImageIO.read(new ByteArrayInputStream(thumbnail));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "256, 255, 256, 255",
    "257, 100, 256, 100",
    "300, 900, 85, 256",
    "3000, 2000, 256, 171",
    "40000, 1, 256, 1",
    "1, 65535, 1, 256"
  })
  void shrink_anySize_keepsTheAspectRatio(int width, int height, int newWidth, int newHeight)
      throws Exception {
    BufferedImage thumbnail = shrink(picture(width, height));
    assertEquals(newWidth, thumbnail.getWidth());
    assertEquals(newHeight, thumbnail.getHeight());
  }

  @ParameterizedTest
  @CsvSource({"png, image/png", "jpeg, image/jpeg", "gif, image/gif"})
  void shrink_opaqueImage_isJpeg(String format, String contentType) throws Exception {
    byte[] thumbnail = Thumbnailer.shrink(Pictures.encode(1, format), contentType);
    assertEquals(ImageFormat.JPEG, ImageFormat.of(thumbnail));
  }

  /** 64 of 512 columns can be seen; 32 of 256 columns of the thumbnail can. */
  @Test
  void shrink_transparentImage_isPngThatCanBeSeenThroughInTheSamePlaces() throws Exception {
    BufferedImage picture = picture(512, 4);
    for (int i = 0; i < 64 * 4; i++) {
      picture.setRGB(i % 64, i / 64, 0xFF_12_34_56);
    }
    BufferedImage thumbnail = shrink(picture);
    assertEquals(0xFF_12_34_56, thumbnail.getRGB(31, 1));
    assertEquals(0, thumbnail.getRGB(32, 1));
  }

  /** Columns of 255 and 0 by turns, red being half as opaque: the mean is 2 of 3 parts blue. */
  @Test
  void shrink_mixedColours_isTheirMeanAsTheyAreOpaque() throws Exception {
    BufferedImage picture = picture(512, 2);
    for (int x = 0; x < 512; x++) {
      for (int y = 0; y < 2; y++) {
        picture.setRGB(x, y, x % 2 == 0 ? 0x80_FF_00_00 : 0xFF_00_00_FF);
      }
    }
    int alpha = (0x80 + 0xFF + 1) / 2;
    int red = 0xFF * 0x80 / (0x80 + 0xFF);
    int blue = 0xFF * 0xFF / (0x80 + 0xFF);
    assertEquals((alpha << 24) | (red << 16) | blue, shrink(picture).getRGB(100, 0));
  }

  @ParameterizedTest
  @CsvSource({"60000, 60000", "8000, 5001", "65536, 1", "2147483647, 2147483647"})
  void shrink_headerThatClaimsTooMuch_isRefusedUnread(int width, int height) {
    Exception e = assertThrows(
        IIOException.class, () -> Thumbnailer.shrink(Pictures.bomb(width, height), "image/png"));
    assertEquals("the image has %d x %d pixels".formatted(width, height), e.getMessage());
  }

  @Test
  void shrink_headerThatClaimsTheMost_isReadAndThenFoundDamaged() {
    Exception e = assertThrows(
        IIOException.class, () -> Thumbnailer.shrink(Pictures.bomb(8000, 5000), "image/png"));
    assertTrue(!e.getMessage().contains("pixels"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"png, image/png", "jpeg, image/jpeg", "gif, image/gif"})
  void shrink_cutOffAnywhere_isAnImageOrRefused(String format, String contentType) {
    byte[] whole = Pictures.encode(1, format);
    int refused = 0;
    for (int length = 0; length < whole.length; length += 7) {
      try {
        Thumbnailer.shrink(Arrays.copyOf(whole, length), contentType);
      } catch (IIOException e) {
        refused++;
      }
    }
    assertTrue(refused > 1, "only the first length");
  }

  @Test
  void shrink_typeThatNothingReads_isRefused() {
    Exception e =
        assertThrows(IIOException.class, () -> Thumbnailer.shrink(Pictures.png(1), "image/none"));
    assertEquals("nothing reads image/none", e.getMessage());
  }
}
