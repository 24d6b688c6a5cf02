-- title: how busy is each behaviour?
-- reads: account_margins
-- writes: behaviour_margins (behaviour, accounts, traces, k_mean)
-- formula: E = sum of k_i over N accounts, k_mean = E / N
SELECT behaviour, count(*)::DOUBLE AS accounts, sum(k) AS traces, sum(k) / count(*) AS k_mean
FROM account_margins
GROUP BY behaviour
