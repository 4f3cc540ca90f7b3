"""What a request that fails is answered: problem+json to programs, a page in his words to a reader.

The kinds of failure are errors.py's. Nothing here needs the database, which may be what fails.
"""

from starlette.requests import Request
from starlette.responses import Response

from api.errors import KINDS, Problem, problem_body, problem_headers, respond, to_problem
from api.http import MAX_QUERY, speaks_json
from api.pages.answering import Page, answer
from api.pages.lenient import pairs
from api.pages.links import Links
from api.pages.visit import reader_of


def refuse(request: Request, problem: Problem) -> Response:
    """The answer to a request that fails with `problem`."""
    if speaks_json(request.url.path):
        # The query may be what is wrong with the request, so it is not read to its end.
        found, _ = pairs(request.scope["query_string"][:MAX_QUERY])
        asked = next((value for name, value in reversed(found) if name == "lang"), None)
        return respond(problem, asked, request.headers.get("accept-language"))
    reader = reader_of(request)
    words = reader.words
    body = problem_body(problem, reader.lang)
    page = Page(
        view="refusal",
        title=f"{body['title']} · {words.shell.name}",
        description=body["title"],
        # What was asked for is not repeated.
        path="",
        canonical=Links({}),
        links=Links({}, None, reader.named),
        indexed=False,
        content={
            "status": body["status"],
            "title": body["title"],
            "text": getattr(words.refusal.text, problem.kind, words.refusal.text.other),
        },
    )
    response = answer(request, reader, page, status=KINDS[problem.kind][0], policy="no-store")
    response.headers.update(problem_headers(problem))
    return response


async def on_failure(request: Request, error: Exception) -> Response:
    """The exception handler of the public surface."""
    return refuse(request, to_problem(error))
