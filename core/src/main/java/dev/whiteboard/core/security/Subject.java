package dev.whiteboard.core.security;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param id the user's id, or nothing for somebody who is not signed in
 * @param roles the user's roles; one that the policy does not know permits nothing
 */
public record Subject(Optional<String> id, Set<String> roles) {
  /** Somebody who is not signed in. */
  public static final Subject ANONYMOUS = new Subject(Optional.empty(), Set.of());

  /**
   * Describes a subject.
   *
   * @param id the user's id, not empty, or nothing for somebody who is not signed in
   * @param roles the user's roles, which are copied; none without an id
   * @throws NullPointerException if an argument or a role is null
   * @throws IllegalArgumentException if {@code id} is an empty text, or there are roles without an id
   */
  public Subject {
    requireNonNull(id, "id");
    roles = ImmutableSet.copyOf(requireNonNull(roles, "roles"));
    checkArgument(!id.equals(Optional.of("")), "id must not be empty");
    checkArgument(
        id.isPresent() || roles.isEmpty(), "roles must be empty without an id, was %s", roles);
  }

  /**
   * Describes a user.
   *
   * @param id the user's id, not empty
   * @param roles the user's roles; the same one twice is one
   * @return the user as a subject
   * @throws NullPointerException if an argument or a role is null
   * @throws IllegalArgumentException if {@code id} is empty
   */
  public static Subject user(String id, String... roles) {
    requireNonNull(id, "id");
    return new Subject(Optional.of(id), ImmutableSet.copyOf(requireNonNull(roles, "roles")));
  }
}
