-- title: how many actions of each account could have told something?
-- reads: traces, eligible
-- writes: telling_actions (behaviour, account, k)
-- formula: k_i = traces of account i but for those on objects that were left out in every window
SELECT t.behaviour, t.account, count(*)::DOUBLE AS k
FROM traces AS t
LEFT JOIN (SELECT object FROM eligible GROUP BY object HAVING NOT bool_or(usable)) AS left_out
    ON left_out.object = t.object
WHERE left_out.object IS NULL
GROUP BY t.behaviour, t.account
