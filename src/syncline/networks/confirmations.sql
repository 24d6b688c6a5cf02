-- title: which networks hold on days that were not used to find them?
-- reads: held_out, memberships
-- writes: confirmations (network, confirmed)
-- formula: ln of the mean e-value over the links found on the other days, against ln(networks / alpha)
WITH held AS (
    SELECT a.network, h.log_e, greatest(max(h.log_e) OVER (PARTITION BY a.network), -700) AS highest
    FROM held_out AS h
    JOIN memberships AS a ON a.account = h.account_a
    JOIN memberships AS b ON b.account = h.account_b AND b.network = a.network
)
SELECT network,
    CASE
        WHEN avg(exp(log_e - highest)) = 0 THEN 'not confirmed'
        WHEN any_value(highest) + ln(avg(exp(log_e - highest))) >= $log_bar THEN 'confirmed'
        ELSE 'not confirmed'
    END AS confirmed
FROM held
GROUP BY network
