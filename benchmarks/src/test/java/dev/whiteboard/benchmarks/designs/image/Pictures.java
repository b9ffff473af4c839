package dev.whiteboard.benchmarks.designs.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;
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
    return encode(picture, format);
  }

  static byte[] encode(BufferedImage picture, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A small PNG whose chunks are whole, and whose header claims a size of which there is not a row. */
  static byte[] bomb(int width, int height) {
    byte[] png = png(1);
    CRC32 crc = new CRC32();
    ByteBuffer bytes = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    crc.update(png, 12, 17);
    bytes.putInt(29, (int) crc.getValue());
    return png;
  }
}
