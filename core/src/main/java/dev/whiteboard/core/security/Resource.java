package dev.whiteboard.core.security;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is asked for: all that a policy needs to know of it.
 *
 * @param ownerId the id of the user whose it is, or nothing if it is nobody's
 * @param visibility whether what anyone may do applies to it
 */
public record Resource(Optional<String> ownerId, Visibility visibility) {
  /** Whether what anyone may do applies. */
  public enum Visibility {
    /** For its owner and for roles. */
    PRIVATE,
    /** For anyone too, with or without an account. */
    PUBLIC
  }

  /**
   * Describes a resource.
   *
   * @param ownerId the id of the user whose it is, not empty, or nothing if it is nobody's
   * @param visibility whether what anyone may do applies to it
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code ownerId} is an empty text
   */
  public Resource {
    requireNonNull(ownerId, "ownerId");
    requireNonNull(visibility, "visibility");
    checkArgument(!ownerId.equals(Optional.of("")), "ownerId must not be empty");
  }

  /**
   * Describes a resource that is not for anyone.
   *
   * @param ownerId the id of the user whose it is, not empty
   * @return a private resource
   * @throws NullPointerException if {@code ownerId} is null
   * @throws IllegalArgumentException if {@code ownerId} is empty
   */
  public static Resource privateOf(String ownerId) {
    return new Resource(Optional.of(requireNonNull(ownerId, "ownerId")), Visibility.PRIVATE);
  }

  /**
   * Describes a resource for anyone.
   *
   * @param ownerId the id of the user whose it is, not empty
   * @return a public resource
   * @throws NullPointerException if {@code ownerId} is null
   * @throws IllegalArgumentException if {@code ownerId} is empty
   */
  public static Resource publicOf(String ownerId) {
    return new Resource(Optional.of(requireNonNull(ownerId, "ownerId")), Visibility.PUBLIC);
  }
}
