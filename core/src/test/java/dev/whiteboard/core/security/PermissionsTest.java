package dev.whiteboard.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.security.Resource.Visibility;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {
  enum Action {
    VIEW,
    EDIT,
    DELETE,
    AUDIT
  }

  private static final Resource HERS = Resource.privateOf("ada");
  private static final Resource SHOWN = Resource.publicOf("ada");
  private static final Subject ADA = Subject.user("ada");
  private static final Subject BOB = Subject.user("bob");

  private final Permissions<Action> permissions = Permissions.builder(Action.class)
      .anyone(Action.VIEW)
      .owner(Action.VIEW, Action.EDIT, Action.DELETE)
      .role("admin", Action.EDIT)
      .include("admin", "moderator")
      .role("moderator", Action.DELETE)
      .include("moderator", "viewer")
      .role("viewer", Action.VIEW)
      .build();

  private List<Action> permitted(Subject subject, Resource resource) {
    return Arrays.stream(Action.values())
        .filter(action -> permissions.permits(subject, action, resource))
        .toList();
  }

  @Nested
  class Deciding {
    @Test
    void permits_owner_whatOwnersMay() {
      assertEquals(List.of(Action.VIEW, Action.EDIT, Action.DELETE), permitted(ADA, HERS));
      assertEquals(List.of(Action.VIEW, Action.EDIT, Action.DELETE), permitted(ADA, SHOWN));
    }

    @Test
    void permits_somebodyElse_whatAnyoneMay() {
      assertEquals(List.of(), permitted(BOB, HERS));
      assertEquals(List.of(Action.VIEW), permitted(BOB, SHOWN));
    }

    @Test
    void permits_anonymous_whatAnyoneMay() {
      assertEquals(List.of(), permitted(Subject.ANONYMOUS, HERS));
      assertEquals(List.of(Action.VIEW), permitted(Subject.ANONYMOUS, SHOWN));
    }

    @Test
    void permits_anonymousWithWhatIsNobodys_isNotItsOwner() {
      Resource nobodys = new Resource(Optional.empty(), Visibility.PRIVATE);
      assertEquals(List.of(), permitted(Subject.ANONYMOUS, nobodys));
      assertEquals(List.of(), permitted(ADA, nobodys));
    }

    @Test
    void permits_role_whatItIncludes() {
      assertEquals(List.of(Action.VIEW), permitted(Subject.user("bob", "viewer"), HERS));
      assertEquals(
          List.of(Action.VIEW, Action.DELETE), permitted(Subject.user("bob", "moderator"), HERS));
      assertEquals(
          List.of(Action.VIEW, Action.EDIT, Action.DELETE),
          permitted(Subject.user("bob", "admin"), HERS));
    }

    @Test
    void permits_severalRoles_whatAnyOfThemMay() {
      assertEquals(
          List.of(Action.VIEW, Action.DELETE),
          permitted(Subject.user("bob", "viewer", "moderator", "viewer"), HERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Admin", "admin ", "", "owner", "anyone"})
    void permits_unknownRole_isNothing(String role) {
      assertEquals(List.of(), permitted(Subject.user("bob", role), HERS));
    }

    @Test
    void permits_idThatDiffersInCase_isSomebodyElse() {
      assertEquals(List.of(), permitted(Subject.user("Ada"), HERS));
    }

    @ParameterizedTest
    @EnumSource
    void permits_emptyPolicy_isNothing(Action action) {
      Permissions<Action> empty = Permissions.builder(Action.class).build();
      assertFalse(empty.permits(ADA, action, SHOWN));
    }

    @Test
    void permits_null_isRefused() {
      assertNull("subject", () -> permissions.permits(null, Action.VIEW, HERS));
      assertNull("action", () -> permissions.permits(ADA, null, HERS));
      assertNull("resource", () -> permissions.permits(ADA, Action.VIEW, null));
      assertNull("subject", () -> permissions.explain(null, Action.VIEW, HERS));
    }
  }

  @Nested
  class Explaining {
    @Test
    void explain_permitted_namesTheRule() {
      assertEquals(
          "permitted: anyone may VIEW what is public",
          permissions.explain(ADA, Action.VIEW, SHOWN));
      assertEquals("permitted: the owner may EDIT", permissions.explain(ADA, Action.EDIT, SHOWN));
      assertEquals(
          "permitted: role moderator may DELETE",
          permissions.explain(Subject.user("bob", "viewer", "moderator"), Action.DELETE, HERS));
    }

    @Test
    void explain_denied_namesWhoMay() {
      assertEquals(
          "denied: VIEW is for anyone if it is public and the owner and the roles [admin, moderator,"
              + " viewer]",
          permissions.explain(BOB, Action.VIEW, HERS));
      assertEquals(
          "denied: DELETE is for the owner and the roles [admin, moderator]",
          permissions.explain(BOB, Action.DELETE, SHOWN));
      assertEquals("denied: AUDIT is for nobody", permissions.explain(ADA, Action.AUDIT, HERS));
    }

    /** What a user chose as a name does not reach the log. */
    @Test
    void explain_idsAndUnknownRoles_areNotPrinted() {
      Subject subject = Subject.user("eve\nfaked", "eve\nfaked");
      String line = permissions.explain(subject, Action.EDIT, Resource.privateOf("eve\nfakes"));
      assertFalse(line.contains("eve"), line);
    }
  }

  @Nested
  class Building {
    private final Permissions.Builder<Action> builder = Permissions.builder(Action.class);

    @Test
    void role_twice_addsUp() {
      Permissions<Action> both =
          builder.role("a", Action.VIEW).role("a", Action.EDIT).build();
      assertTrue(both.permits(Subject.user("bob", "a"), Action.VIEW, HERS));
      assertTrue(both.permits(Subject.user("bob", "a"), Action.EDIT, HERS));
    }

    @Test
    void build_builderUsedFurther_isNotChanged() {
      Permissions<Action> first =
          builder.role("a").anyone(Action.VIEW).owner(Action.VIEW).build();
      builder.role("a", Action.EDIT).anyone(Action.EDIT).owner(Action.EDIT);
      assertFalse(first.permits(Subject.user("ada", "a"), Action.EDIT, SHOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "é"})
    void role_oddName_isRefused(String role) {
      assertEquals(
          "role must match [A-Za-z0-9._:-]{1,64}, was " + role,
          messageOf(() -> builder.role(role, Action.VIEW)));
    }

    @Test
    void role_longName_isRefused() {
      builder.role("x".repeat(64));
      assertThrows(IllegalArgumentException.class, () -> builder.role("x".repeat(65)));
    }

    @Test
    void build_unknownRoleIncluded_isRefused() {
      builder.role("a").include("a", "b");
      assertEquals("include must name roles that are added, was b", messageOf(builder::build));
    }

    @Test
    void build_unknownRoleIncludes_isRefused() {
      builder.role("a").include("b", "a");
      assertEquals("include must name roles that are added, was b", messageOf(builder::build));
    }

    @Test
    void build_circle_isRefused() {
      builder.role("a").role("b").role("c").include("a", "b").include("b", "c").include("c", "b");
      assertEquals(
          "roles must not include each other in a circle, was [a, b, c]",
          messageOf(builder::build));
    }

    @Test
    void build_circleBesideOthers_namesTheWayToItAlone() {
      builder.role("a").role("b").role("c").include("a", "b", "c").include("c", "a");
      assertEquals(
          "roles must not include each other in a circle, was [a, c]", messageOf(builder::build));
    }

    @Test
    void build_roleThatIncludesItself_isRefused() {
      builder.role("a").include("a", "a");
      assertEquals(
          "roles must not include each other in a circle, was [a]", messageOf(builder::build));
    }

    @Test
    void build_includedByTwo_isNoCircle() {
      builder.role("a").role("b").role("c").role("d", Action.VIEW);
      builder.include("a", "b", "c").include("b", "d").include("c", "d");
      assertTrue(builder.build().permits(Subject.user("bob", "a"), Action.VIEW, HERS));
    }

    @Test
    void builder_null_isRefused() {
      assertNull("actions", () -> Permissions.builder(null));
      assertNull("actions", () -> builder.anyone((Action[]) null));
      assertNull("actions", () -> builder.owner((Action[]) null));
      assertNull("role", () -> builder.role(null));
      assertNull("role", () -> builder.include(null));
      assertNull("roles", () -> builder.include("a", (String[]) null));
      assertThrows(NullPointerException.class, () -> builder.role("a", Action.VIEW, null));
      builder.include("b", "a");
      assertEquals("include must name roles that are added, was b", messageOf(builder::build));
    }
  }

  @Nested
  class Records {
    @Test
    void user_emptyId_isRefused() {
      assertEquals("id must not be empty", messageOf(() -> Subject.user("")));
      assertEquals("ownerId must not be empty", messageOf(() -> Resource.privateOf("")));
      assertEquals("ownerId must not be empty", messageOf(() -> Resource.publicOf("")));
    }

    @Test
    void subject_rolesWithoutAnId_isRefused() {
      assertEquals(
          "roles must be empty without an id, was [a]",
          messageOf(() -> new Subject(Optional.empty(), Set.of("a"))));
    }

    @Test
    void records_null_isRefused() {
      assertNull("id", () -> Subject.user(null));
      assertNull("id", () -> new Subject(null, Set.of()));
      assertNull("roles", () -> Subject.user("a", (String[]) null));
      assertNull("roles", () -> new Subject(Optional.of("a"), null));
      assertNull("ownerId", () -> Resource.privateOf(null));
      assertNull("ownerId", () -> Resource.publicOf(null));
      assertNull("ownerId", () -> new Resource(null, Visibility.PUBLIC));
      assertNull("visibility", () -> new Resource(Optional.empty(), null));
    }
  }

  private static String messageOf(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
