-- title: what tells nothing: an account's traces of the customs that it shares with others
-- reads: habitual, customs_of_many, customs_of_few
-- writes: habits (account, object)
SELECT account, object
FROM habitual
WHERE subject IN (SELECT subject FROM customs_of_many UNION ALL SELECT subject FROM customs_of_few)
