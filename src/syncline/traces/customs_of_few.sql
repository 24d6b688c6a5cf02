-- title: habits of few accounts who come no closer to each other on one day than on different days
-- reads: habit_meetings
-- writes: customs_of_few (subject)
-- formula: expected = pairs * met_apart / pairs_apart; a custom where met < $habit_meetings + expected
--          + $habit_deviations sqrt(expected), the deviations of a Poisson variable, and met < $habit_together^2 pairs,
--          as where $habit_together of them come within ten minutes
SELECT subject
FROM (
    -- Accounts that never came on different days leave nothing to compare with.
    SELECT subject, pairs, met, pairs * coalesce(met_apart / nullif(pairs_apart, 0), 0) AS expected
    FROM habit_meetings
    WHERE accounts < $habit_accounts
)
WHERE met < $habit_meetings + expected + $habit_deviations * sqrt(expected)
    AND met < $habit_together ** 2 * pairs
