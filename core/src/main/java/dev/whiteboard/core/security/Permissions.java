package dev.whiteboard.core.security;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.whiteboard.core.security.Resource.Visibility;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides who may do what with a resource: its owner, the holder of a role, or anyone if it is public.
 *
 * <pre>{@code
 * Permissions<Action> permissions = Permissions.builder(Action.class)
 *     .anyone(VIEW)
 *     .owner(VIEW, EDIT, DELETE)
 *     .role("moderator", VIEW, DELETE)
 *     .role("admin", EDIT).include("admin", "moderator")
 *     .build();
 * permissions.permits(Subject.user("ada"), EDIT, Resource.publicOf("ada"));
 * }</pre>
 *
 * <p><b>Idea.</b> Roles are sets of actions, and a role may include others: R. Sandhu et al., <i>Role-Based Access Control
 * Models</i>, 1996. Two rules know the resource: what its owner may do, and what anyone may do if it is public. There are
 * only permissions and no prohibitions, so what no rule permits is denied, the order of the rules does not matter, and
 * another rule or role never takes anything away.
 *
 * <p><b>Cost.</b> A decision looks up each of the subject's roles once; inclusions are resolved when the policy is built.
 * <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> A role holds for every resource. There are no roles for one resource or group, no resources inside
 * resources, and no attributes such as the time or the address. Sharing with named people and folders needs relations
 * (Zanzibar's descendants, such as OpenFGA); attributes need a policy language (OPA, Cedar). To let in whoever holds a
 * link: {@link SignedLink}.
 *
 * @param <A> the actions
 */
public final class Permissions<A extends Enum<A>> {
  private final Set<A> anyone;
  private final Set<A> owner;

  /** What each role permits, by itself or by what it includes. */
  private final ImmutableMap<String, Set<A>> roles;

  private Permissions(Builder<A> builder) {
    anyone = Sets.immutableEnumSet(builder.anyone);
    owner = Sets.immutableEnumSet(builder.owner);
    roles = builder.resolved();
  }

  /**
   * Starts to describe a policy.
   *
   * @param actions the enum of the actions
   * @param <A> the actions
   * @return a builder that permits nothing yet
   * @throws NullPointerException if {@code actions} is null
   */
  public static <A extends Enum<A>> Builder<A> builder(Class<A> actions) {
    return new Builder<>(requireNonNull(actions, "actions"));
  }

  /**
   * Decides.
   *
   * @param subject who asks
   * @param action what for
   * @param resource with what
   * @return true if a rule permits it
   * @throws NullPointerException if an argument is null
   */
  public boolean permits(Subject subject, A action, Resource resource) {
    requireNonNull(subject, "subject");
    requireNonNull(action, "action");
    requireNonNull(resource, "resource");
    return anyoneMay(action, resource)
        || ownerMay(subject, action, resource)
        || subject.roles().stream().anyMatch(role -> roleMay(role, action));
  }

  /**
   * Says in one line why {@link #permits} decides as it does, in the policy's words and without ids: {@code permitted:
   * role admin may DELETE}, or {@code denied: DELETE is for the owner and the roles [moderator, admin]}.
   *
   * @param subject who asks
   * @param action what for
   * @param resource with what
   * @return a line that starts with {@code permitted:} or {@code denied:}
   * @throws NullPointerException if an argument is null
   */
  public String explain(Subject subject, A action, Resource resource) {
    if (!permits(subject, action, resource)) {
      return "denied: " + action.name() + " is for " + whoMay(action);
    }
    if (anyoneMay(action, resource)) {
      return "permitted: anyone may " + action.name() + " what is public";
    }
    if (ownerMay(subject, action, resource)) {
      return "permitted: the owner may " + action.name();
    }
    String role = subject.roles().stream()
        .filter(each -> roleMay(each, action))
        .findFirst()
        .orElseThrow();
    return "permitted: role " + role + " may " + action.name();
  }

  private String whoMay(A action) {
    Set<String> able = Sets.filter(roles.keySet(), role -> roleMay(role, action));
    Set<String> who = new LinkedHashSet<>();
    if (anyone.contains(action)) {
      who.add("anyone if it is public");
    }
    if (owner.contains(action)) {
      who.add("the owner");
    }
    if (!able.isEmpty()) {
      who.add("the roles " + able);
    }
    return who.isEmpty() ? "nobody" : String.join(" and ", who);
  }

  private boolean anyoneMay(A action, Resource resource) {
    return resource.visibility() == Visibility.PUBLIC && anyone.contains(action);
  }

  /** Nobody is not the owner of what is nobody's. */
  private boolean ownerMay(Subject subject, A action, Resource resource) {
    return subject.id().isPresent()
        && subject.id().equals(resource.ownerId())
        && owner.contains(action);
  }

  private boolean roleMay(String role, A action) {
    return roles.getOrDefault(role, ImmutableSet.of()).contains(action);
  }

  /**
   * Describes a policy. A call adds to what earlier calls permit.
   *
   * <p><b>Thread safety.</b> For one thread.
   *
   * @param <A> the actions
   */
  public static final class Builder<A extends Enum<A>> {
    private final Class<A> type;
    private final Set<A> anyone;
    private final Set<A> owner;
    private final Map<String, Set<A>> own = new LinkedHashMap<>();
    private final Map<String, Set<String>> included = new LinkedHashMap<>();

    private Builder(Class<A> type) {
      this.type = type;
      anyone = EnumSet.noneOf(type);
      owner = EnumSet.noneOf(type);
    }

    /**
     * Permits actions on public resources to anyone, signed in or not.
     *
     * @param actions what anyone may do
     * @return this builder
     * @throws NullPointerException if an argument is null
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is only read.
    public final Builder<A> anyone(A... actions) {
      anyone.addAll(copy(actions));
      return this;
    }

    /**
     * Permits actions on a resource to its owner.
     *
     * @param actions what an owner may do
     * @return this builder
     * @throws NullPointerException if an argument is null
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is only read.
    public final Builder<A> owner(A... actions) {
      owner.addAll(copy(actions));
      return this;
    }

    /**
     * Adds a role, and permits actions on every resource to it.
     *
     * @param role the role's name, of 1 to 64 letters, digits, dots, colons, hyphens and underscores, all of ASCII
     * @param actions what the role may do; may be none
     * @return this builder
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if {@code role} is not such a name
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is only read.
    public final Builder<A> role(String role, A... actions) {
      checkArgument(
          requireNonNull(role, "role").matches("[A-Za-z0-9._:-]{1,64}"),
          "role must match [A-Za-z0-9._:-]{1,64}, was %s",
          role);
      Set<A> checked = copy(actions);
      own.computeIfAbsent(role, added -> EnumSet.noneOf(type)).addAll(checked);
      return this;
    }

    /**
     * Permits to a role what other roles may do. Both may be added later.
     *
     * @param role the role that may do more
     * @param roles the roles that it includes
     * @return this builder
     * @throws NullPointerException if an argument is null
     */
    public Builder<A> include(String role, String... roles) {
      requireNonNull(role, "role");
      Set<String> checked = ImmutableSet.copyOf(requireNonNull(roles, "roles"));
      included.computeIfAbsent(role, added -> new LinkedHashSet<>()).addAll(checked);
      return this;
    }

    /**
     * Creates the policy.
     *
     * @return a policy
     * @throws IllegalArgumentException if an inclusion names a role that was not added, or roles include each other in a
     *     circle
     */
    public Permissions<A> build() {
      return new Permissions<>(this);
    }

    private ImmutableMap<String, Set<A>> resolved() {
      Map<String, Set<A>> resolved = new LinkedHashMap<>();
      included.keySet().forEach(this::checkAdded);
      own.keySet().forEach(role -> resolve(role, new LinkedHashSet<>(), resolved));
      ImmutableMap.Builder<String, Set<A>> inOrder = ImmutableMap.builder();
      own.keySet()
          .forEach(
              role -> inOrder.put(role, Sets.immutableEnumSet(requireNonNull(resolved.get(role)))));
      return inOrder.buildOrThrow();
    }

    /** Depth first; {@code above} are the roles on the way here. */
    private Set<A> resolve(String role, Set<String> above, Map<String, Set<A>> resolved) {
      Set<A> done = resolved.get(role);
      if (done != null) {
        return done;
      }
      checkAdded(role);
      boolean first = above.add(role);
      checkArgument(first, "roles must not include each other in a circle, was %s", above);
      Set<A> actions = EnumSet.copyOf(requireNonNull(own.get(role)));
      for (String each : included.getOrDefault(role, Set.of())) {
        actions.addAll(resolve(each, above, resolved));
      }
      above.remove(role);
      resolved.put(role, actions);
      return actions;
    }

    private void checkAdded(String role) {
      checkArgument(own.containsKey(role), "include must name roles that are added, was %s", role);
    }

    private static <A> Set<A> copy(A[] actions) {
      return ImmutableSet.copyOf(requireNonNull(actions, "actions"));
    }
  }
}
