-- title: how busy is each block?
-- reads: traces_in_blocks
-- writes: block_margins (behaviour, block, accounts, k_mean, crowd_traces, objects)
-- formula: k_mean_b = traces per active account; E_b^crowd = the crowd's traces; V_b = objects in b
SELECT behaviour, block,
    count(DISTINCT account)::DOUBLE AS accounts,
    count(*)::DOUBLE / count(DISTINCT account) AS k_mean,
    sum(CASE WHEN crowd THEN 1 ELSE 0 END)::DOUBLE AS crowd_traces,
    count(DISTINCT object)::DOUBLE AS objects
FROM traces_in_blocks
GROUP BY behaviour, block
