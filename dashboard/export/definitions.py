"""The method page's words and numbers, each with its formula and where it comes from."""

from dashboard.export import document
from dashboard.export.document import Section
from dashboard.export.facts import Facts
from dashboard.i18n import Translator

FORMULAS = {
    "step": "",
    "voice": "",
    "stance": "",
    "state": "",
    "silence": "",
    "gap": "gap = n_differ / n_clear, n_clear = n_raised − n_unclear",
    "agreement": "n_as_written / n_clear = 1 − gap",
    "tool": "gap = n_mostly_differ / n_clear",
    "without_one": "(d − 1) / (n − 1) where d > 0, d / (n − 1) where d < n; d = n_differ, n = n_clear",
    "wilson": "(p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n), p = gap, n = n_clear, z = 1.96",
    "at_least": "",
    "effect": "mean effect = (helps − harms) / (helps + mixed + harms), from −1 to 1",
    "priority": "priority = n_differ + n_mixed + n_harms",
    "fragility": "",
    "alliance": "",
    "frame": "",
    "potential": "",
    "c": "c = n₁₂ / (n₁ + n₂ − n₁₂)",
    "alpha": "α = 1 − Dₒ / Dₑ",
}
"""Each word that is defined, in reading order, with its formula or ""."""


def definitions(facts: Facts, t: Translator) -> Section:
    """Return what each word and number of the pages means, and the study's own placement rules."""
    items = [(t(f"method.def.{key}"), t(f"method.def.{key}.text"), formula) for key, formula in FORMULAS.items()]
    rules = [[str(cell) for cell in row] for row in facts.rules.itertuples(index=False)]
    columns = [str(column) for column in facts.rules.columns]
    return document.section(
        "defined",
        t("method.defined"),
        [
            document.terms(items),
            document.heading(t("method.def.placement")),
            document.paragraph(t("method.def.placement.text")),
            document.table(t("placement.rules"), columns, rules),
        ],
    )
