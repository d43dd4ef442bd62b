"""Every text on screen, in English and Swedish: flat TOML catalogues, a folder a language, the same keys in each.

A key that ends in ".evidence" or ".synthetic" is used for such studies, one that ends in ".k" where "at least k
voices" hides something.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from babel import negotiate_locale

LANGUAGES = ("en", "sv")
Parts = list[tuple[str, bool]]


@dataclass(frozen=True)
class Translator:
    """The words of one language; calling it with a key and values gives the text."""

    language: str
    words: Mapping[str, str]
    kind: str = ""
    """The study's kind: an evidence study has publications where others have voices."""
    at_least: int = 1
    """What fewer voices tell is hidden from 2 on; then nothing may be said of what nobody told."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of a key with its values put in. A missing key is a bug and raises."""
        text = self._text(key)
        return text.format(**{"k": self.at_least, **values}) if values or "{k}" in text else text

    def parts(self, key: str, /, **values: object) -> Parts:
        """Return a sentence as (text, is_strong) parts; ** in the catalogue marks what is strong.

        The marks are read before the values are put in, so no value can make anything strong.
        """
        pieces = self._text(key).split("**")
        return [
            (piece.format(**{"k": self.at_least, **values}), at % 2 == 1) for at, piece in enumerate(pieces) if piece
        ]

    def _text(self, key: str) -> str:
        hidden = self.words.get(f"{key}.k", "") if self.at_least > 1 else ""
        return hidden or self.words.get(f"{key}.{self.kind}", "") or self.words[key]

    def count(self, key: str, n: int, /, **values: object) -> str:
        """Return the text of `key.one` or `key.many`, whichever fits the number n."""
        return self(f"{key}.{'one' if n == 1 else 'many'}", n=n, **values)

    def of(self, row: Mapping[str, object], column: str) -> str:
        """Return a row's text in this language, or as it was written where there is no translation."""
        own = str(row.get(f"{column}_{self.language}") or "") if self.language != "en" else ""
        return own or str(row.get(column) or "")

    def word(self, group: str, name: str) -> str:
        """Return the screen's word for one name of an open list, or the name as given where it has none."""
        return self.words.get(f"{group}.{name}", name)

    def sequence(self, parts: Sequence[str]) -> str:
        """Return parts as a list in a sentence: a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self('list.and')} {parts[-1]}"


def translator(language: str, kind: str = "", at_least: int = 1) -> Translator:
    """Return the translator of a language; English where the language is not spoken here."""
    spoken = language if language in LANGUAGES else "en"
    return Translator(spoken, catalogue(spoken), kind, at_least)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> dict[str, str]:
    """Return a language's keys and texts, from all of its files. A key that stands twice is a bug and raises."""
    found: dict[str, str] = {}
    for file in (resources.files("dashboard") / "locales" / language).iterdir():
        texts = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := found.keys() & texts.keys():
            raise KeyError(f"{language}/{file.name}: {sorted(twice)}")
        found |= {str(key): str(text) for key, text in texts.items()}
    return found


def preferred(browser_locale: str | None) -> str:
    """Return the language to start in, from what the browser says that its reader prefers."""
    wanted = [browser_locale.replace("-", "_")] if browser_locale else []
    return (negotiate_locale(wanted, LANGUAGES) or "en") if wanted else "en"
