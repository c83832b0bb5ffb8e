"""What is said about a proposal where it is discussed: in short, what it changes, and the check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ska import report
from ska.changes.report import Rapport
from ska.check import Outcome

#: By this the comment is found again; GitHub shows it to nobody.
MARK: Final = "<!-- ska: forslag -->"
#: GitHub takes 65,536 characters. The mark, and what GitHub counts otherwise than we, have room.
_MOST: Final = 60_000
#: Rows under each question of what follows, before it is left to the report.
_ROWS: Final = 12


@dataclass(frozen=True, slots=True)
class Länkar:
    """Where the built site can be fetched, and where the run is seen; empty where there is none."""

    webbplats: str = ""
    körning: str = ""


def text(outcome: Outcome, rapport: Rapport | None, länkar: Länkar) -> str:
    """Word the comment as Markdown. Without a report the plan, or the one before, can't be read."""
    lines = [*_in_short(rapport), *_where(outcome, länkar), "", "## Kontrollen", ""]
    return _fitted("\n".join([*lines, report.markdown(outcome).rstrip()]))


def _in_short(rapport: Rapport | None) -> Iterator[str]:
    yield "## Ändringar i förslaget"
    if rapport is None:
        yield from ("", "Vad förslaget ändrar går inte att visa, för planen går inte att läsa.")
        return
    for paragraph in rapport.ingress:
        yield from ("", report.unmarked(paragraph))
    for question, answers in rapport.följder:
        yield from ("", f"**{question}**", "")
        yield from (f"- {report.unmarked(said)}" for said in answers[:_ROWS])
        if len(answers) > _ROWS:
            yield f"- … och {len(answers) - _ROWS} till."


def _where(outcome: Outcome, länkar: Länkar) -> Iterator[str]:
    if länkar.webbplats:
        yield from (
            "",
            f"[Hämta webbplatsen med förslaget]({länkar.webbplats}). Packa upp filen och öppna "
            "index.html. Sidan ”Ändringar i förslaget” visar allt som ändras.",
        )
    elif outcome.errors:
        yield from ("", "Webbplatsen med förslaget byggs när felen är rättade.")
    if länkar.körning:
        yield from ("", f"[Körningen med alla utskrifter]({länkar.körning})")


def _fitted(text: str) -> str:
    if len(text) <= _MOST:
        return text + "\n"
    kept = text[: text.rindex("\n", 0, _MOST)]
    return f"{kept}\n\nResten får inte plats här. Kör ”make check” för att se allt.\n"
