package dev.whiteboard.benchmarks.traces;

import dev.whiteboard.core.hash.Xxh3;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongConsumer;

/** How a trace names the keys that were asked for. */
public enum TraceFormat {
  /** One key a line; a key is any text. */
  LINES {
    @Override
    void read(InputStream in, Requests.Sink sink) throws IOException {
      LongConsumer requests = Requests.keysOnly(sink);
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          requests.accept(Xxh3.hash(line));
        }
      }
    }
  },

  /** Little-endian 64-bit keys, nothing between them. */
  I64 {
    @Override
    void read(InputStream in, Requests.Sink sink) throws IOException {
      LongConsumer requests = Requests.keysOnly(sink);
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      for (int length = in.readNBytes(buffer, 0, buffer.length);
          length > 0;
          length = in.readNBytes(buffer, 0, buffer.length)) {
        total += length;
        if (length % Long.BYTES != 0) {
          throw new TraceException(
              "has " + total + " bytes, which is no multiple of 8: 64-bit keys take 8 each");
        }
        for (int i = 0; i < length; i += Long.BYTES) {
          requests.accept(littleEndian(buffer, i));
        }
      }
    }
  },

  /** Lines of {@code time,key,size}, with or without a heading; times and sizes are whole numbers. */
  CSV {
    @Override
    void read(InputStream in, Requests.Sink sink) throws IOException {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        int first = line.indexOf(',');
        int second = line.indexOf(',', first + 1);
        boolean heading = number == 1 && !line.isEmpty() && !Character.isDigit(line.charAt(0));
        if (heading || line.isEmpty()) {
          continue;
        }
        if (first < 0 || second < 0) {
          throw new TraceException("has no time,key,size in line " + number + ": " + line);
        }
        long time = number(line.substring(0, first), "time", number, line);
        long size = number(line.substring(second + 1), "size", number, line);
        if (size < 0) {
          throw new TraceException("has a negative size in line " + number + ": " + line);
        }
        sink.accept(time, Xxh3.hash(line.substring(first + 1, second)), size);
      }
    }
  };

  /** Reads to the end of the stream and hands over the requests. */
  abstract void read(InputStream in, Requests.Sink sink) throws IOException;

  private static long number(String text, String name, long number, String line)
      throws TraceException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new TraceException(
          "has no whole number as " + name + " in line " + number + ": " + line, e);
    }
  }

  /** Tells the format by the file's name, without or with {@code .gz}. */
  static TraceFormat of(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    String stem = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (stem.endsWith(".i64")) {
      return I64;
    }
    return stem.endsWith(".csv") ? CSV : LINES;
  }

  private static long littleEndian(byte[] bytes, int at) {
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
