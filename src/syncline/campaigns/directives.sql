-- title: what each network took up together, one row an object; objects of one directive share its number
-- reads: campaign_directives, campaign_found, campaign_found_acts, campaign_objects, campaign_names_shown, uptake
-- writes: directives (see syncline.schema.DIRECTIVES)
-- formula: half_us = time from the first member to the one that makes half of the directive's members
WITH acts AS (
    SELECT
        network_id,
        object,
        day,
        count(DISTINCT post_id) AS posts,
        min(time_us) AS first_us,
        max(time_us) AS last_us
    FROM campaign_found_acts
    GROUP BY network_id, object, day
),
followed AS (
    SELECT
        directive_id,
        count(*) AS followers,
        quantile_disc(delay_us, 0.5) AS half_us,
        min_by(platform, (first_us, platform, account_id)) AS first_platform,
        min_by(account_id, (first_us, platform, account_id)) AS first_account
    FROM uptake
    GROUP BY directive_id
)
SELECT
    d.directive_id,
    d.network_id,
    d.leads,
    d.day * $day_us AS day_us,
    CASE d.kind WHEN 'reply' THEN 'target' ELSE d.kind END AS kind,
    o.key AS object,
    coalesce(n.username, o.key) AS label,
    u.members,
    u.active,
    a.posts,
    u.crowd AS others,
    u.expected,
    u.log_odds,
    u.log_odds_error,
    u.log10_e,
    a.first_us,
    a.last_us,
    u.busiest_block * $hours_us AS busiest_us,
    f.followers,
    f.half_us,
    f.first_platform,
    f.first_account
FROM campaign_directives AS d
JOIN campaign_found AS u
    ON u.network_id = d.network_id AND u.object = d.object AND u.day IS NOT DISTINCT FROM d.day
JOIN acts AS a ON a.network_id = d.network_id AND a.object = d.object AND a.day IS NOT DISTINCT FROM d.day
JOIN campaign_objects AS o ON o.object = d.object
JOIN followed AS f ON f.directive_id = d.directive_id
LEFT JOIN campaign_names_shown AS n
    ON d.kind IN ('reply', 'mention', 'applause') AND n.platform || ':' || n.account_id = o.key
