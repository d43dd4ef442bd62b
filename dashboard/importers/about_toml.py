"""What a study says of itself, written as the study.toml that `about` reads."""

from collections.abc import Mapping

from dashboard.importers.about import TEXTS
from dashboard.importers.toml_text import quoted

HEAD = "# What a study says of itself. Read by `beyond import --about`."


def as_toml(said: Mapping[str, str], round_number: int) -> str:
    """Return the text of a study.toml: the texts that say something, in the order of `about.TEXTS`, and the round."""
    lines = [f"{key} = {quoted(said[key])}" for key in TEXTS if said.get(key)]
    return "\n".join([HEAD, *lines, f"round = {round_number}"]) + "\n"
