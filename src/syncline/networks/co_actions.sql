-- title: the posts behind every edge, side by side
-- reads: meetings, objects, posts_coded, accounts_coded, behaviour_names
-- writes: co_actions (as schema.CO_ACTIONS)
SELECT a.platform AS platform_a, a.account_id AS account_a, b.platform AS platform_b, b.account_id AS account_b,
    n.name AS behaviour, o.key AS object, p.post_id AS post_a, q.post_id AS post_b,
    m.time_a_us, m.time_b_us, m.time_b_us - m.time_a_us AS lag_us,
    m.window_us / 1000000.0 AS window_s, m.surprisal,
    m.accounts::BIGINT AS object_accounts, m.active::BIGINT AS active_accounts, m.expected AS expected_accounts
FROM meetings AS m
JOIN objects AS o ON o.object = m.object
JOIN posts_coded AS p ON p.post = m.post_a
JOIN posts_coded AS q ON q.post = m.post_b
JOIN accounts_coded AS a ON a.account = m.account_a
JOIN accounts_coded AS b ON b.account = m.account_b
JOIN behaviour_names AS n ON n.behaviour = m.behaviour
