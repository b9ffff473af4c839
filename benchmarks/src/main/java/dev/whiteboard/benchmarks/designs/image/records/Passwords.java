package dev.whiteboard.benchmarks.designs.image.records;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with a salt, slowly: PBKDF2 with HMAC-SHA-256 (RFC 8018), which the JDK has. The text names the
 * iterations, so that their number can grow and old passwords stay valid.
 *
 * <p><b>Thread safety.</b> As that of the random generator.
 */
public final class Passwords {
  /** What OWASP's Password Storage Cheat Sheet asks of PBKDF2 with SHA-256. */
  public static final int DEFAULT_ITERATIONS = 600_000;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final int iterations;
  private final RandomGenerator salts;

  /**
   * Creates a hasher.
   *
   * @param iterations how often each password is hashed, at least 1
   * @param salts where salts come from
   * @throws IllegalArgumentException if {@code iterations} is less than 1
   */
  public Passwords(int iterations, RandomGenerator salts) {
    checkArgument(iterations >= 1, "iterations must be >= 1, was %s", iterations);
    this.iterations = iterations;
    this.salts = requireNonNull(salts, "salts");
  }

  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    salts.nextBytes(salt);
    return text(salt, derive(password, salt, iterations));
  }

  /** What no password matches; comparing with it takes as long as with another. */
  String hashOfNothing() {
    return text(new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  private String text(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder();
    return "pbkdf2-sha256$" + iterations + "$" + base64.encodeToString(salt) + "$"
        + base64.encodeToString(hash);
  }

  boolean matches(String password, String hash) {
    List<String> parts = Splitter.on('$').splitToList(hash);
    byte[] salt = Base64.getDecoder().decode(parts.get(2));
    byte[] expected = Base64.getDecoder().decode(parts.get(3));
    return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts.get(1))));
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 8 * HASH_BYTES))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has PBKDF2WithHmacSHA256", e);
    }
  }
}
