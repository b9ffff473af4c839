package dev.whiteboard.benchmarks.designs.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.whiteboard.benchmarks.designs.http.Problem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Tells what an image is by its bytes, never by its name, and walks through its blocks to see that it is whole.
 *
 * <p>Nothing is decoded: the walk costs one pass and no memory, and an image that would unpack to a gigabyte does no harm
 * here.
 */
enum ImageFormat {
  PNG("image/png", "\u0089PNG\r\n\u001A\n") {
    /** Chunks of length, type, data and checksum, from IHDR to IEND. */
    @Override
    void walk(ByteBuffer bytes) {
      boolean data = false;
      for (int type = chunk(bytes); type != IEND; type = chunk(bytes)) {
        data |= type == IDAT;
      }
      require(data, "the PNG has no image data");
    }

    private static int chunk(ByteBuffer bytes) {
      int length = bytes.getInt();
      require(length >= 0 && length <= bytes.remaining() - 8, "the PNG is cut off");
      CRC32 crc = new CRC32();
      crc.update(bytes.slice().limit(4 + length));
      int type = bytes.getInt();
      bytes.position(bytes.position() + length);
      require(bytes.getInt() == (int) crc.getValue(), "the PNG is damaged");
      return type;
    }
  },

  JPEG("image/jpeg", "\u00FF\u00D8\u00FF") {
    /** Segments with lengths, and after a start of scan (DA) data in which FF stands only before 00 or a restart. */
    @Override
    void walk(ByteBuffer bytes) {
      bytes.position(2);
      boolean frame = false;
      for (int marker = marker(bytes); marker != 0xD9; marker = marker(bytes)) {
        frame |= marker >= 0xC0 && marker <= 0xC3;
        int length = bytes.getShort() & 0xFFFF;
        require(length >= 2, "the JPEG is damaged");
        bytes.position(bytes.position() + length - 2);
        if (marker == 0xDA) {
          skipScan(bytes);
        }
      }
      require(frame, "the JPEG has no image data");
      bytes.position(bytes.limit()); // cameras append previews
    }

    private static int marker(ByteBuffer bytes) {
      require(bytes.get() == -1, "the JPEG is damaged");
      int marker = bytes.get() & 0xFF;
      while (marker == 0xFF) {
        marker = bytes.get() & 0xFF;
      }
      return marker;
    }

    private static void skipScan(ByteBuffer bytes) {
      int previous = 0;
      int current = bytes.get() & 0xFF;
      while (previous != 0xFF
          || current == 0
          || current == 0xFF
          || (current >= 0xD0 && current <= 0xD7)) {
        previous = current;
        current = bytes.get() & 0xFF;
      }
      bytes.position(bytes.position() - 2);
    }
  },

  GIF("image/gif", "GIF8") {
    /** A screen with or without colours, then images (2C) and extensions (21) as chains of sub-blocks, until 3B. */
    @Override
    void walk(ByteBuffer bytes) {
      bytes.position(10);
      skipColours(bytes, bytes.get());
      bytes.position(bytes.position() + 2);
      boolean image = false;
      for (int block = bytes.get(); block != 0x3B; block = bytes.get()) {
        require(block == 0x2C || block == 0x21, "the GIF is damaged");
        if (block == 0x2C) {
          image = true;
          bytes.position(bytes.position() + 8);
          skipColours(bytes, bytes.get());
        }
        bytes.get();
        for (int length = bytes.get() & 0xFF; length != 0; length = bytes.get() & 0xFF) {
          bytes.position(bytes.position() + length);
        }
      }
      require(image, "the GIF has no image data");
    }

    private static void skipColours(ByteBuffer bytes, byte flags) {
      if (flags < 0) {
        bytes.position(bytes.position() + (3 << ((flags & 7) + 1)));
      }
    }
  };

  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int LONGEST_START = 8;

  private final String contentType;

  /** The bytes that every such image begins with, one a character. */
  private final String start;

  ImageFormat(String contentType, String start) {
    this.contentType = contentType;
    this.start = start;
  }

  /**
   * Tells what an image is.
   *
   * @throws Problem 415 if it is none that we know; 400 if it is cut off, damaged, or has something after its end
   */
  static ImageFormat of(byte[] image) {
    String start = new String(image, 0, Math.min(image.length, LONGEST_START), ISO_8859_1);
    ImageFormat format = Arrays.stream(values())
        .filter(known -> start.startsWith(known.start))
        .findFirst()
        .orElseThrow(() -> Problem.of(415, "the body must be a PNG, JPEG or GIF image"));
    ByteBuffer bytes = ByteBuffer.wrap(image).position(format.start.length());
    try {
      format.walk(bytes);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Problem.of(400, "the " + format + " is cut off");
    }
    require(!bytes.hasRemaining(), "the " + format + " has something after its end");
    return format;
  }

  /** The media type, for instance {@code image/png}. */
  String contentType() {
    return contentType;
  }

  /** Moves to the image's end. Past the last byte is a {@link BufferUnderflowException} or, by position, illegal. */
  abstract void walk(ByteBuffer bytes);

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw Problem.of(400, problem);
    }
  }
}
