package dev.whiteboard.benchmarks.peers;

import java.util.List;

/** Laws about who may pass and when. {@link RateLimitTimes} and {@link RateLimitCalls} look for counter-examples. */
final class RateLimitLaws {
  static final String BOUND = "bound";
  static final String LATE = "late";
  static final String REFUSAL = "refusal";
  static final String HINT = "hint";
  static final String BURST = "burst";
  static final String STILL = "still";
  static final String BACK = "back";
  static final String LEAP = "leap";
  static final String PERMITS = "permits";
  static final String REFUND = "refund";
  static final String JOINT = "joint";
  static final String CHANGE = "change";
  static final String CARRY = "carry";
  static final String THREADS = "threads";
  static final String ORDER = "order";
  static final String RATES = "rates";

  private RateLimitLaws() {}

  static List<Law<Limiter.Kind>> all() {
    return List.of(
        new Law<>(
            BOUND,
            "No window of time passes more than the burst and what arrives in it. Limiters that count by periods have their"
                + " own bound: n or 2n in any period, as the block's name says.",
            "a window with more",
            RateLimitTimes::tooMuch),
        new Law<>(
            LATE,
            "What exact arithmetic grants is granted, to within a tick of the clock, however often the limiter is asked.",
            "a refusal when the permits have arrived",
            RateLimitTimes::tooLate),
        new Law<>(
            REFUSAL,
            "A refusal changes nothing: who asks all the time passes as soon as who waits.",
            "a grant that comes later because of refused requests",
            RateLimitTimes::delayedByRefusals),
        new Law<>(
            HINT,
            "Who waits exactly as told passes, and who waits a tick less does not.",
            "a hint that is too short or too long",
            RateLimitTimes::wrongHint),
        new Law<>(
            BURST,
            "More than the burst is refused at once, however long nobody came, and takes nothing.",
            "such a request that passes, or costs others their permits",
            RateLimitTimes::moreThanTheBurst),
        new Law<>(
            STILL,
            "While the clock stands still, the burst passes once.",
            "a permit more",
            RateLimitTimes::mintedInNoTime),
        new Law<>(
            BACK,
            "A clock that steps back brings no permit, and the limiter works on when the clock has caught up.",
            "a permit that passes twice, or none ever after",
            RateLimitTimes::mintedBackwards),
        new Law<>(
            LEAP,
            "After an idle time of 3 hours, 100 years and 2^63 ns at a million a second, the burst is there, and no more.",
            "a refusal, or a second burst",
            RateLimitTimes::lostInALeap),
        new Law<>(
            PERMITS,
            "0 permits and fewer are refused by an exception that says so; 2^63 - 1 pass never. Neither changes anything.",
            "such a request that passes, or costs or brings permits",
            RateLimitCalls::oddPermits),
        new Law<>(
            REFUND,
            "A refund is exact: what is given back at once is as if it had not been taken, and never more than the burst.",
            "other grants afterwards",
            RateLimitCalls::inexactRefund),
        new Law<>(
            JOINT,
            "Of two limits together, a request takes its permits from both or from none.",
            "permits missing from one because the other refused, or more than one limit passes",
            RateLimitCalls::halfTaken),
        new Law<>(
            CHANGE,
            "A changed limit reaches those who are known already.",
            "the old rate after the change",
            RateLimitCalls::unchanged),
        new Law<>(
            CARRY,
            "When the limit changes, the permits that are there stay the same in number, cut at the new burst.",
            "another number",
            RateLimitCalls::lostInAChange),
        new Law<>(
            THREADS,
            "Eight threads together take no more than the burst while the clock stands still.",
            "a permit more",
            RateLimitCalls::crowded),
        new Law<>(
            ORDER,
            "Reservations are first come, first served: nobody passes one who came before and still waits.",
            "a later request with an earlier time",
            RateLimitCalls::overtaken),
        new Law<>(
            RATES,
            "Rates from one a day to ten a nanosecond are kept, or refused when the limiter is built, with a reason.",
            "an unclear exception, or a limiter that passes too much or nothing",
            RateLimitCalls::badRate));
  }
}
