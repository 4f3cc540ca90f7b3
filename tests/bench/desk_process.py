"""A staff process to be measured: the real application, with a pair of keys made for the run.

A process of its own: `python -m tests.bench.desk_process`, told on standard input where.
"""

import pickle
import sys

import uvicorn
from nacl.public import PrivateKey

from api.clock import fixed
from api.sealing.boxes import Ring, key_id
from api.sealing.keys import public_line, read_lock
from api.settings import Settings
from api.staff.app import create_staff_app
from tests.bench.cases import TODAY


def main() -> None:
    address, port = pickle.load(sys.stdin.buffer)
    key = PrivateKey.generate()
    app = create_staff_app(
        Settings.model_construct(database_desk_url=address),
        Ring({key_id(key.public_key): key}),
        read_lock("desk", public_line("desk", key.public_key)),
        clock=fixed(TODAY),
    )
    uvicorn.run(
        app,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        # One connection waits while the bench prepares its next question.
        timeout_keep_alive=600,
    )


if __name__ == "__main__":
    main()
