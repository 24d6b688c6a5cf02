-- title: how much evidence does the chance null expect from a unit of activity?
-- reads: eligible
-- writes: chance_potential (behaviour, window_us, phi_least, phi_low, phi_mid, phi_high)
-- formula: phi(theta) = sum over o of c_o (e^(theta w_o) - 1), at four theta
SELECT behaviour, window_us,
    sum(chance * (exp($theta_least * surprisal) - 1)) AS phi_least,
    sum(chance * (exp($theta_low * surprisal) - 1)) AS phi_low,
    sum(chance * (exp($theta_mid * surprisal) - 1)) AS phi_mid,
    sum(chance * (exp($theta_high * surprisal) - 1)) AS phi_high
FROM eligible
WHERE usable
GROUP BY behaviour, window_us
