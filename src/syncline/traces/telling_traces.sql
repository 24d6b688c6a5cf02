-- title: the traces that are nobody's habit: to meet somebody on what one does anyway says nothing
-- reads: traces_coded, habits
-- writes: telling_traces (behaviour, object, account, time_us, post)
SELECT t.behaviour, t.object, t.account, t.time_us, t.post
FROM traces_coded AS t
LEFT JOIN habits AS h ON h.account = t.account AND h.object = t.object
WHERE h.account IS NULL
