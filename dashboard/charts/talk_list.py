"""The scenes of a talk as a list: what each says, what it shows, and when it comes. Draws a drawn talk."""

from dashboard.charts.words import Drawing, To
from dashboard.i18n import Parts, Translator


def talk_sentence(talk: Drawing, t: Translator) -> Parts:
    """Say how many scenes there are, how long they take, and how often the room is asked."""
    scenes = talk["scenes"]
    if not scenes:
        return t.parts("present.sentence.none")
    asked = sum(scene["estimate"] is not None for scene in scenes)
    minutes = round(sum(scene["minutes"] for scene in scenes))
    key = "one" if len(scenes) == 1 else "many"
    asks = t.count("present.asks", asked) if asked else ""
    return [
        *t.parts(f"present.sentence.{key}", n=len(scenes), minutes=minutes),
        *([(f" {asks}", False)] if asks else []),
    ]


def talk_facts(talk: Drawing, t: Translator) -> list[str]:
    """Return what a presenter should know before the talk: its length as planned, and the scenes that fail."""
    over = round(sum(scene["minutes"] for scene in talk["scenes"]) - talk["minutes"])
    found = [t("present.planned", minutes=talk["minutes"])]
    if over > 0:
        found = [t("present.over", minutes=talk["minutes"], over=over)]
    if broken := sum(bool(scene["problem"]) for scene in talk["scenes"]):
        found.append(t.count("present.broken", broken))
    return found


def talk_list(talk: Drawing, chosen: str, to: To, t: Translator) -> Drawing:
    """Return the list's description; a click on a scene opens it for editing."""
    rows, begins = [], 0.0
    for scene in talk["scenes"]:
        rows.append({
            "number": scene["number"],
            "title": scene["title"] or scene["eyebrow"],
            "sentence": scene["sentence"],
            "kind": t(f"present.view.{scene['view']}"),
            "more": t.count("present.reveals", scene["reveals"]) if scene["reveals"] else "",
            "time": t("present.time", minutes=int(begins), seconds=f"{round(begins % 1 * 60):02d}"),
            "problem": scene["problem"],
            "isHere": scene["id"] == chosen,
            "to": to("present", scene=scene["id"]),
        })  # fmt: skip
        begins += scene["minutes"]
    return {
        "kind": "talk",
        "title": t("present.scenes"),
        "note": t("present.scenes.note"),
        "nothing": t("present.nothing"),
        "rows": rows,
    }
