"""Personal data inside words: identity numbers of the Nordic countries, telephone numbers and e-mail addresses.

Identity numbers are told by their checksums, so that scores and dates are not taken for one. What is found is a
reason to look, never a proof that nothing else is there: names are not looked for here, and in titles only by
`personal_names`.
"""

import re
from datetime import date

KINDS = ("identity_number", "telephone", "e_mail")
_SIGNS = re.compile(r"[\d@]")  # without one of them none of the kinds can be there
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SWEDISH = re.compile(r"(?<![\d-])(?:19|20)?(\d{6})[-+ ]?(\d{4})(?![\d-])")
_ELEVEN = re.compile(r"(?<!\d)(\d{6})[ -]?(\d{5})(?!\d)")
_FINNISH = re.compile(r"(?<!\w)(\d{6})[-+A-FU-Y](\d{3})([0-9A-FHJ-NPR-Y])(?!\w)", re.IGNORECASE)
_DANISH = re.compile(r"(?<![\d-])(\d{6})(-?)(\d{4})(?![\d-])")
_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){7,13}(?!\d)")
_NATIONAL = re.compile(r"(?<![\w.,/:-])0(?:[ /-]{0,2}\d){7,10}(?![\w:]|[.,-]\d)")
_EIGHT = re.compile(r"(?<![\w.,/:-])[2-9]\d(?: ?\d{2}){3}(?!\w|[.,:-]\d)|(?<![\w.,/:-])[2-9]\d{2} \d{2} \d{3}(?!\w)")
_CALLED = re.compile(r"(?:tele|tlf|\btel\b|mobil|phone|numm?e?r|ring|puhelin|\bcall)[^\d]{0,25}$", re.IGNORECASE)
_CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def kinds_in(text: str) -> tuple[str, ...]:
    """Return which kinds of personal data stand in a text, in the order of KINDS."""
    if not _SIGNS.search(text):
        return ()
    found = (_has_identity_number(text), _has_telephone(text), bool(_EMAIL.search(text)))
    return tuple(kind for kind, is_there in zip(KINDS, found, strict=True) if is_there)


def _has_identity_number(text: str) -> bool:
    return (
        any(_is_swedish(m[1], m[2]) for m in _SWEDISH.finditer(text))
        or any(_is_norwegian(m[1] + m[2]) for m in _ELEVEN.finditer(text))
        or any(_is_finnish(*m.groups()) for m in _FINNISH.finditer(text))
        or any(_is_danish(m[1] + m[3], m[2] == "-") for m in _DANISH.finditer(text))
    )


def _has_telephone(text: str) -> bool:
    if _ABROAD.search(text) or any(not _is_date(m[0]) for m in _NATIONAL.finditer(text)):
        return True
    return any(_CALLED.search(text[: m.start()]) and not _is_date(m[0]) for m in _EIGHT.finditer(text))


def _is_swedish(birth: str, last: str) -> bool:
    """Personnummer and samordningsnummer (day + 60), with the Luhn checksum that Skatteverket describes."""
    day = int(birth[4:])
    if not _is_day(int(birth[2:4]), day - 60 if day > 60 else day):
        return False
    doubled = [int(sign) * (2 - at % 2) for at, sign in enumerate(birth + last)]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _is_norwegian(digits: str) -> bool:
    """Fødselsnummer and D-number (day + 40), with both checksums modulo 11 that Skatteetaten describes."""
    day, month = int(digits[:2]), int(digits[2:4])
    if not _is_day(month - 40 if month > 40 else month, day - 40 if day > 40 else day):
        return False
    weights = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
    return all(sum(w * int(d) for w, d in zip(ws, digits, strict=False)) % 11 == 0 for ws in weights)


def _is_finnish(birth: str, individual: str, check: str) -> bool:
    """Henkilötunnus: the check sign is the number modulo 31."""
    is_day = _is_day(int(birth[2:4]), int(birth[:2]))
    return is_day and _CHECK_SIGNS[int(birth + individual) % 31] == check.upper()


def _is_danish(digits: str, is_parted: bool) -> bool:
    """CPR number; since 2007 some have no checksum, so one that is written with its hyphen needs a birthday only."""
    if not _is_day(int(digits[2:4]), int(digits[:2])):
        return False
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return is_parted or sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _is_date(written: str) -> bool:
    """Tell whether eight digits are a day, written from either end."""
    digits = re.sub(r"\D", "", written)
    if len(digits) != 8:
        return False
    year_first = (digits[:4], digits[4:6], digits[6:])
    orders = (year_first, (digits[4:], digits[2:4], digits[:2]), (digits[4:], digits[:2], digits[2:4]))
    return any(_exists(*map(int, order)) for order in orders)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return 1900 <= date(year, month, day).year <= 2100
    except ValueError:
        return False
