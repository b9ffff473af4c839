package dev.whiteboard.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.core.security.Resource.Visibility;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PermissionsProperties {
  private static final List<String> ROLES = List.of("r0", "r1", "r2", "r3");

  enum Action {
    VIEW,
    EDIT,
    DELETE
  }

  enum Kind {
    ANYONE,
    OWNER,
    ROLE,
    INCLUDE
  }

  /** One call of the builder. */
  record Rule(Kind kind, Action action, String role, String included) {
    void addTo(Permissions.Builder<Action> builder) {
      switch (kind) {
        case ANYONE -> builder.anyone(action);
        case OWNER -> builder.owner(action);
        case ROLE -> builder.role(role, action);
        case INCLUDE -> builder.include(role, included);
      }
    }

    boolean leadsDown() {
      return kind != Kind.INCLUDE || role.compareTo(included) > 0;
    }
  }

  record Question(Subject subject, Action action, Resource resource) {
    boolean isOwners() {
      return subject.id().isPresent() && subject.id().equals(resource.ownerId());
    }
  }

  @Provide
  Arbitrary<Rule> anyRules() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.of(Action.class),
            Arbitraries.of(ROLES),
            Arbitraries.of(ROLES))
        .as(Rule::new);
  }

  /** A role includes only roles before it, so there is no circle. */
  @Provide
  Arbitrary<Rule> rules() {
    return anyRules().filter(Rule::leadsDown);
  }

  @Provide
  Arbitrary<Question> questions() {
    Arbitrary<Optional<String>> ids = Arbitraries.of("ada", "bob").optional();
    Arbitrary<Set<String>> roles =
        Arbitraries.of("r0", "r1", "r2", "r3", "unknown").set().ofMaxSize(3);
    Arbitrary<Subject> subjects = Combinators.combine(ids, roles)
        .as((id, held) -> new Subject(id, id.isPresent() ? held : Set.of()));
    Arbitrary<Resource> resources =
        Combinators.combine(ids, Arbitraries.of(Visibility.class)).as(Resource::new);
    return Combinators.combine(subjects, Arbitraries.of(Action.class), resources)
        .as(Question::new);
  }

  private static Permissions<Action> policy(List<Rule> rules) {
    Permissions.Builder<Action> builder = Permissions.builder(Action.class);
    ROLES.forEach(role -> builder.role(role));
    rules.forEach(rule -> rule.addTo(builder));
    return builder.build();
  }

  private static boolean permits(List<Rule> rules, Question question) {
    return policy(rules).permits(question.subject(), question.action(), question.resource());
  }

  /** The model: which roles are held, by inclusion too, until there are no more; then any rule that fits. */
  private static boolean model(List<Rule> rules, Question question) {
    Set<String> held = new HashSet<>(question.subject().roles());
    int before;
    do {
      before = held.size();
      for (Rule rule : rules) {
        if (rule.kind() == Kind.INCLUDE && held.contains(rule.role())) {
          held.add(rule.included());
        }
      }
    } while (held.size() > before);
    return rules.stream()
        .filter(rule -> rule.action() == question.action())
        .anyMatch(rule -> switch (rule.kind()) {
          case ANYONE -> question.resource().visibility() == Visibility.PUBLIC;
          case OWNER -> question.isOwners();
          case ROLE -> held.contains(rule.role());
          case INCLUDE -> false;
        });
  }

  @Property
  void whatARuleSaysIsPermittedAndNothingElse(
      @ForAll @Size(max = 12) List<@From("rules") Rule> rules,
      @ForAll("questions") Question question) {
    assertEquals(model(rules, question), permits(rules, question));
  }

  @Property
  void anotherRuleNeverTakesAway(
      @ForAll @Size(max = 10) List<@From("rules") Rule> rules,
      @ForAll("rules") Rule another,
      @ForAll("questions") Question question) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(another);
    assertTrue(!permits(rules, question) || permits(more, question));
  }

  @Property
  void anotherRoleNeverTakesAway(
      @ForAll @Size(max = 10) List<@From("rules") Rule> rules,
      @ForAll("questions") Question question) {
    Set<String> more = new HashSet<>(question.subject().roles());
    more.add("r3");
    Subject promoted = new Subject(Optional.of(question.subject().id().orElse("eve")), more);
    Question again = new Question(promoted, question.action(), question.resource());
    assertTrue(!permits(rules, question) || permits(rules, again));
  }

  @Property
  void whatOnlyOwnersMayIsForTheOwner(
      @ForAll @Size(max = 10) List<@From("rules") Rule> rules,
      @ForAll("questions") Question question) {
    List<Rule> owners = rules.stream().filter(rule -> rule.kind() == Kind.OWNER).toList();
    assertTrue(!permits(owners, question) || question.isOwners());
  }

  @Property
  void theExplanationIsOneLineThatSaysTheDecision(
      @ForAll @Size(max = 10) List<@From("rules") Rule> rules,
      @ForAll("questions") Question question) {
    String line = policy(rules).explain(question.subject(), question.action(), question.resource());
    String start = permits(rules, question) ? "permitted: " : "denied: ";
    assertTrue(line.startsWith(start) && line.lines().count() == 1, line);
  }

  @Property
  void circlesAreRefusedAndNothingElse(@ForAll @Size(max = 8) List<@From("anyRules") Rule> rules) {
    if (hasCircle(rules)) {
      assertThrows(IllegalArgumentException.class, () -> policy(rules));
    } else {
      policy(rules);
    }
  }

  /** Roles that include no other are taken away until none is left, or only circles are. */
  private static boolean hasCircle(List<Rule> rules) {
    Set<String> left = new HashSet<>(ROLES);
    for (int i = 0; i < ROLES.size(); i++) {
      left.removeIf(role -> rules.stream()
          .noneMatch(rule -> rule.kind() == Kind.INCLUDE
              && rule.role().equals(role)
              && left.contains(rule.included())));
    }
    return !left.isEmpty();
  }
}
