-- title: how much does the crowd null expect in a block, on objects with a community of taste and without one?
-- reads: crowd_potential
-- writes: block_rates (behaviour, window_us, block, unowned_least, unowned_low, unowned_mid, unowned_high,
--         owned_least, owned_low, owned_mid, owned_high)
-- formula: sum over h of phi_bh(theta), community 0 apart
SELECT behaviour, window_us, block,
    sum(CASE WHEN community = 0 THEN phi_least ELSE 0 END) AS unowned_least,
    sum(CASE WHEN community = 0 THEN phi_low ELSE 0 END) AS unowned_low,
    sum(CASE WHEN community = 0 THEN phi_mid ELSE 0 END) AS unowned_mid,
    sum(CASE WHEN community = 0 THEN phi_high ELSE 0 END) AS unowned_high,
    sum(CASE WHEN community = 0 THEN 0 ELSE phi_least END) AS owned_least,
    sum(CASE WHEN community = 0 THEN 0 ELSE phi_low END) AS owned_low,
    sum(CASE WHEN community = 0 THEN 0 ELSE phi_mid END) AS owned_mid,
    sum(CASE WHEN community = 0 THEN 0 ELSE phi_high END) AS owned_high
FROM crowd_potential
GROUP BY behaviour, window_us, block
