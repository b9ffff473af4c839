package dev.whiteboard.partitioning;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * See {@link Placement#ketama()}. The arithmetic, its rounding in float included, is that of {@code ketama.c} in
 * libketama (RJ/ketama). The 32-bit circle of libketama becomes the upper half of the ring's 64 bits.
 */
enum KetamaPlacement implements Placement {
  INSTANCE;

  /** MD5 digests for a server of average weight. */
  private static final double DIGESTS = 40.0;

  /** Points cut from one digest of 16 bytes. */
  private static final int POINTS_PER_DIGEST = 4;

  @Override
  public long points(int weight, int nodes, long totalWeight) {
    float share = (float) weight / totalWeight;
    return POINTS_PER_DIGEST * (long) (float) (share * DIGESTS * nodes);
  }

  @Override
  public long[] positions(String label, int points) {
    ByteBuffer digests = ByteBuffer.allocate(points * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < points / POINTS_PER_DIGEST; i++) {
      digests.put(md5(label + "-" + i).asBytes());
    }
    long[] positions = new long[points];
    for (int i = 0; i < points; i++) {
      positions[i] = (long) digests.getInt(i * Integer.BYTES) << 32;
    }
    return positions;
  }

  @Override
  public long hash(String key) {
    return (long) md5(key).asInt() << 32;
  }

  /** MD5 is what libketama uses; it spreads the keys and protects nothing. */
  @SuppressWarnings("deprecation")
  private static HashCode md5(String text) {
    return Hashing.md5().hashString(text, UTF_8);
  }
}
