"""Proof of work for who has scripts: a few seconds of a phone, more while many alerts arrive.

altcha's first version: the number behind a salted SHA-256. Nothing is stored for a challenge.
"""

import base64
import binascii
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

from altcha.v1 import ChallengeOptions, PayloadType, create_challenge, verify_solution
from pydantic import BaseModel, ConfigDict, ValidationError

from api.alerts.lanes import Budget
from api.alerts.receipts import Hashes

MINUTES = 20
# Numbers to search at rest: about a second of a cheap phone. And at most, with everything against
# us: less than a minute of it.
EASY, HARD = 50_000, 2_000_000
# What counts as load: alerts within five minutes for each further step of difficulty.
_STEP, _LOAD = 20, 300.0
# Wrong receipts within a minute that make the work four times as hard.
WRONG = 20
_LONGEST = 2_000


class Challenge(BaseModel):
    """What has to be found: the `number` up to `maxnumber` whose hash after `salt` is this one."""

    algorithm: Literal["SHA-256"]
    challenge: str
    maxnumber: int
    salt: str
    signature: str


class _Solution(BaseModel):
    model_config = ConfigDict(strict=True)

    algorithm: Literal["SHA-256"]
    challenge: str
    number: int
    salt: str
    signature: str


class Work:
    """Makes challenges and knows solutions; how hard they are follows what this process sees."""

    def __init__(self, hashes: Hashes, clock: Callable[[], float] = time.monotonic) -> None:
        self._hashes = hashes
        self._key = hashes.work()
        # No limits: only the sums within the period are asked.
        self._taken = Budget(2**62, _LOAD, clock)
        self._wrong = Budget(2**62, 60.0, clock)

    def taken(self) -> None:
        """One more alert was taken."""
        self._taken.take()

    def wrong(self) -> None:
        """Somebody tried a receipt that is none."""
        self._wrong.take()

    @property
    def difficulty(self) -> int:
        steps = 1 + self._taken.sum // _STEP
        guessing = 4 if self._wrong.sum >= WRONG else 1
        return min(EASY * steps * guessing, HARD)

    def challenge(self) -> Challenge:
        """A new challenge, good for twenty minutes."""
        options = ChallengeOptions(
            max_number=self.difficulty,
            hmac_key=self._key,
            expires=datetime.now(UTC) + timedelta(minutes=MINUTES),
        )
        made = create_challenge(options)
        return Challenge(
            algorithm="SHA-256",
            challenge=made.challenge,
            maxnumber=made.max_number,
            salt=made.salt,
            signature=made.signature,
        )

    def token(self, proof: str | None) -> bytes | None:
        """What a solution is spent as; None for no solution, a forged or an old one.

        The token belongs to the challenge: two solutions of one are one.
        """
        if proof is None or len(proof) > _LONGEST:
            return None
        try:
            given = _Solution.model_validate_json(base64.b64decode(proof, validate=True))
        except (binascii.Error, ValidationError, ValueError):
            return None
        # The library takes a salt that names no time as one that never ends.
        if "expires=" not in given.salt:
            return None
        payload: PayloadType = {
            "algorithm": given.algorithm,
            "challenge": given.challenge,
            "number": given.number,
            "salt": given.salt,
            "signature": given.signature,
        }
        found, _ = verify_solution(payload, self._key)
        return self._hashes.spent(given.challenge) if found else None
