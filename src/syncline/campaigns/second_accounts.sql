-- title: how many links join two accounts whose handles or shown names are nearly the same?
-- reads: edges, accounts
-- writes: campaign_second_accounts (network_id, counted, "of", known, accounts)
-- formula: letters only, lower case, four or more; alike = shown names that are equal, or handles with a Jaro-Winkler
--          similarity (Winkler 1990) of alike_min or more; counted = links of accounts with alike names, of which
--          neither is linked with more than others_max such: a person has few accounts, and a made series many; known =
--          links of which both accounts have such a name
WITH names AS (
    SELECT
        platform,
        account_id,
        max(regexp_replace(lower(username), '[^\p{L}]', '', 'g')) AS handle,
        max(regexp_replace(lower(display_name), '[^\p{L}]', '', 'g')) AS shown
    FROM accounts
    GROUP BY platform, account_id
),
compared AS (
    SELECT
        e.network_id,
        (e.platform_a, e.account_a) AS a,
        (e.platform_b, e.account_b) AS b,
        e.account_a,
        e.account_b,
        coalesce(
            length(a.handle) > 3 AND length(b.handle) > 3
            AND jaro_winkler_similarity(a.handle, b.handle) >= $alike_min, FALSE
        )
        OR coalesce(length(a.shown) > 3 AND a.shown = b.shown, FALSE) AS alike,
        coalesce(length(a.handle) > 3 AND length(b.handle) > 3, FALSE)
        OR coalesce(length(a.shown) > 3 AND length(b.shown) > 3, FALSE) AS known
    FROM edges AS e
    LEFT JOIN names AS a ON a.platform = e.platform_a AND a.account_id = e.account_a
    LEFT JOIN names AS b ON b.platform = e.platform_b AND b.account_id = e.account_b
    WHERE e.network_id IS NOT NULL
),
series AS (
    SELECT network_id, account
    FROM (SELECT network_id, unnest([a, b]) AS account FROM compared WHERE alike)
    GROUP BY network_id, account
    HAVING count(*) > $others_max
),
told AS (
    SELECT * REPLACE (
        alike AND (network_id, a) NOT IN (SELECT (network_id, account) FROM series)
        AND (network_id, b) NOT IN (SELECT (network_id, account) FROM series) AS alike
    )
    FROM compared
)
SELECT
    network_id,
    count(*) FILTER (alike) AS counted,
    count(*) AS "of",
    count(*) FILTER (known) AS known,
    coalesce(flatten(list([account_a, account_b] ORDER BY account_a, account_b) FILTER (alike)), []) AS accounts
FROM told
GROUP BY network_id
