"""Which reader makes a bundle of which kind of file; `sniff` tells the kind, by content."""

from collections.abc import Callable, Mapping

from dashboard.importers import codebook, qualcoder, refi_qda, rqda, taguette
from dashboard.model import Bundle, Progress

Reader = Callable[[bytes, str, Progress], Bundle]
"""(bytes, name of the file, progress) → the coded project in it. Raises `ImportProblem`."""

READERS: Mapping[str, Reader] = {
    "refi_qda": refi_qda.read,
    "taguette": taguette.read,
    "qualcoder": qualcoder.read,
    "rqda": rqda.read,
    "codebook": codebook.read,
}
"""Kind of a coded project, as `sniff.kind_of` returns it → its reader. Tables are read by `sheet` and `template`.

A codebook gives a bundle of codes only."""
