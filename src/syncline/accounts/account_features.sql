-- title: what makes two accounts comparable: platform, language, activity and age
-- reads: posts, accounts
-- writes: account_features (account_number, platform, account_id, language, posts, activity, age)
-- formula: language = most used language of its posts, else the script that most of its posts are in;
--          activity = floor(log4(posts)); age = 0 to 5 for under 90 days, 1, 2, 4, 8 years, and older, -1 unknown
WITH said AS (
    SELECT
        platform,
        account_id,
        CASE
            WHEN lower(lang) NOT IN ('', 'und', 'unknown', 'zxx', 'qme', 'qht', 'art') THEN lower(lang)
        END AS language,
        text
    FROM posts
),
read AS (
    SELECT
        platform,
        account_id,
        language,
        -- Looked at only where the source names no language, and where a character takes more than one byte.
        CASE WHEN language IS NULL AND strlen(text) > length(text) THEN text END AS text
    FROM said
),
counted AS (
    SELECT
        platform,
        account_id,
        language,
        count(*) AS posts,
        count(CASE WHEN regexp_matches(text, '[\x{0600}-\x{06FF}]') THEN 1 END) AS arabic,
        count(CASE WHEN regexp_matches(text, '[\x{0400}-\x{04FF}]') THEN 1 END) AS cyrillic,
        count(CASE WHEN regexp_matches(text, '[\x{3040}-\x{30FF}\x{4E00}-\x{9FFF}\x{AC00}-\x{D7AF}]') THEN 1 END)
            AS east_asian
    FROM read
    GROUP BY platform, account_id, language
),
ranked AS (
    SELECT
        platform,
        account_id,
        language,
        row_number() OVER (PARTITION BY platform, account_id ORDER BY posts DESC, language) AS place
    FROM counted
    WHERE language IS NOT NULL
),
scripts AS (
    SELECT
        platform,
        account_id,
        sum(posts)::BIGINT AS posts,
        sum(arabic) / sum(posts) AS arabic,
        sum(cyrillic) / sum(posts) AS cyrillic,
        sum(east_asian) / sum(posts) AS east_asian
    FROM counted
    GROUP BY platform, account_id
),
latest AS (
    SELECT greatest(
        coalesce((SELECT max(time_us) FROM posts), 0),
        coalesce((SELECT max(created_us) FROM accounts), 0)
    ) AS time_us
)
SELECT
    row_number() OVER (ORDER BY a.platform, a.account_id) - 1 AS account_number,
    a.platform,
    a.account_id,
    coalesce(
        r.language,
        CASE
            WHEN s.arabic > 0.5 THEN 'script:arabic'
            WHEN s.cyrillic > 0.5 THEN 'script:cyrillic'
            WHEN s.east_asian > 0.5 THEN 'script:east asian'
            WHEN s.posts > 0 THEN 'script:other'
            ELSE 'unknown'
        END
    ) AS language,
    coalesce(s.posts, 0) AS posts,
    CASE WHEN s.posts > 0 THEN floor(ln(s.posts) / ln(4.0) + 1e-9) ELSE -1 END AS activity,
    CASE
        WHEN a.created_us IS NULL THEN -1
        WHEN l.time_us - a.created_us < 90 * 86400000000 THEN 0
        WHEN l.time_us - a.created_us < 365.25 * 86400000000 THEN 1
        WHEN l.time_us - a.created_us < 2 * 365.25 * 86400000000 THEN 2
        WHEN l.time_us - a.created_us < 4 * 365.25 * 86400000000 THEN 3
        WHEN l.time_us - a.created_us < 8 * 365.25 * 86400000000 THEN 4
        ELSE 5
    END AS age
FROM accounts AS a
CROSS JOIN latest AS l
LEFT JOIN scripts AS s ON s.platform = a.platform AND s.account_id = a.account_id
LEFT JOIN ranked AS r ON r.platform = a.platform AND r.account_id = a.account_id AND r.place = 1
