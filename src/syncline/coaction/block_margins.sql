-- title: how busy is each block?
-- reads: traces_in_blocks, crowd_objects
-- writes: block_margins (behaviour, block, accounts, k_mean, crowd_traces, objects)
-- formula: k_mean_b = traces per active account; E_b^crowd = the crowd's traces; V_b = objects in b
WITH active AS (
    SELECT behaviour, block, count(DISTINCT account)::DOUBLE AS accounts
    FROM traces_in_blocks
    GROUP BY behaviour, block
),
picked AS (
    SELECT behaviour, block, sum(accounts) AS traces, sum(crowd) AS crowd_traces, count(*)::DOUBLE AS objects
    FROM crowd_objects
    GROUP BY behaviour, block
)
SELECT a.behaviour, a.block, a.accounts, p.traces / a.accounts AS k_mean, p.crowd_traces, p.objects
FROM active AS a
JOIN picked AS p ON p.behaviour = a.behaviour AND p.block = a.block
