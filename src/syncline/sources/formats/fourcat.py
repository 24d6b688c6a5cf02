"""4CAT CSV of any data source: the five columns that every 4CAT data set has."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import ident, moment, person, said
from syncline.sources.format import Format

REPOSITORY = "digitalmethodsinitiative/4cat 227bead"
COLUMNS = frozenset({"id", "thread_id", "author", "body", "timestamp"})
# The text of `timestamp` is in the zone of the server that ran 4CAT; the number is not.
TIME = moment("unix_timestamp", "timestamp")
# Who posted, where that is somebody: 4chan has no names, and 4CAT can write REDACTED for all.
NOBODY = ("Anonymous", "REDACTED")
AUTHOR = person("author", nobody=NOBODY)

FORMAT = Format(
    name="4cat",
    title="4CAT CSV, any data source",
    source=f"{REPOSITORY}, the columns that 4CAT asks of an uploaded CSV",
    kinds=("csv",),
    needs=COLUMNS,
    posts={
        "post_id": ident("id"),
        "account_id": person("author_id", "author", nobody=NOBODY),
        "time_us": TIME,
        "text": said("body"),
        "thread_id": ident("thread_id"),
    },
    accounts={"username": AUTHOR},
    blind={
        "reply": "the file names the thread, not the post that is answered",
        "media": NO_IMAGES,
    },
)
