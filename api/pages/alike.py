"""From a case to the few lists of cases like it that its reader most likely wants next."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from api.cases.parameters import MAX_TEXT
from api.pages.fields import list_of
from api.pages.visit import Visit
from api.pages.words import written


class Like(NamedTuple):
    text: str
    href: str


def like_this(visit: Visit, case: Mapping[str, Any]) -> list[Like]:
    lang, said, on = visit.reader.lang, visit.reader.words.case, case["map"]
    region, industry = case["region"], case["industry"]
    issue = next((each for each in case["issues"] if each["code"] != "other"), None)
    company = written(case["company"], lang)
    found = []
    if issue and region:
        text = said.like_issue_here.format(issue=issue[lang], place=region[lang])
        href = list_of(visit, on, region=region["code"], issue=issue["code"])
        found.append(Like(text, href))
    if region:
        href = list_of(visit, on, region=region["code"])
        found.append(Like(said.like_place.format(region[lang]), href))
    if industry:
        href = list_of(visit, on, industry=industry["code"])
        found.append(Like(said.like_industry.format(industry[lang]), href))
    if company:
        href = list_of(visit, on, company=company.text[:MAX_TEXT])
        found.append(Like(said.like_company, href))
    return found
