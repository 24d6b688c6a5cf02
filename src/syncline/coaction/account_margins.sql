-- title: how many traces has each account?
-- reads: traces
-- writes: account_margins (behaviour, account, k)
-- formula: k_i = traces of account i
SELECT behaviour, account, count(*)::DOUBLE AS k
FROM traces
GROUP BY behaviour, account
