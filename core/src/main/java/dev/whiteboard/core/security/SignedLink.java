package dev.whiteboard.core.security;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Longs;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signs a link, so that whoever holds it may make that one request until a time, and nobody can make it say another.
 *
 * <pre>{@code
 * SignedLink links = SignedLink.builder().key("2026-11", secret).key("2026-10", olderSecret).build();
 * String link = links.sign("/images/abc?size=small", expires);
 * // /images/abc?size=small&expires=1795435200000&key=2026-11&signature=...
 * if (links.verify(link) == SignedLink.Verdict.VALID) ...
 * }</pre>
 *
 * <p><b>Idea.</b> The signature is an HMAC-SHA-256 (RFC 2104) over a canonical form, in base64url without padding. The
 * canonical form is lines of ASCII with a line feed between them: {@code signed-link/1}, the method, the path, and the
 * parameters, {@code expires} and {@code key} among them, sorted by name. No line can contain a line feed, so two
 * requests never have one form. The first key signs and all keys verify: to rotate, put a new key first, and drop the
 * old one when its last link has expired.
 *
 * <p><b>What counts as the same request.</b> Parameters may come in any order. Everything else counts as it is written:
 * {@code %2F} is neither {@code /} nor {@code %2f}, {@code +} is not {@code %20}, {@code a=} is not {@code a}, and a
 * question mark or {@code &} at the end adds a parameter without a name. What clients and servers read differently is
 * refused, in signing and in verifying: a parameter whose name stands twice (after decoding), a fragment, dot segments
 * (with {@code %2e} too), two slashes at the start, half an escape, and characters that a URI does not have. A {@code
 * HEAD} is not a {@code GET}. The host is not signed: give each service its own keys.
 *
 * <p><b>Cost.</b> Two hashes over the canonical form and some copies of it; a link longer than 16,384 characters is
 * refused unread. <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> A link cannot be called back before it expires, and works for everybody who sees it, in a log or a
 * referrer too: keep it short-lived, and use a session with {@link Permissions} where the person matters. A token that
 * carries claims to other services: JWT.
 */
public final class SignedLink {
  private static final String FIRST_LINE = "signed-link/1";
  private static final String EXPIRES = "expires";
  private static final String KEY = "key";
  private static final String SIGNATURE = "signature";

  private static final Instant LAST_EXPIRY = Instant.parse("9999-12-31T23:59:59.999Z");

  /** A token of RFC 9110, section 5.6.2. */
  private static final CharMatcher OF_A_METHOD = CharMatcher.inRange('A', 'Z')
      .or(CharMatcher.inRange('a', 'z'))
      .or(CharMatcher.inRange('0', '9'))
      .or(CharMatcher.anyOf("!#$%&'*+-.^_`|~"))
      .precomputed();

  /** What a link is worth. */
  public enum Verdict {
    /** Signed by one of the keys, and not expired. */
    VALID,
    /** Signed by one of the keys, but its time is over. */
    EXPIRED,
    /** Not signed by one of the keys for this request, or not a link at all. */
    FORGED
  }

  /** The first one signs. */
  private final ImmutableMap<String, HashFunction> keys;

  private final InstantSource clock;

  private SignedLink(Builder builder) {
    keys = ImmutableMap.copyOf(builder.keys);
    clock = builder.clock;
  }

  /**
   * Starts to describe a signer.
   *
   * @return a builder with no key and the system's clock
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Signs a link for GET: {@link #sign(String, String, Instant)}.
   *
   * @param target the path and the query, such as {@code /images/abc?size=small}
   * @param expires the time from which on the link is expired, in 1970 to 9999, read in whole milliseconds
   * @return the target with {@code expires}, {@code key} and {@code signature} added to its parameters
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code target} is refused (see above) or has one of these parameters already, or
   *     {@code expires} is out of range
   */
  public String sign(String target, Instant expires) {
    return sign("GET", target, expires);
  }

  /**
   * Signs a link. The clock is not read: a link may be expired from the start.
   *
   * @param method what may be done, such as {@code PUT}; the case counts
   * @param target the path and the query, such as {@code /images/abc?size=small}
   * @param expires the time from which on the link is expired, in 1970 to 9999, read in whole milliseconds
   * @return the target with {@code expires}, {@code key} and {@code signature} added to its parameters
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code method} is not a method of HTTP, {@code target} is refused (see above) or
   *     has one of these parameters already, or {@code expires} is out of range
   */
  public String sign(String method, String target, Instant expires) {
    requireNonNull(method, "method");
    requireNonNull(target, "target");
    requireNonNull(expires, "expires");
    checkArgument(isMethod(method), "method must be a token of HTTP, was %s", method);
    checkUnsigned(LinkTarget.of(target));
    checkArgument(
        !expires.isBefore(Instant.EPOCH) && !expires.isAfter(LAST_EXPIRY),
        "expires must be in [%s, %s], was %s",
        Instant.EPOCH,
        LAST_EXPIRY,
        expires);
    Map.Entry<String, HashFunction> signer = keys.entrySet().iterator().next();
    String separator = target.contains("?") ? "&" : "?";
    String terms = EXPIRES + "=" + expires.toEpochMilli() + "&" + KEY + "=" + signer.getKey();
    String unsigned = target + separator + terms;
    String signature = signature(signer.getValue(), method, LinkTarget.of(unsigned));
    String link = unsigned + "&" + SIGNATURE + "=" + signature;
    LinkTarget.checkLength(link);
    return link;
  }

  /**
   * Judges a link that is used for GET: {@link #verify(String, String)}.
   *
   * @param target the path and the query as they stand in the request line, not decoded
   * @return whether it is signed, and its time
   * @throws NullPointerException if {@code target} is null
   */
  public Verdict verify(String target) {
    return verify("GET", target);
  }

  /**
   * Judges a link. Whatever a client sends gets a verdict, not an exception.
   *
   * @param method the method of the request
   * @param target the path and the query as they stand in the request line, not decoded
   * @return whether it is signed, and its time
   * @throws NullPointerException if an argument is null
   */
  public Verdict verify(String method, String target) {
    requireNonNull(method, "method");
    requireNonNull(target, "target");
    if (!isMethod(method)) {
      return Verdict.FORGED;
    }
    try {
      return judge(method, LinkTarget.of(target));
    } catch (IllegalArgumentException notATarget) {
      return Verdict.FORGED;
    }
  }

  private Verdict judge(String method, LinkTarget link) {
    HashFunction key = keys.get(link.value(KEY).orElse(""));
    Optional<String> signature = link.value(SIGNATURE);
    Long expires = Longs.tryParse(link.value(EXPIRES).orElse(""));
    if (key == null || signature.isEmpty() || expires == null) {
      return Verdict.FORGED;
    }
    // The texts are compared: base64 has several texts for the same bytes.
    byte[] expected = signature(key, method, link).getBytes(US_ASCII);
    if (!MessageDigest.isEqual(expected, signature.get().getBytes(US_ASCII))) {
      return Verdict.FORGED;
    }
    return clock.millis() < expires ? Verdict.VALID : Verdict.EXPIRED;
  }

  static String signature(HashFunction key, String method, LinkTarget link) {
    StringBuilder canonical = new StringBuilder(FIRST_LINE);
    canonical.append('\n').append(method).append('\n').append(link.path());
    link.parameters().forEach((name, parameter) -> {
      if (!name.equals(SIGNATURE)) {
        canonical.append('\n').append(parameter);
      }
    });
    return BaseEncoding.base64Url()
        .omitPadding()
        .encode(key.hashString(canonical, US_ASCII).asBytes());
  }

  private static boolean isMethod(String method) {
    return !method.isEmpty() && OF_A_METHOD.matchesAllOf(method);
  }

  private static void checkUnsigned(LinkTarget target) {
    for (String name : new String[] {EXPIRES, KEY, SIGNATURE}) {
      checkArgument(
          !target.parameters().containsKey(name),
          "target must not have the parameter %s, was %s",
          name,
          target.parameters().get(name));
    }
  }

  /** HMAC-SHA-256 with a key of any length but none. */
  static HashFunction hmac(byte[] secret) {
    return Hashing.hmacSha256(secret);
  }

  /**
   * Describes a signer.
   *
   * <p><b>Thread safety.</b> For one thread.
   */
  public static final class Builder {
    /** As long as the hash: RFC 2104, section 3, advises against less. */
    private static final int SHORTEST_SECRET = 32;

    private final Map<String, HashFunction> keys = new LinkedHashMap<>();
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /**
     * Adds a key. The first one signs, all of them verify.
     *
     * @param id the name that links carry, of 1 to 64 letters, digits, dots, hyphens and underscores, all of ASCII
     * @param secret 32 or more random bytes, which are copied
     * @return this builder
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if {@code id} is not such a name or is there already, or {@code secret} is too short
     */
    public Builder key(String id, byte[] secret) {
      requireNonNull(id, "id");
      requireNonNull(secret, "secret");
      checkArgument(
          id.matches("[A-Za-z0-9._-]{1,64}"), "id must match [A-Za-z0-9._-]{1,64}, was %s", id);
      checkArgument(
          secret.length >= SHORTEST_SECRET,
          "secret must have at least %s bytes, had %s",
          SHORTEST_SECRET,
          secret.length);
      checkArgument(!keys.containsKey(id), "id must not be there already, was %s", id);
      keys.put(id, hmac(secret));
      return this;
    }

    /**
     * Sets the clock that expires links.
     *
     * @param clock the source of the time of day
     * @return this builder
     * @throws NullPointerException if {@code clock} is null
     */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Creates the signer.
     *
     * @return a signer
     * @throws IllegalStateException if there is no key
     */
    public SignedLink build() {
      if (keys.isEmpty()) {
        throw new IllegalStateException("there must be at least 1 key, were 0");
      }
      return new SignedLink(this);
    }
  }
}
