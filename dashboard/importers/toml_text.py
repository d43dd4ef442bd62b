"""Words as TOML: a text in quotes that reads back as it was, whatever stands in it."""

import json
from collections.abc import Mapping


def quoted(text: str) -> str:
    """Return a text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON leaves DEL as it is, TOML may not


def inline(values: Mapping[str, str]) -> str:
    """Return words by key as an inline table: { stance = "adapted", effect = "helps" }."""
    return f"{{ {', '.join(f'{key} = {quoted(value)}' for key, value in values.items())} }}"
