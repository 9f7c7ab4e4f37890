"""How sure a share is that was counted in a sample."""

import math

Z_95 = 1.959964


def share_interval(count: int, total: int, z: float = Z_95) -> tuple[float, float]:
    """Return Wilson's 95% interval of a share, as parts of one; from 0 to 1 where nothing was counted.

    >>> [round(end, 3) for end in share_interval(5, 10)]
    [0.237, 0.763]
    """
    if not total:
        return 0.0, 1.0
    share, square = count / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    reach = z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, middle - reach), min(1.0, middle + reach)
