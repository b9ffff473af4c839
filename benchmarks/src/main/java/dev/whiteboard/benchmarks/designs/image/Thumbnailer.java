package dev.whiteboard.benchmarks.designs.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Shrinks images to at most 256 pixels a side, as JPEG, or as PNG if one can see through.
 *
 * <p><b>Idea.</b> The header says how large the image is before anything is unpacked: a kilobyte can claim gigabytes. The
 * reader then skips all but every n-th row and column, so that what is unpacked has less than 2,048 pixels a side. Each pixel
 * of the thumbnail is the mean of 8 × 8 places in its part of that. Metadata, which may be packed too, is not read.
 *
 * <p><b>Cost.</b> Time as the pixels of the image, up to some seconds; memory as those that are unpacked, up to 50 MB, and a
 * few rows. A progressive JPEG is unpacked by the Java platform's library as a whole, outside the heap.
 */
final class Thumbnailer {
  /** The longest side of a thumbnail. */
  static final int SIDE = 256;

  private static final long MOST_PIXELS = 40_000_000;

  /** A reader holds whole rows, so a row must not have all the pixels. JPEG and GIF end at 65,535. */
  private static final int LONGEST_SIDE = 65_535;

  private static final int UNPACKED_SIDE = 4 * SIDE;

  /** Places on each axis of which a pixel is the mean. What is unpacked has at most 8 times the pixels on an axis. */
  private static final int PLACES = 8;

  private Thumbnailer() {}

  /**
   * Makes a thumbnail of an image's first frame.
   *
   * @param contentType what the image is
   * @return a JPEG or PNG
   * @throws IIOException if the image cannot be decoded, or has more than 40 million pixels or 65,535 on a side
   */
  static byte[] shrink(byte[] image, String contentType) throws IIOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(contentType);
    if (!readers.hasNext()) {
      throw new IIOException("nothing reads " + contentType);
    }
    ImageReader reader = readers.next();
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
      reader.setInput(input, true, true);
      return shrink(reader);
    } catch (IIOException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Readers meet damage that they do not expect with whatever comes of it.
      throw new IIOException("the image cannot be decoded: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private static byte[] shrink(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    int longest = Math.max(width, height);
    if (longest > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
      throw new IIOException("the image has %d x %d pixels".formatted(width, height));
    }
    ImageReadParam param = reader.getDefaultReadParam();
    int every = Math.max(1, longest / UNPACKED_SIDE);
    param.setSourceSubsampling(every, every, 0, 0);
    BufferedImage unpacked = reader.read(0, param);
    double scale = Math.min(1, (double) SIDE / longest);
    return encode(scale(unpacked, side(width * scale), side(height * scale)));
  }

  private static int side(double pixels) {
    return (int) Math.max(1, Math.round(pixels));
  }

  private static BufferedImage scale(BufferedImage from, int width, int height) {
    int[] pixels = from.getRGB(0, 0, from.getWidth(), from.getHeight(), null, 0, from.getWidth());
    int[] columns = places(from.getWidth(), width);
    int[] rows = places(from.getHeight(), height);
    int[] scaled = new int[width * height];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = mean(pixels, from.getWidth(), columns, i % width, rows, i / width);
    }
    boolean opaque = Arrays.stream(scaled).allMatch(argb -> argb >>> 24 == 255);
    BufferedImage to = new BufferedImage(
        width, height, opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    to.setRGB(0, 0, width, height, scaled, 0, width);
    return to;
  }

  /** Where the places of each of {@code to} pixels lie among {@code from}: each in the middle of its share. */
  private static int[] places(int from, int to) {
    int[] places = new int[to * PLACES];
    for (int i = 0; i < places.length; i++) {
      places[i] = (2 * i + 1) * from / (2 * places.length);
    }
    return places;
  }

  /** The mean of the places of a pixel; a colour counts as much as it is opaque. */
  private static int mean(int[] pixels, int stride, int[] columns, int x, int[] rows, int y) {
    int alpha = 0;
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int row = y * PLACES; row < (y + 1) * PLACES; row++) {
      for (int column = x * PLACES; column < (x + 1) * PLACES; column++) {
        int argb = pixels[rows[row] * stride + columns[column]];
        int weight = argb >>> 24;
        alpha += weight;
        red += weight * ((argb >> 16) & 255);
        green += weight * ((argb >> 8) & 255);
        blue += weight * (argb & 255);
      }
    }
    int all = Math.max(1, alpha);
    int opacity = (alpha + PLACES * PLACES / 2) / (PLACES * PLACES);
    return (opacity << 24) | ((red / all) << 16) | ((green / all) << 8) | (blue / all);
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    String format = image.getColorModel().hasAlpha() ? "png" : "jpeg";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, format, output)) {
        throw new IIOException("nothing writes " + format);
      }
    }
    return bytes.toByteArray();
  }
}
