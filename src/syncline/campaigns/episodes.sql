-- title: brigading episodes: runs of days on which a network answered or named one account together
-- reads: directives
-- writes: campaign_episodes (network_id, object, episode, first_day, last_day, log10_e)
-- formula: days at most two apart are one run; what was found in the whole log and on no day is one run over all of it;
--          an account that the network applauds on the same day is named in praise, for all that can be seen
WITH found AS (
    SELECT d.network_id, d.object, d.day_us // $day_us AS day, max(d.log10_e) AS log10_e,
        min(d.first_us) // $day_us AS first_day,
        max(d.last_us) // $day_us AS last_day
    FROM directives AS d
    WHERE d.kind = 'target'
        OR (
            d.kind = 'mention'
            AND NOT EXISTS (
                SELECT 1 FROM directives AS a
                WHERE a.kind = 'applause' AND a.network_id = d.network_id AND a.object = d.object
                    AND (a.day_us IS NULL OR a.day_us = d.day_us)
            )
        )
    GROUP BY d.network_id, d.object, d.day_us
),
runs AS (
    SELECT *, sum(starts) OVER (PARTITION BY network_id, object ORDER BY first_day) AS episode
    FROM (
        SELECT
            *,
            CASE
                WHEN first_day - max(last_day) OVER (
                    PARTITION BY network_id, object ORDER BY first_day, last_day
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) <= 2 THEN 0
                ELSE 1
            END AS starts
        FROM found
    )
)
SELECT
    network_id,
    object,
    episode::BIGINT AS episode,
    min(first_day) AS first_day,
    max(last_day) AS last_day,
    max(log10_e) AS log10_e
FROM runs
GROUP BY network_id, object, episode
