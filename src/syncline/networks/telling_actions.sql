-- title: how many actions of each account could have told something?
-- reads: account_margins, traces, eligible
-- writes: telling_actions (behaviour, account, k)
-- formula: k_i less the traces of account i on objects that were left out in every window
SELECT m.behaviour, m.account, m.k - coalesce(o.k, 0) AS k
FROM account_margins AS m
LEFT JOIN (
    SELECT behaviour, account, count(*)::DOUBLE AS k
    FROM traces
    WHERE object IN (SELECT object FROM eligible GROUP BY object HAVING NOT bool_or(usable))
    GROUP BY behaviour, account
) AS o ON o.behaviour = m.behaviour AND o.account = m.account
