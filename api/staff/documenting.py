"""The desk's OpenAPI document, for those who may use it."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.staff.work import Working

router = APIRouter(tags=["staff"])
NAME = "Qiuzhu 求助: the desk"
DESCRIPTION = """\
What staff work with: alerts, cases, contacts, terms, requests, accounts. 工作台接口。

Log in (`POST /staff/login`, a cookie) or send a personal token (`Authorization: Bearer qzt_…`).
With a cookie, whatever changes something also needs the header `Qiuzhu-Desk: 1`. Who may do what is
in `api/staff/access/matrix.yaml`.
"""


@router.get("/staff/openapi.json", summary="This document")
async def read_document(request: Request, work: Working) -> JSONResponse:
    return JSONResponse(request.app.openapi())
