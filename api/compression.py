"""Which answers are compressed while they are sent. The work is starlette-compress's.

Exports and feeds go as they are made: what streams is not held up. Tiles are compressed, because
one of boundaries is three times as large plain. The page's files were compressed when built.
"""

from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

COMPRESSED = frozenset(
    {
        "text/html",
        "application/json",
        "application/problem+json",
        "application/vnd.mapbox-vector-tile",
        "application/xml",
        "image/svg+xml",
    }
)
_LEFT_ALONE = (
    "application/atom+xml",
    "application/geo+json",
)

# The library keeps one list for the process.
for _media_type in COMPRESSED:
    add_compress_type(_media_type)
for _media_type in _LEFT_ALONE:
    remove_compress_type(_media_type)

__all__ = ["COMPRESSED", "CompressMiddleware"]
