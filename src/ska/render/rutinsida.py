"""What a template may say about a routine: whether it holds, and who does what."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from ska import words
from ska.render.grund import Grund
from ska.ting import EJ_ANGIVET, Rutin, Steg


class Rutinsida(Grund):
    """What a routine says about itself."""

    def giltighet(self, rutin: Rutin) -> list[tuple[str, Markup | str]]:
        """Say what tells whether a routine holds: since when, whose, reviewed when, for whom."""
        today = self.site.settings.today
        first, last, decided = rutin.gäller_från, rutin.ses_över_senast, rutin.beslutad
        rows: list[tuple[str, Markup | str]] = []
        if isinstance(first, date):
            rows.append(("Gäller sedan" if first <= today else "Gäller från", words.datum(first)))
        if isinstance(decided, date) and decided != first:
            rows.append(("Beslutad", words.datum(decided)))
        if rutin.ändringar:
            changed = max(ändring.datum for ändring in rutin.ändringar)
            rows.append(("Senast ändrad", words.datum(changed)))
        if isinstance(last, date):
            late = ", datumet har passerat" if last < today and _i_bruk(rutin) else ""
            rows.append(("Ses över senast", words.datum(last) + late))
        if rutin.ägare != EJ_ANGIVET:
            rows.append(("Ägare", self.länkar("roll", [rutin.ägare])))
        return [*rows, ("Gäller för", self.länkar("org", rutin.gäller_för))]

    def saknas(self, rutin: Rutin) -> str:
        """Say in one line what no source tells about a routine: three such lines are noise."""
        unknown = {
            "vem som äger rutinen": rutin.ägare,
            "från när den gäller": rutin.gäller_från,
            "när den ses över": rutin.ses_över_senast,
        }
        missing = [text for text, value in unknown.items() if value == EJ_ANGIVET]
        return words.uppräkning(missing, "eller")

    def med_not(self, text: Markup, note: Markup) -> Markup:
        """Put a note last in a text, on its last line."""
        end = Markup("</p>")
        if text.strip().endswith(end):
            return Markup("{} {}</p>").format(text.strip().removesuffix(end), note)
        return Markup("{}<p>{}</p>").format(text, note)

    def vem(self, rutin: Rutin, steg: Steg) -> Markup:
        """Link to who takes a step. Where no step says who, `utan` says it once for all."""
        if steg.roll != EJ_ANGIVET:
            return self.länkar("roll", [steg.roll])
        if steg.utförs_av:
            return self.länkar("org", steg.utförs_av)
        return Markup("") if all(map(_nobody, rutin.steg)) else Markup("Vem: ej angivet")

    def utan(self, rutin: Rutin) -> str:
        """Say what no step of a routine tells: who does it, how fast."""
        it = "stegen" if len(rutin.steg) > 1 else "steget"
        nobody = all(map(_nobody, rutin.steg))
        if not all(step.inom == EJ_ANGIVET for step in rutin.steg):
            return f"Källorna säger inte vem som gör {it}." if nobody else ""
        if nobody:
            return f"Källorna säger varken vem som gör {it} eller hur snabbt."
        return f"Källorna säger inte hur snabbt {it} ska göras."


def _i_bruk(rutin: Rutin) -> bool:
    return rutin.status in ("gällande", "återgiven") and not rutin.ersatt_av


def _nobody(steg: Steg) -> bool:
    return steg.roll == EJ_ANGIVET and not steg.utförs_av
