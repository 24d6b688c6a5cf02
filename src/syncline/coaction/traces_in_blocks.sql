-- title: traces, cut into blocks of time, and whether the account belongs to the crowd
-- reads: traces, suspects
-- writes: traces_in_blocks (behaviour, object, account, block, time_us, crowd)
-- formula: block = t // block length, UTC; crowd = everyone but the suspects, so that a ring is not its own crowd
SELECT t.behaviour, t.object, t.account, (t.time_us // $block_us)::INTEGER AS block, t.time_us,
    s.account IS NULL AS crowd
FROM traces AS t
LEFT JOIN suspects AS s ON s.account = t.account
