"""The one HTML shell: the built page's, or its source where there is no bundle.

frontend/index.html has slots for what the server writes; everything between is in templates/.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent.parent.parent / "frontend"

_SCRIPT = re.compile(r"<script\b[^>]*></script>\s*")
_PRELOAD = re.compile(r'<link\b[^>]*\brel="modulepreload"[^>]*>\s*')
_STYLE = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*>\s*')
_HTML = '<html lang="zh-Hans">'
_HEAD, _BODY = "<!--head-->", "<!--body-->"


@dataclass(frozen=True, slots=True)
class Shell:
    """The shell with the script that takes over, and without for pages that need none."""

    scripted: str
    plain: str

    def filled(self, tag: str, head: str, body: str, *, scripted: bool) -> bytes:
        """A whole page. `tag` is the value of the document's `lang`."""
        page = self.scripted if scripted else self.plain
        # The slots are found once, in the shell: what is put in may hold the same words.
        before, rest = page.split(_HEAD)
        between, after = rest.split(_BODY)
        before = before.replace(_HTML, f'<html lang="{tag}">')
        return f"{before}{head}{between}{body}{after}".encode()


def read_shell(frontend: Path) -> Shell:
    """Reads the shell of `frontend`.

    Raises OSError where there is neither bundle nor source, ValueError where a slot is missing.
    """
    built = frontend / "dist" / "index.html"
    if built.is_file():
        scripted = built.read_text("utf-8")
        plain = _PRELOAD.sub("", _SCRIPT.sub("", scripted))
    else:
        # A browser cannot run what the source names.
        source = (frontend / "index.html").read_text("utf-8")
        scripted = plain = _STYLE.sub("", _SCRIPT.sub("", source))
    for slot in (_HTML, _HEAD, _BODY):
        if scripted.count(slot) != 1:
            raise ValueError(f"the shell must hold {slot} once")
    return Shell(scripted, plain)
