"""The OpenAPI 3.1 document: the framework's, with our one error shape in place of its own."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.alerts.documenting import BODIES
from api.errors import ProblemBody

DESCRIPTION = """\
Workers' calls for help in China: unpaid wages, layoffs, injuries. 中国工人求助案例。

Every free text is `{"zh", "en"}`, every coded value `{"code", "zh", "en"}`. Dates are Shanghai
calendar days. No key is needed. Filters are the same on every address; unknown parameters are
refused. The cases are appeals that became visible and were chosen because someone might be able
to help: they are a selection, not a census.
"""
ATTRIBUTION = "© OpenStreetMap contributors (ODbL), geoBoundaries; GeoNames (CC BY 4.0)"


def documented(app: FastAPI, description: str = DESCRIPTION) -> None:
    """Makes `app.openapi` build our document, once."""

    def build() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                openapi_version="3.1.0",
                description=f"{description}\n{ATTRIBUTION}",
                license_info={"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
                routes=app.routes,
            )
            template = "#/components/schemas/{model}"
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            for model in (ProblemBody, *BODIES):
                schema = model.model_json_schema(ref_template=template)
                schemas.update(schema.pop("$defs", {}))
                schemas[model.__name__] = schema
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = build  # type: ignore[method-assign]
