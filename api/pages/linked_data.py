"""Pages as schema.org data, for search engines: a list as a data set, a case as a report."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.cases.cite import case_address
from api.cases.columns import stated_day
from api.cases.export import FORMATS
from api.cases.view import View
from api.pages import words
from api.pages.visit import Visit

Node = dict[str, Any]
_LISTED = 10


def listing(visit: Visit, view: View, total: int, items: Sequence[Mapping[str, Any]]) -> list[Node]:
    """The matching cases as a data set with its downloads, and the first of them as a list."""
    address, lang = visit.reading.address, visit.reader.lang
    said = visit.reader.words
    sentence = words.tidy(view.sentence.either(lang) or "")
    since, until = view.values.get("since"), view.values.get("until")
    dataset: Node = {
        "@type": "Dataset",
        "@id": f"{address}/#dataset",
        "name": f"{said.shell.name}: {sentence}",
        "description": f"{said.list.selection} {said.shell.tagline}",
        "url": f"{address}/",
        "inLanguage": list(words.TAGS.values()),
        "isAccessibleForFree": True,
        "spatialCoverage": "China",
        "temporalCoverage": f"{since or '..'}/{until or '..'}",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form.media_type.partition(";")[0],
                "contentUrl": f"{address}/api/v1/cases/export.{form.extension}?{view.canonical}",
            }
            for form in FORMATS
        ],
    }
    elements = [
        {
            "@type": "ListItem",
            "position": position,
            "url": case_address(address, item["id"]),
            "name": title.text if (title := words.written(item["title"], lang)) else item["id"],
        }
        for position, item in enumerate(items[:_LISTED], start=1)
    ]
    return [dataset, {"@type": "ItemList", "numberOfItems": total, "itemListElement": elements}]


def report(visit: Visit, case: Mapping[str, Any], published: str, description: str) -> list[Node]:
    """One case; `published` is the day of its first publication."""
    address, lang = visit.reading.address, visit.reader.lang
    title = words.written(case["title"], lang)
    node: Node = {
        "@type": "Report",
        "@id": case_address(address, case["id"]),
        "url": case_address(address, case["id"]),
        "headline": title.text if title else case["id"],
        "description": description,
        "identifier": case["id"],
        "version": case["revision"],
        "datePublished": published,
        "dateModified": case["updated"],
        "temporalCoverage": stated_day(case),
        "inLanguage": [words.TAGS[each] for each in words.TAGS if case["text"][each]],
        "keywords": [issue[lang] for issue in case["issues"]],
        "isPartOf": {"@id": f"{address}/#dataset"},
    }
    if case["region"]:
        node["about"] = {"@type": "Place", "name": words.place(case["region"], lang)}
    return [node]
