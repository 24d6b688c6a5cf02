"""What is planted in every workload, apart from what draws it: who measures memory must not load numpy for a number."""

from syncline.errors import UsageError

RING_ACCOUNTS, RING_OBJECTS = 100, 200


def check_room(posts: int, hot: int) -> None:
    """Raises UsageError if a workload of `posts` does not hold the planted rows and the hot object."""
    ring = RING_ACCOUNTS * RING_OBJECTS
    if posts < ring + hot:
        raise UsageError(
            f"A workload of {posts:,} posts has no room for {ring:,} planted ones and {hot:,} on the hot "
            "object. Ask for more posts or a smaller --hot."
        )
