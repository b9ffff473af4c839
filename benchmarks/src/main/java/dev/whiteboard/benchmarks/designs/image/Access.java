package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.benchmarks.designs.image.records.Accounts;
import dev.whiteboard.benchmarks.designs.image.records.Image;
import dev.whiteboard.benchmarks.designs.image.records.User;
import dev.whiteboard.core.security.Permissions;
import dev.whiteboard.core.security.Resource;
import dev.whiteboard.core.security.SignedLink;
import dev.whiteboard.core.security.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * Who may do what: anyone sees public images, the owner sees and changes theirs, and who holds a signed link sees the one
 * image that it names until it expires.
 */
final class Access {
  /** What can be done with an image. */
  enum Action {
    SEE,
    CHANGE
  }

  static final String COOKIE = "session";

  private static final String BEARER = "Bearer ";

  private final Permissions<Action> permissions = Permissions.builder(Action.class)
      .anyone(Action.SEE)
      .owner(Action.SEE, Action.CHANGE)
      .build();

  private final Accounts accounts;
  private final SignedLink links;

  Access(Accounts accounts, SignedLink links) {
    this.accounts = accounts;
    this.links = links;
  }

  /** The session's token, in the cookie of a browser or the Authorization of a program. */
  static Optional<String> token(Call call) {
    return call.header("Authorization")
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()))
        .or(() -> call.cookie(COOKIE));
  }

  /**
   * Who is signed in.
   *
   * @throws Problem 401 if nobody is
   */
  User user(Call call) {
    return token(call)
        .flatMap(accounts::find)
        .orElseThrow(() -> Problem.of(401, "sign in first").with("WWW-Authenticate", "Bearer"));
  }

  /** A link to an image that everybody who holds it may follow until a time. */
  String sign(String path, Instant expires) {
    return links.sign(path, expires);
  }

  /**
   * Whether the request is for a signed link.
   *
   * @throws Problem 403 if the signature is wrong or the link has expired
   */
  boolean hasValidLink(Call call) {
    if (call.parameter("signature").isEmpty()) {
      return false;
    }
    return switch (links.verify(call.target())) {
      case VALID -> true;
      case EXPIRED -> throw Problem.of(403, "the link has expired");
      case FORGED -> throw Problem.of(403, "the link's signature is wrong");
    };
  }

  /**
   * Lets only those who may see an image pass.
   *
   * @throws Problem 404 if the client may not; it does not say whether there is such an image
   */
  void checkSee(Call call, Image image) {
    if (hasValidLink(call) || image.isPublic()) {
      return;
    }
    Optional<User> user = token(call).flatMap(accounts::find);
    if (!permissions.permits(subject(user), Action.SEE, resource(image))) {
      throw Problem.of(404, "there is no such image");
    }
  }

  /**
   * Lets only the owner pass.
   *
   * @throws Problem 403 if it is another user's image; 404 if they may not even see it
   */
  void checkChange(User user, Image image) {
    Subject subject = subject(Optional.of(user));
    if (!permissions.permits(subject, Action.CHANGE, resource(image))) {
      throw permissions.permits(subject, Action.SEE, resource(image))
          ? Problem.of(403, "the image is another user's")
          : Problem.of(404, "there is no such image");
    }
  }

  private static Subject subject(Optional<User> user) {
    return user.map(known -> Subject.user(Long.toString(known.id()))).orElse(Subject.ANONYMOUS);
  }

  private static Resource resource(Image image) {
    String owner = Long.toString(image.userId());
    return image.isPublic() ? Resource.publicOf(owner) : Resource.privateOf(owner);
  }
}
