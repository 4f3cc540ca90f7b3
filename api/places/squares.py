"""Web Mercator's square, in which tiles are cut: shares from its west and from its north edge."""

from math import asinh, pi, radians, tan
from typing import Any

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]


def in_square(lon: float, lat: float) -> tuple[float, float]:
    """Degrees WGS 84 -> 0 to 1 eastwards and southwards; outside of it beyond 85.05 degrees."""
    return (lon + 180) / 360, (1 - asinh(tan(radians(lat))) / pi) / 2


def all_in_square(lon: Degrees, lat: Degrees) -> tuple[Any, Any]:
    """The same of many at once."""
    return (lon + 180) / 360, (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2
