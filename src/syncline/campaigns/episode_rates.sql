-- title: replies and mentions an hour after the target's posts: in the episode, at other times, and at accounts like it
-- reads: campaign_episodes, campaign_hourly, campaign_comparable_targets
-- writes: campaign_episode_rates (network_id, object, episode, rate, usual_rate, comparable_rate)
-- formula: sum of acts / sum of hours; usual = on days in no episode of the account; comparable = the median over
--          accounts like it, on the episode's days; missing where there are no such hours
WITH within AS (
    SELECT e.network_id, e.object, e.episode, sum(h.acts) / sum(h.hours) AS rate
    FROM campaign_episodes AS e
    JOIN campaign_hourly AS h ON h.object = e.object AND h.day BETWEEN e.first_day AND e.last_day
    GROUP BY ALL
),
usual AS (
    SELECT h.object, sum(h.acts) / sum(h.hours) AS rate
    FROM campaign_hourly AS h
    WHERE NOT EXISTS (
        SELECT 1 FROM campaign_episodes AS e
        WHERE e.object = h.object AND h.day BETWEEN e.first_day AND e.last_day
    )
    GROUP BY h.object
),
alike AS (
    SELECT network_id, object, episode, median(rate) AS rate
    FROM (
        SELECT e.network_id, e.object, e.episode, c.like_object, sum(h.acts) / sum(h.hours) AS rate
        FROM campaign_episodes AS e
        JOIN campaign_comparable_targets AS c ON c.object = e.object
        JOIN campaign_hourly AS h ON h.object = c.like_object AND h.day BETWEEN e.first_day AND e.last_day
        GROUP BY ALL
    )
    GROUP BY ALL
)
SELECT e.network_id, e.object, e.episode, w.rate, u.rate AS usual_rate, a.rate AS comparable_rate
FROM campaign_episodes AS e
LEFT JOIN within AS w ON w.network_id = e.network_id AND w.object = e.object AND w.episode = e.episode
LEFT JOIN usual AS u ON u.object = e.object
LEFT JOIN alike AS a ON a.network_id = e.network_id AND a.object = e.object AND a.episode = e.episode
