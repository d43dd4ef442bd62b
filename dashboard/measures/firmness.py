"""How firm a gap is: the range without any one voice, and the Wilson interval."""

from functools import lru_cache


def gap(n_differ: int, n_clear: int) -> float | None:
    """Return the share of clear voices that differ, 0 to 1; None where no voice was clear."""
    return n_differ / n_clear if n_clear else None


def range_without_one(n_differ: int, n_clear: int) -> tuple[float | None, float | None]:
    """Return the smallest and the largest gap when any single clear voice is dropped.

    Exact and closed: dropping a voice that differs gives (d - 1) / (n - 1), dropping one that works as written
    gives d / (n - 1). Dropping a voice that was unclear or never raised the step changes nothing, and lies between
    the two. Not defined below two clear voices. With "at least k voices" each remaining voice keeps its state: it is
    not asked again whether a practice still has k voices without the dropped one.
    """
    if n_clear < 2:
        return None, None
    without_differing = (n_differ - 1) / (n_clear - 1) if n_differ else None
    without_as_written = n_differ / (n_clear - 1) if n_differ < n_clear else None
    found = [share for share in (without_differing, without_as_written) if share is not None]
    return min(found), max(found)


@lru_cache(maxsize=4096)
def wilson_interval(n_differ: int, n_clear: int) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a gap (Wilson 1927, by scipy); None where no voice was clear.

    Wilson and not the normal approximation: 0 of 5 must not look certain. The voices are a purposive sample, so
    this is a reader's request and never the headline.
    """
    if not n_clear:
        return None, None
    from scipy.stats import binomtest  # takes a second to import, which no other command should wait for

    interval = binomtest(n_differ, n_clear).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)
