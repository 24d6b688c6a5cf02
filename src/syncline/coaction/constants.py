"""The method's constants. They are recorded in every case; none is an option, because a threshold that can be
turned is a threshold that will be turned until it says what was hoped for."""

MICROSECONDS = 1_000_000
DAY_US = 86_400 * MICROSECONDS

# Each stands in the `.sql` steps as `$name`.
CONSTANTS: dict[str, int | float] = {
    # theta of the e-value's mixture: small ones serve many weak co-actions, large ones few strong ones. The least is
    # for accounts far busier than the log's average: they have evidence enough for a small weight, which takes hardly
    # anything from the others.
    "theta_least": 0.2,
    "theta_least_weight": 0.01,
    "theta_low": 0.5,
    "theta_mid": 1.0,
    "theta_high": 1.5,
    # w = min(ln(1 + delta / rate), w_max): delta is how often a coordinated pair is expected to meet on an object.
    "delta": 0.02,
    "surprisal_max": 6.0,
    # Objects under this say too little to pay for their pairs.
    "surprisal_min": 1.0,
    # K: pairs' worth of the pooled burst that each object's own burst is drawn to.
    "pooling": 6,
    # kappa: traces' worth of popularity that an object has before the crowd touches it.
    "smoothing": 0.5,
    # s: traces' worth of everybody's taste that each account's taste is drawn to. With 3, an account of three traces
    # would take its taste from the very co-actions that are being judged.
    "taste_prior": 10,
    # Of all traces: suspects of less leave enough of a crowd behind, and the weeks excuse none of them.
    "suspects_many": 0.1,
    # Pairs made for each behaviour and window: a number in any log and a number for each trace.
    "pair_budget": 4_000_000,
    "pair_budget_per_trace": 1,
}

# Links for each account, all of them over all accounts, in the densest log that the least number of actions is set for.
LINKS_PER_ACCOUNT = 10
