-- title: how many accounts acted on each object in each block, and how many of them are the crowd?
-- reads: traces_in_blocks
-- writes: crowd_objects (behaviour, object, block, accounts, crowd)
-- formula: d_ob and d_ob^crowd. Objects of one account stay: they are choices that the crowd null might repeat
SELECT behaviour, object, block, count(*)::DOUBLE AS accounts, sum(CASE WHEN crowd THEN 1 ELSE 0 END)::DOUBLE AS crowd
FROM traces_in_blocks
GROUP BY behaviour, object, block
