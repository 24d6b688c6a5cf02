-- title: for each text that is a version of another, that one: the most frequent that it is similar to
-- reads: texts, text_leaders
-- writes: text_versions (text, key)
-- formula: similar = Jaccard index of five-character shingles, digits alike, of 0.6 or more
SELECT t.text, l.text AS key
FROM text_leaders AS v
JOIN texts AS t ON t.number = v.number
JOIN texts AS l ON l.number = v.leader
