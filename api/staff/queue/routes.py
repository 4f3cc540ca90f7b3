"""The routes of the alert queue and of news, in one table of contents."""

from fastapi import APIRouter

from api.staff.queue import deciding, files, listing, news, opening, taking

router = APIRouter(tags=["staff"])
for room in (listing, opening, files, deciding, taking, news):
    router.include_router(room.router)
