"""The web page's bundle: made from frontend/ by Node and Vite when it is missing or stale.

Serving it is the pages' business; nothing of this runs in the public process.
"""

from api.bundle.building import ensure_bundle, ensure_packages
from api.bundle.frontend import Frontend
from api.bundle.node import Node

__all__ = ["Frontend", "Node", "ensure_bundle", "ensure_packages"]
