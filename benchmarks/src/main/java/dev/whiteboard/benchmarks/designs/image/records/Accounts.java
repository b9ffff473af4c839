package dev.whiteboard.benchmarks.designs.image.records;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import dev.whiteboard.benchmarks.designs.database.Database;
import dev.whiteboard.caching.Cache;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Users and their sessions. A session is a random token that the client shows; the database keeps its hash.
 *
 * <p>Who a token belongs to is cached for half a minute, so that not every request asks the database; signing out takes
 * effect at once.
 *
 * <p><b>Thread safety.</b> Safe if the random generator is.
 */
public final class Accounts {
  /** How long a session lasts. */
  public static final Duration SESSION = Duration.ofDays(7);

  private static final int TOKEN_BYTES = 32;

  private final Database database;
  private final Passwords passwords;
  private final RandomGenerator random;
  private final InstantSource clock;

  /** What a password of nobody is compared with, so that the answer takes as long as for somebody. */
  private final String nobodysHash;

  private final Cache<String, Optional<User>> userByToken = Cache.<String, Optional<User>>builder()
      .maximumSize(10_000)
      .expireAfterWrite(Duration.ofSeconds(30))
      .build();

  /** Creates the accounts of a database. */
  public Accounts(
      Database database, Passwords passwords, RandomGenerator random, InstantSource clock) {
    this.database = requireNonNull(database, "database");
    this.passwords = requireNonNull(passwords, "passwords");
    this.random = requireNonNull(random, "random");
    this.clock = requireNonNull(clock, "clock");
    nobodysHash = passwords.hashOfNothing();
  }

  /**
   * Creates a user.
   *
   * @return the user; empty if the name is taken
   */
  public Optional<User> signUp(long id, String name, String password) throws SQLException {
    boolean created = database.insert(
        "insert into users (id, name, password, created_ms) values (?, ?, ?, ?)",
        id,
        name,
        passwords.hash(password),
        clock.instant().toEpochMilli());
    return created ? Optional.of(new User(id, name)) : Optional.empty();
  }

  /**
   * Finds the user of a name and password.
   *
   * @return the user; empty if there is no such user or the password is another
   */
  public Optional<User> signIn(String name, String password) throws SQLException {
    record Known(User user, String hash) {}
    Optional<Known> known = database.first(
        row -> new Known(new User(row.getLong(1), row.getString(2)), row.getString(3)),
        "select id, name, password from users where name = ?",
        name);
    boolean matches = passwords.matches(password, known.map(Known::hash).orElse(nobodysHash));
    return known.filter(user -> matches).map(Known::user);
  }

  /** Begins a session, and returns its token. */
  public String begin(User user) throws SQLException {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    database.update(
        "insert into sessions (token_hash, user_id, expires_ms) values (?, ?, ?)",
        hash(token),
        user.id(),
        clock.instant().plus(SESSION).toEpochMilli());
    return token;
  }

  /** The user whose session has that token, if it is cached; it never waits. */
  public Optional<Optional<User>> cached(String token) {
    return Optional.ofNullable(userByToken.getIfPresent(hash(token)));
  }

  /** The user whose session has that token. */
  public Optional<User> find(String token) {
    return userByToken.get(hash(token), hash -> {
      try {
        return database.first(
            row -> new User(row.getLong(1), row.getString(2)),
            "select u.id, u.name from sessions s join users u on u.id = s.user_id"
                + " where s.token_hash = ? and s.expires_ms > ?",
            hash,
            clock.instant().toEpochMilli());
      } catch (SQLException e) {
        throw new IllegalStateException("cannot read sessions", e);
      }
    });
  }

  /** Ends a session. */
  public void end(String token) throws SQLException {
    database.update("delete from sessions where token_hash = ?", hash(token));
    userByToken.invalidate(hash(token));
  }

  /** Drops the sessions that have ended by themselves, and says how many there were. */
  public int dropExpired(Instant now) throws SQLException {
    return database.update("delete from sessions where expires_ms <= ?", now.toEpochMilli());
  }

  private static String hash(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8).toString();
  }
}
