-- title: the community of each object
-- reads: objects, subject_communities
-- writes: object_communities (object, community)
SELECT o.object, c.community
FROM objects AS o
JOIN subject_communities AS c ON c.subject = o.subject
