package dev.whiteboard.benchmarks.designs.http;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.undertow.util.StatusCodes;
import java.util.Map;

/**
 * An answer that is an error: a status and what the client should know, written as RFC 9457 says. It is thrown, so that no
 * handler has to pass it up, and carries no stack trace, for it is an answer and no defect.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  @SuppressWarnings("serial") // never written
  private final ImmutableMap<String, String> fields;

  private Problem(int status, String detail, Map<String, String> fields) {
    super(requireNonNull(detail, "detail"), null, false, false);
    checkArgument(status >= 400 && status <= 599, "status must be in [400, 599], was %s", status);
    this.status = status;
    this.fields = ImmutableMap.copyOf(fields);
  }

  /**
   * Creates a problem.
   *
   * @param status in [400, 599]
   * @param detail what is wrong, for people
   * @throws IllegalArgumentException if {@code status} is out of range
   */
  public static Problem of(int status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  /** Adds a header field to the answer. */
  public Problem with(String field, String value) {
    return with(Map.of(field, value));
  }

  /** Adds header fields to the answer. */
  public Problem with(Map<String, String> more) {
    return new Problem(
        status,
        detail(),
        ImmutableMap.<String, String>builder().putAll(fields).putAll(more).buildKeepingLast());
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What is wrong. */
  public String detail() {
    return requireNonNull(getMessage());
  }

  /** The header fields that go with the answer. */
  ImmutableMap<String, String> fields() {
    return fields;
  }

  /** The members of the JSON object. */
  Map<String, Object> members() {
    return ImmutableMap.of(
        "type",
        "about:blank",
        "title",
        StatusCodes.getReason(status),
        "status",
        status,
        "detail",
        detail());
  }
}
