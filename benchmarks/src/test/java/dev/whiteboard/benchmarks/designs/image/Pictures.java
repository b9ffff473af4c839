package dev.whiteboard.benchmarks.designs.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images for tests: each number is another picture. */
final class Pictures {
  private Pictures() {}

  static byte[] png(int number) {
    return encode(number, "png");
  }

  static byte[] encode(int number, String format) {
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(number);
    for (int i = 0; i < 256; i++) {
      picture.setRGB(i % 16, i / 16, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
