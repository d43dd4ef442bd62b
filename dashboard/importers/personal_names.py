"""Titles of documents and ids of voices that look like the names of people, so that somebody looks before publishing.

Only the shape is looked at: there is no list of names here. What is found is a reason to look; what is not found may be
a name all the same.
"""

import re
from collections.abc import Iterable, Iterator

from dashboard.importers.names import counted, listed
from dashboard.model import Bundle

_FILE_ENDING = re.compile(r"\.[A-Za-z]\w{1,4}$")
_PARTS = re.compile(r"[\s_,.;()\[\]]+")
_CASED_JOIN = re.compile(r"(?<=[a-zåäöéæø])(?=[A-ZÅÄÖÉÆØ])")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]+|['’][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)(?:[-'’][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)*")
_PARTICLES = frozenset(["af", "av", "da", "de", "del", "den", "der", "di", "du", "la", "le", "van", "von", "zu"])
_WORD = re.compile(r"\w+")
_ABOUT_THE_TALK = frozenset(
    _WORD.findall("""
    interview interviews intervju intervjuer interviu telefonintervju haastattelu transcript transcription transkript
    transkription utskrift litterering avskrift final slutlig version draft utkast clean ren anonymised anonymized
    pseudonymised avidentifierad copy kopia new ny recording inspelning audio ljud video zoom teams part del med with
    of och and av the
    """)
)
_NO_NAME = frozenset(
    _WORD.findall("""
    focus group fokusgrupp fokus grupp pilot test session möte meeting workshop seminar round runda omgång wave baseline
    follow followup up uppföljning document dokument file fil page chapter appendix bilaga table tabell notes note
    anteckning anteckningar field fält fieldnotes memo memos diary dagbok report rapport survey enkät questionnaire
    answer answers svar question questions fråga frågor open free text code codes kod koder protocol protokoll
    guideline guidelines riktlinje manual routine rutin policy study studie project projekt data sample example exempel
    north south east west norr söder öster väst väster northern southern eastern western norra södra östra västra
    central centre center centrum region county city town stad rural urban clinic klinik mottagning hospital sjukhus
    unit enhet ward avdelning team department primary care vård health hälsa mental psychiatry psykiatri digital remote
    online internet site
    participant participants deltagare person respondent informant interviewee interviewer voice speaker user users
    patient patients patienter client clients klient therapist therapists terapeut behandlare psychologist psykolog
    psychotherapist psykoterapeut psychiatrist psykiater physician doctor läkare nurse nurses sjuksköterska sköterska
    clinician clinicians kliniker manager managers chef chefer counsellor counselor kurator coach staff personal
    professional professionals specialist general practitioner practitioners social worker workers midwife barnmorska
    assistant student expert leader developer technician it support family parent parents anhörig child children adult
    adults youth young old senior junior male female man woman men women
    january february march april may june july august september october november december januari februari mars maj
    juni juli augusti oktober monday tuesday wednesday thursday friday saturday sunday morning afternoon
    one two three four five six seven eight nine ten first second third last ett två tre fyra fem sex sju första andra
    alpha beta gamma delta english swedish engelska svenska norwegian danish finnish sweden norway denmark finland
    sverige norge danmark
    """)
)


def notes(bundle: Bundle) -> Iterator[str]:
    """Return a warning that lists the documents and the voices which seem to be called by a person's name."""
    titles = [document.name for document in bundle.documents]
    voices = [participant.participant_id for participant in bundle.participants]
    found = looks_like_names([*titles, *voices])
    if found:
        yield (
            f"{counted(len(found), 'title of a document or a voice looks', 'titles of documents or voices look')} like "
            f"the name of a person: {listed(found)}. Titles and voices are shown beside quotes and in exports: where "
            "one is somebody's name, give it a pseudonym, such as P01, in the program that it comes from, and import "
            "again."
        )


def looks_like_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Return the titles that look like the name of a person: a given name and a family name, each with its capital."""
    return tuple(title for title in dict.fromkeys(titles) if _is_name(title))


def _is_name(title: str) -> bool:
    """Tell whether two or three capitalised words are left beside what is said of the talk, and no word forbids it."""
    bare = _FILE_ENDING.sub("", title.strip())
    words = [word for word in _PARTS.split(bare) if any(sign.isalpha() for sign in word)]
    if len(words) == 1:
        words = _CASED_JOIN.split(words[0])
    words = [word for part in words for word in (part.split("-") if _is_known(part.split("-")) else [part])]
    left = [word for word in words if word.casefold() not in _ABOUT_THE_TALK | _PARTICLES]
    if not 2 <= len(left) <= 3:
        return False
    return all(_NAME.fullmatch(word) and word.casefold() not in _NO_NAME for word in left)


def _is_known(parts: list[str]) -> bool:
    return any(part.casefold() in _ABOUT_THE_TALK | _NO_NAME for part in parts)
