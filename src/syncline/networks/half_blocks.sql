-- title: the activity of every other day
-- reads: whole_blocks
-- writes: traces_in_blocks (behaviour, object, account, block, time_us, crowd)
-- formula: blocks of one UTC day, even (parity 0) or odd (parity 1)
SELECT * FROM whole_blocks WHERE block % 2 = $parity
