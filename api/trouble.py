"""What a command tells the person at the terminal before it ends with exit code 2.

Answers of the HTTP surfaces are in errors.py.
"""

from api.lang import Pair


class Trouble(Exception):
    """Something that the person who runs a command can put right; both languages, no values."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.text = Pair(zh, en)
