"""Who may decide: nobody in the public scope, however they ask."""

import pytest

from dashboard import deciding, ledger, settings
from dashboard.errors import GapError
from dashboard.model import Decision


@pytest.mark.parametrize("scope", ["public", "", "Team", "anything"])
def test_nothing_is_written_for_the_public(monkeypatch, shipped_store, scope):
    monkeypatch.setenv(settings.STORE_VARIABLE, str(shipped_store))
    monkeypatch.setenv(settings.SCOPE_VARIABLE, scope)
    assert not deciding.may_write()
    with pytest.raises(GapError, match="Nothing can be decided here"):
        deciding.write(Decision("demo-round-2", "V05", "adopt", "Ann", "It helps."))
    assert ledger.read(shipped_store) == []
