package dev.whiteboard.ratelimit;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts in Redis: one script, one key and one round trip a request.
 *
 * <pre>{@code
 * RedisStore.of(jedis::evalsha, jedis::eval)                     // Jedis
 * RedisStore.of(                                                 // Lettuce
 *     (sha, keys, args) -> redis.evalsha(sha, MULTI, keys.toArray(String[]::new), args.toArray(String[]::new)),
 *     (script, keys, args) -> redis.eval(script, MULTI, keys.toArray(String[]::new), args.toArray(String[]::new)))
 * }</pre>
 *
 * <p><b>Idea.</b> Redis runs a script as one step, between the commands of all others. The script is called by its hash;
 * a server that does not know it, for it is new or has been restarted, gets the text once. The client stays the user's:
 * its connections, time limits and retries. A retry after a lost answer takes the permits twice, so leave retries off.
 *
 * <p><b>Time.</b> Redis's own, so that callers' clocks do not matter; or that of {@link #clock}. A key expires one second
 * after it is as good as new; with callers' clocks {@link Store#SPARE} after. Refusals write nothing.
 *
 * <p><b>Servers.</b> Redis 5 or later, and what speaks its language, alone or in a cluster: every key is declared, and a
 * script has one. Without persistence a restart forgets all keys, and each has its burst again.
 *
 * <p><b>Cost.</b> 113 bytes sent for a key of 12 characters at 100 a second with a burst of 20, and 142 with {@link
 * #clock}. About 100 bytes a key in Redis. <b>Thread safety.</b> As the client's.
 */
public final class RedisStore implements Store {
  private final Eval evalSha;
  private final Eval eval;
  private final Optional<InstantSource> clock;

  private RedisStore(Eval evalSha, Eval eval, Optional<InstantSource> clock) {
    this.evalSha = evalSha;
    this.eval = eval;
    this.clock = clock;
  }

  /** A client's way to run a script. */
  @FunctionalInterface
  public interface Eval {
    /**
     * Runs a script.
     *
     * @param script its hash or its text
     * @param keys the keys that it uses
     * @param args its other arguments
     * @return its answer: a list of integers
     * @throws Exception if the server cannot be reached, or does not know the hash
     */
    @Nullable
    Object eval(String script, List<String> keys, List<String> args) throws Exception;
  }

  /**
   * Returns a store on a client's connections, which takes Redis's time.
   *
   * @param evalSha the client's {@code EVALSHA}; it throws an exception with {@code NOSCRIPT} in its message, or in that of
   *     a cause, if the server does not know the script
   * @param eval the client's {@code EVAL}
   * @return a store
   * @throws NullPointerException if an argument is null
   */
  public static RedisStore of(Eval evalSha, Eval eval) {
    return new RedisStore(
        requireNonNull(evalSha, "evalSha"), requireNonNull(eval, "eval"), Optional.empty());
  }

  /**
   * Returns a store on the same connections that takes the caller's time, for servers that refuse {@code TIME} in scripts,
   * and for tests. All callers have to do the same.
   *
   * @param clock the caller's clock
   * @return a store
   * @throws NullPointerException if {@code clock} is null
   */
  public RedisStore clock(InstantSource clock) {
    return new RedisStore(evalSha, eval, Optional.of(requireNonNull(clock, "clock")));
  }

  @Override
  public Reply apply(Command command) throws Exception {
    Script script = Script.of(command.algorithm());
    List<String> keys = ImmutableList.of(command.key());
    List<String> args = args(command);
    try {
      return reply(evalSha.eval(script.sha, keys, args));
    } catch (Exception e) {
      if (!isUnknownScript(e)) {
        throw e;
      }
      return reply(eval.eval(script.text, keys, args));
    }
  }

  private ImmutableList<String> args(Command command) {
    ImmutableList.Builder<String> args = ImmutableList.builder();
    args.add(Long.toString(command.cost()), Long.toString(command.capacity()));
    if (command.scale() != 1
        || clock.isPresent()
        || command.algorithm() != Algorithm.TOKEN_BUCKET) {
      args.add(Long.toString(command.scale()));
    }
    clock.ifPresent(source -> args.add(Long.toString(Store.microsOf(source.instant()))));
    return args.build();
  }

  private static boolean isUnknownScript(Exception e) {
    return Throwables.getCausalChain(e).stream()
        .map(Throwable::getMessage)
        .anyMatch(message -> message != null && message.contains("NOSCRIPT"));
  }

  private static Reply reply(@Nullable Object answer) {
    if (answer instanceof List<?> list
        && list.size() >= 2
        && list.stream().allMatch(Number.class::isInstance)) {
      return new Reply(at(list, 0) == 1, at(list, 1), at(list, 2), at(list, 3));
    }
    throw new IllegalStateException("a script must answer a list of integers, was " + answer);
  }

  private static long at(List<?> answer, int index) {
    return index < answer.size() ? ((Number) requireNonNull(answer.get(index))).longValue() : 0;
  }

  /** A script and the hash by which Redis knows it. */
  private enum Script {
    TOKEN_BUCKET("token_bucket.lua"),
    FIXED_WINDOW("fixed_window.lua"),
    SLIDING_WINDOW_COUNTER("sliding_window_counter.lua");

    final String text;
    final String sha;

    Script(String resource) {
      text = read(resource);
      sha = sha1(text);
    }

    static Script of(Algorithm algorithm) {
      return switch (algorithm) {
        case TOKEN_BUCKET -> TOKEN_BUCKET;
        case FIXED_WINDOW -> FIXED_WINDOW;
        case SLIDING_WINDOW_COUNTER -> SLIDING_WINDOW_COUNTER;
      };
    }

    private static String read(String resource) {
      try (InputStream in =
          requireNonNull(RedisStore.class.getResourceAsStream(resource), resource)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String sha1(String text) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-1", e);
      }
    }
  }
}
