"""Where the page's sources and its bundle are, and whether one is still made from the other."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent
# All that the bundle is made of: names in frontend/, and tables of places.
_SOURCES = ("src", "public", "basemap", "build", "index.html", "staff.html", "vite.config.ts",
            "tsconfig.json", "package.json", "package-lock.json", "openapi.json")  # fmt: skip
_TABLES = ("regions.csv", "aliases.csv", "spellings.csv")


@dataclass(frozen=True, slots=True)
class Frontend:
    """The folder frontend/ of a checkout."""

    root: Path = _ROOT

    @property
    def folder(self) -> Path:
        return self.root / "frontend"

    @property
    def bundle(self) -> Path:
        return self.folder / "dist"

    @property
    def packages(self) -> Path:
        return self.folder / "node_modules"

    def has_sources(self) -> bool:
        """False in an installation for serving, which has the finished bundle only."""
        return (self.folder / "package-lock.json").exists()

    def bundle_stamp(self) -> str:
        """What the bundle has to be made from: a hash over the content of all its sources."""
        return digest(self.root, self._sources())

    def packages_stamp(self) -> str:
        return digest(self.folder, [self.folder / "package-lock.json"])

    def has_bundle(self) -> bool:
        return (self.bundle / "index.html").exists()

    def is_built(self) -> bool:
        return self.has_bundle() and bears(self.bundle, self.bundle_stamp())

    def is_installed(self) -> bool:
        return bears(self.packages, self.packages_stamp())

    def _sources(self) -> Iterator[Path]:
        tables = self.root / "api/places/data"
        for top in (*map(self.folder.joinpath, _SOURCES), *map(tables.joinpath, _TABLES)):
            for path in [top] if top.is_file() else top.rglob("*"):
                # Tests are not in the bundle, nor what editors leave beside a file.
                if path.is_file() and not path.name.startswith(".") and ".test." not in path.name:
                    yield path


def digest(root: Path, paths: Iterable[Path]) -> str:
    """A hash over names below `root` and contents, in an order that no file system decides."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def bears(made: Path, stamp: str) -> bool:
    """Whether the folder says that it was made from this."""
    try:
        return (made / "made-from").read_text(encoding="ascii") == stamp
    except (OSError, UnicodeDecodeError):
        return False


def mark(made: Path, stamp: str) -> None:
    """Notes what the folder was made from; the last step of making it."""
    (made / "made-from").write_text(stamp, encoding="ascii")
