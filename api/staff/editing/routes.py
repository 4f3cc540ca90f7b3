"""The rooms of a case at the desk, as one table of contents."""

from fastapi import APIRouter

from api.staff.editing import acts, listing, merging, reading, saving

router = APIRouter(tags=["staff"])
for _room in (listing, reading, saving, acts, merging):
    router.include_router(_room.router)
