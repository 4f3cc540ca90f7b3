"""Makes sure that PostgreSQL and PostGIS are on the machine, by apt where that is allowed.

Never waits for input: what cannot be done without a question is said instead.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from api.cluster.programs import OLDEST, find_postgres
from api.trouble import Trouble

_CONFIG = Path("/etc/postgresql-common/createcluster.conf")
_QUIET = ["env", "DEBIAN_FRONTEND=noninteractive", "UCF_FORCE_CONFFOLD=1"]
_APT = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
_KEEP = ["--no-install-recommends", "-o", "Dpkg::Options::=--force-confold"]


def ensure_postgres(say: Callable[[str], None]) -> Path:
    """The folder of PostgreSQL's programs; installs them where they are missing.

    Raises Trouble that says what to install where that is not ours to do.
    """
    found = find_postgres()
    if found is None:
        _install(say)
        found = find_postgres()
    if found is None:
        raise _missing(None)
    return found


def ensure_program(name: str, package: str, say: Callable[[str], None]) -> str | None:
    """The path of a program that tests or measurements need; its package is installed where it is
    missing and that is allowed. None where it cannot be had."""
    return shutil.which(name) if _ensure(lambda: bool(shutil.which(name)), [package], say) else None


def ensure_font(language: str, package: str, say: Callable[[str], None]) -> bool:
    """Whether there is a font for a language, as fontconfig names it (zh-cn); its package is
    installed where there is none and that is allowed."""

    def has_font() -> bool:
        listing = shutil.which("fc-list")
        return listing is not None and bool(_quietly([listing, f":lang={language}"]).stdout)

    return _ensure(has_font, ["fontconfig", package], say)


def _ensure(is_there: Callable[[], bool], packages: list[str], say: Callable[[str], None]) -> bool:
    leave = None if is_there() else _leave_to_install()
    if leave is not None and shutil.which("apt-get"):
        say(f"将用 apt 安装 {' '.join(packages)} is missing and will be installed by apt:")
        install = [*leave, *_QUIET, *_APT, *_KEEP, "install", *packages]
        if _step(install, say) != 0:
            _step([*leave, *_APT, "update"], say)
            _step(install, say)
    return is_there()


def _install(say: Callable[[str], None]) -> None:
    leave = _leave_to_install()
    if leave is None or shutil.which("apt-get") is None:
        raise _missing(_package())
    say("本机没有 PostgreSQL 与 PostGIS，将用 apt 安装：")
    say("PostgreSQL with PostGIS is missing and will be installed by apt:")
    package = _package()
    if package is None:
        _step([*leave, *_APT, "update"], say)
        package = _package()
    if package is None:
        raise _missing(None)
    if not _CONFIG.exists():
        # Otherwise the package makes and starts a server of its own, which nobody asked for.
        script = f"mkdir -p {_CONFIG.parent} && echo 'create_main_cluster = false' > {_CONFIG}"
        _step([*leave, "sh", "-c", script], say)
    install = [*leave, *_QUIET, *_APT, *_KEEP, "install", package]
    if _step(install, say) != 0:
        # Lists that are out of date name files that the archive no longer has.
        _step([*leave, *_APT, "update"], say)
        if _step(install, say) != 0:
            raise Trouble(
                f"apt 未能安装 {package}，原因见上。请先解决，再运行一次。",
                f"apt could not install {package}, see above. Put that right and start again.",
            )


def _leave_to_install() -> list[str] | None:
    """What to put before a command to run it as root: nothing, or sudo that asks nothing."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None or _quietly([sudo, "-n", "true"]).returncode != 0:
        return None
    return [sudo, "-n"]


def _package() -> str | None:
    """The package that brings PostGIS and its server: the newest one that apt knows."""
    if shutil.which("apt-cache") is None:
        return None
    listing = _quietly(["apt-cache", "search", "--names-only", r"^postgresql-[0-9]+-postgis-3$"])
    versions = re.findall(r"^postgresql-(\d+)-postgis-3 ", listing.stdout, re.MULTILINE)
    newest = max((int(version) for version in versions), default=0)
    return f"postgresql-{newest}-postgis-3" if newest >= OLDEST else None


def _quietly(argv: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def _step(argv: Sequence[str], say: Callable[[str], None]) -> int:
    """Names a command and runs it; what it prints is its progress, so it goes to the terminal."""
    say(f"  {shlex.join(argv)}")
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=2)
    return done.returncode


def _missing(package: str | None) -> Trouble:
    package = package or "postgresql-15-postgis-3"
    return Trouble(
        f"需要 PostgreSQL {OLDEST} 或更新版本及 PostGIS 3。Debian、Ubuntu：apt install {package}\n"
        "其他系统请安装这两个软件包并确保 PATH 中有 pg_config；也可以用 DATABASE_URL、"
        "DATABASE_OWNER_URL、DATABASE_DESK_URL 指定另一台 PostGIS 服务器。",
        f"PostgreSQL {OLDEST} or newer with PostGIS 3 is needed. "
        f"Debian, Ubuntu: apt install {package}\n"
        "Elsewhere: install both and have pg_config on the PATH; or name another PostGIS server by "
        "DATABASE_URL, DATABASE_OWNER_URL and DATABASE_DESK_URL.",
    )
