package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.benchmarks.designs.http.ServerBuilder;
import dev.whiteboard.benchmarks.designs.image.records.Accounts;
import dev.whiteboard.benchmarks.designs.image.records.Analytics;
import dev.whiteboard.benchmarks.designs.image.records.User;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Accounts over HTTP, as a part of the write service.
 *
 * <pre>
 *   POST   /users       {"name": "ada", "password": "..."}; 201 with a session, or 409 if the name is taken
 *   POST   /sessions    the same; 201, or 401
 *   DELETE /sessions    signs out
 *   GET    /me          who is signed in, and what they uploaded each day
 *   GET    /analytics   images and bytes of each user, and what was seen most in seven days
 * </pre>
 */
final class AccountPages {
  /** What the body of a sign-up or sign-in says. */
  record Credentials(String name, String password) {}

  /** A session that has begun. */
  record Session(String name, String token) {}

  /** A user's own page. */
  record Me(String name, List<Analytics.PerDay> uploads) {}

  /** What is interesting to all. */
  record Overview(List<Analytics.PerUser> users, List<Viewed> mostViewed) {}

  /** An image that was seen. */
  record Viewed(String url, String title, String owner, long views) {}

  private static final int ROWS = 20;
  private static final int DAYS = 7;
  private static final long DAY_MILLIS = 86_400_000;

  private final Accounts accounts;
  private final Analytics analytics;
  private final Access access;
  private final Limits limits;
  private final Codes codes;
  private final InstantSource clock;

  AccountPages(ImageParts parts, Analytics analytics) {
    accounts = parts.accounts();
    this.analytics = analytics;
    access = parts.access();
    limits = parts.limits();
    codes = parts.codes();
    clock = parts.clock();
  }

  ServerBuilder addTo(ServerBuilder server) {
    return server
        .route("POST", "/users", this::signUp)
        .route("POST", "/sessions", this::signIn)
        .route("DELETE", "/sessions", this::signOut)
        .route("GET", "/me", this::me)
        .route("GET", "/analytics", this::overview);
  }

  private void signUp(Call call) throws IOException, SQLException {
    limits.signIn(call);
    Credentials wish = call.json(Credentials.class);
    if (!wish.name.matches("[a-z0-9_-]{3,40}")) {
      throw Problem.of(400, "name must be 3 to 40 of a-z, 0-9, _ and -");
    }
    if (wish.password.length() < 8 || wish.password.length() > 100) {
      throw Problem.of(400, "password must have 8 to 100 characters");
    }
    Optional<User> user = accounts.signUp(codes.next(), wish.name, wish.password);
    begin(call, user.orElseThrow(() -> Problem.of(409, "the name is taken")));
  }

  private void signIn(Call call) throws IOException, SQLException {
    limits.signIn(call);
    Credentials shown = call.json(Credentials.class);
    Optional<User> user = accounts.signIn(shown.name, shown.password);
    begin(call, user.orElseThrow(() -> Problem.of(401, "the name or the password is wrong")));
  }

  private void begin(Call call, User user) throws SQLException {
    String token = accounts.begin(user);
    cookie(call, token, Accounts.SESSION.toSeconds());
    call.reply(201, new Session(user.name(), token));
  }

  private void signOut(Call call) throws SQLException {
    Optional<String> token = Access.token(call);
    if (token.isPresent()) {
      accounts.end(token.get());
    }
    cookie(call, "", 0);
    call.reply(204);
  }

  /** No script can read it, and no other site can send it. */
  private static void cookie(Call call, String token, long seconds) {
    call.set(
        "Set-Cookie",
        Access.COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + seconds);
  }

  private void me(Call call) throws SQLException {
    User user = access.user(call);
    call.reply(200, new Me(user.name(), analytics.perDay(user.id(), DAYS)));
  }

  private void overview(Call call) throws SQLException {
    access.user(call);
    long today = clock.millis() / DAY_MILLIS;
    List<Viewed> seen = analytics.mostViewed(today - DAYS, ROWS).stream()
        .map(row -> new Viewed(
            ImagePage.PATH + codes.encode(row.id()), row.title(), row.owner(), row.views()))
        .toList();
    call.reply(200, new Overview(analytics.perUser(ROWS), seen));
  }
}
