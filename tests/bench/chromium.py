"""What measures in a browser: Chromium, Node.js and page/measure.mjs with the packages it needs.

Lighthouse is no part of the page or of its tests; it is fetched when the bench first wants it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from api.bundle import Node, ensure_bundle, ensure_packages
from api.bundle.frontend import bears, digest, mark
from api.cli.serving import end_with_parent
from api.cluster.home import Say
from api.cluster.installing import ensure_font, ensure_program
from api.settings import building_environment
from api.trouble import Trouble

FOLDER = Path(__file__).resolve().parent / "page"
_LOCK = FOLDER / "package-lock.json"
_CI = ("ci", "--ignore-scripts", "--include=dev", "--loglevel=error", "--no-progress", "--no-audit",
       "--no-fund")  # fmt: skip
_PACKAGES, _WITHOUT = "chromium fonts-noto-cjk", "./qiuzhu bench --only service"
# Seconds. A measurement that takes longer has got stuck.
_PATIENCE = 1800


@dataclass(frozen=True, slots=True)
class Browser:
    """Chromium's program, and the Node.js that drives it."""

    program: str
    node: Node

    async def measure(self, name: str, **told: object) -> Mapping[str, Any]:
        """What page/measure.mjs answers; raises RuntimeError with its last words."""
        words = orjson.dumps({"program": self.program, **told}).decode()
        process = await asyncio.create_subprocess_exec(
            self.node.folder / "node", "measure.mjs", name, words,
            cwd=FOLDER,
            env=building_environment(self.node.folder),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            # Ctrl-C reaches us alone, and we end it in order.
            start_new_session=True,
            preexec_fn=end_with_parent,
        )  # fmt: skip
        try:
            said, failed = await asyncio.wait_for(process.communicate(), _PATIENCE)
        except BaseException:
            process.terminate()
            await process.wait()
            raise
        if process.returncode:
            raise RuntimeError(f"{name}: {failed.decode(errors='replace')[-2000:]}")
        answer: Mapping[str, Any] = orjson.loads(said)
        return answer


async def ensure_browser(say: Say) -> Browser:
    """Everything that is needed, the built page among it; installs what is missing.

    Raises Trouble that says what to install where that is not ours to do.
    """
    ensure_bundle(say)
    node = ensure_packages(say)
    program = ensure_program("chromium", "chromium", say)
    if program is None or not ensure_font("zh-cn", "fonts-noto-cjk", say):
        raise Trouble(
            f"测量网页需要 Chromium 与中文字体。Debian、Ubuntu：apt install {_PACKAGES}\n"
            f"也可以不测网页：{_WITHOUT}",
            f"Measuring the page needs Chromium and a Chinese font: apt install {_PACKAGES}\n"
            f"Or leave the page out: {_WITHOUT}",
        )
    await _ensure_lighthouse(node, say)
    return Browser(program, node)


async def _ensure_lighthouse(node: Node, say: Say) -> None:
    packages, stamp = FOLDER / "node_modules", digest(FOLDER, [_LOCK])
    if bears(packages, stamp):
        return
    say("正在安装 Lighthouse，约需半分钟… installing Lighthouse, about half a minute…")
    process = await asyncio.create_subprocess_exec(
        *node.npm, *_CI, cwd=FOLDER, env=building_environment(node.folder),
        stdin=asyncio.subprocess.DEVNULL, stdout=2,
    )  # fmt: skip
    if await process.wait() != 0:
        raise Trouble(
            f"未能安装 Lighthouse，原因见上；也可以不测网页：{_WITHOUT}",
            f"Lighthouse could not be installed, see above; or leave the page out: {_WITHOUT}",
        )
    mark(packages, stamp)
