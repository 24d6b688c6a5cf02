-- title: what do two accounts have together within the window, counted only inside one block?
-- reads: judged_meetings, crowd_surprisals
-- appends: crowd_scores (behaviour, window_us, account_a, account_b, objects, score)
-- formula: T_ij = sum of w_ob over co-acted objects, $actions_min distinct ones at least. Two posts that share several
--          objects met once, on the most surprising of them: whoever wrote the first hashtag did not choose the
--          second independently
SELECT behaviour, window_us, account_a, account_b, count(*) AS objects, sum(surprisal) AS score
FROM (
    SELECT p.behaviour, s.window_us, p.account_a, p.account_b, max(s.surprisal) AS surprisal
    FROM judged_meetings AS p
    JOIN crowd_surprisals AS s
        ON s.object = p.object AND s.block = p.time_a_us // $block_us AND s.window_us = $window_us
    WHERE abs(p.time_a_us - p.time_b_us) <= $window_us AND p.time_a_us // $block_us = p.time_b_us // $block_us
    GROUP BY p.behaviour, s.window_us, p.account_a, p.account_b, p.post_a, p.post_b
)
GROUP BY behaviour, window_us, account_a, account_b
HAVING count(*) >= $actions_min
