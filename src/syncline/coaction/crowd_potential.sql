-- title: how much evidence does the crowd null expect from a unit of activity in a block and community?
-- reads: crowd_surprisals, object_communities
-- writes: crowd_potential (behaviour, window_us, block, community, phi_least, phi_low, phi_mid, phi_high)
-- formula: phi_bh(theta) = sum over o in (b, h) of c_ob (e^(theta w_ob) - 1)
SELECT s.behaviour, s.window_us, s.block, coalesce(c.community, 0) AS community,
    sum(s.chance * (exp($theta_least * s.surprisal) - 1)) AS phi_least,
    sum(s.chance * (exp($theta_low * s.surprisal) - 1)) AS phi_low,
    sum(s.chance * (exp($theta_mid * s.surprisal) - 1)) AS phi_mid,
    sum(s.chance * (exp($theta_high * s.surprisal) - 1)) AS phi_high
FROM crowd_surprisals AS s
LEFT JOIN object_communities AS c ON c.object = s.object
GROUP BY ALL
