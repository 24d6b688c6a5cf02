-- title: which objects can say something, at a cost that can be paid?
-- reads: surprisals, behaviour_margins
-- writes: eligible (behaviour, object, window_us, chance, surprisal, usable)
-- formula: usable: w_o >= w_min, and the most surprising objects first until their pairs fill the budget.
--          The choice looks at objects only, never at who acted on them, so validity is untouched.
SELECT behaviour, object, window_us, chance, surprisal,
    surprisal >= $surprisal_min AND pairs_so_far <= pair_budget AS usable
FROM (
    SELECT s.behaviour, s.object, s.window_us, s.chance, s.surprisal,
        $pair_budget + $pair_budget_per_trace * m.traces AS pair_budget,
        sum(s.pairs_in_window) OVER (
            PARTITION BY s.behaviour, s.window_us ORDER BY s.chance, s.object
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS pairs_so_far
    FROM surprisals AS s
    JOIN behaviour_margins AS m ON m.behaviour = s.behaviour
)
