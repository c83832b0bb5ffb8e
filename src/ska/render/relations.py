"""What else mentions a thing, under headings a reader understands. No page is a dead end."""

from __future__ import annotations

from typing import Final

from ska.lag.register import REGISTER
from ska.model import Plan
from ska.render.addresses import SLAG
from ska.ting import Ting

#: (mentioned kind, mentioning kind, field) -> heading on the mentioned thing's page.
#: A kind of `*` fits any. The order is the order on the page.
_HEADINGS: Final = {
    ("*", "aktivitet", "utförs_av"): "Gör i årshjulet",
    ("*", "rutin", "steg.utförs_av"): "Gör steg i rutiner",
    ("*", "rutin", "steg.med"): "Deltar i steg i rutiner",
    ("roll", "enhet", "roller"): "Arbetar i enheter",
    ("roll", "avdelning", "roller"): "Arbetar i avdelningar",
    ("*", "metod", "säsonger.omfattar"): "Omfattas av metoder",
    ("*", "metod", "utförs_av"): "Utför metoder",
    ("*", "metod", "skillnader.utförs_av"): "Utför metoder i en viss delplan",
    ("*", "rutin", "gäller_för"): "Rutiner som gäller här",
    ("*", "metod", "omfattar"): "Omfattas av metoder",
    ("metod", "aktivitet", "metoder"): "I årshjulet",
    ("metod", "rutin", "metoder"): "Rutiner",
    ("metod", "indikator", "metoder"): "Indikatorer som mäts så här",
    ("aktivitet", "rutin", "aktiviteter"): "Rutiner",
    ("metod", "delplan", "metoder"): "Används i delplaner",
    ("metod", "delplan", "forum.metod"): "Används i delplaner",
    ("*", "delplan", "enheter"): "Delplan",
    ("*", "delplan", "avdelningar"): "Delplan",
    ("*", "delplan", "utförare"): "Delplan",
    ("*", "delplan", "verksamheter"): "Delplaner",
    ("delplan", "metod", "skillnader.delplan"): "Metoder som görs annorlunda här",
    ("roll", "undantag", "godtaget_av"): "Har godtagit undantag från planens regler",
    ("*", "enhet", "avdelning"): "Enheter",
    ("*", "enhet", "förvaltning"): "Enheter",
    ("*", "avdelning", "förvaltning"): "Avdelningar",
    ("*", "utförare", "förvaltning"): "Utförare",
    ("*", "verksamhet", "förvaltning"): "Verksamheter",
    ("*", "förvaltning", "nämnd"): "Förvaltningar",
    ("*", "roll", "hör_till"): "Roller",
    ("författning", "lagrum", "författning"): "Bestämmelser",
    ("*", "kapitel", "nämnder"): "Nämns i kapitel",
    ("*", "planering", "punkter.lagrum"): "I internbudgeten",
    ("*", "uppdrag", "lagrum"): "Uppdrag som nämner detta",
    ("*", "avvikelser", "lagrum"): "Redovisningar som nämner detta",
    ("*", "krav", "tidigare_lagrum"): "Krav som stod här tidigare",
    ("*", "krav", "gäller_för"): "Krav som gäller här",
    ("roll", "lagrum", "kontrollerad_av"): "Har kontrollerat bestämmelser",
    ("roll", "författning", "kontrollerad_av"): "Har kontrollerat författningar",
    ("*", "lagrum", "ersatt_av"): "Ersätter",
    ("*", "författning", "ersatt_av"): "Ersätter",
    ("*", "rutin", "ersatt_av"): "Ersätter",
    ("*", "mål", "ersatt_av"): "Ersätter",
    ("*", "indikator", "ersatt_av"): "Ersätter",
    ("*", "begrepp", "se_även"): "Ord som hör hit",
    ("*", "kommunmål", "målområde"): "Kommunövergripande mål",
    ("*", "mål", "kommunmål"): "Nämndmål",
    ("*", "mål", "målområden"): "Nämndmål",
    ("*", "mål", "nämnd"): "Nämndmål",
    ("*", "indikator", "avser"): "Indikatorer",
    ("metod", "uppdrag", "besvaras_av.metoder"): "Svarar på uppdrag",
    ("aktivitet", "uppdrag", "besvaras_av.aktiviteter"): "Svarar på uppdrag",
    ("delplan", "uppdrag", "besvaras_av.delplaner"): "Svarar på uppdrag",
    ("rutin", "uppdrag", "besvaras_av.rutiner"): "Svarar på uppdrag",
    ("metod", "planering", "punkter.besvaras_av.metoder"): "Svarar på punkter i internbudgeten",
    ("aktivitet", "planering", "punkter.besvaras_av.aktiviteter"):
        "Svarar på punkter i internbudgeten",
    ("delplan", "planering", "punkter.besvaras_av.delplaner"):
        "Svarar på punkter i internbudgeten",
    ("rutin", "planering", "punkter.besvaras_av.rutiner"): "Svarar på punkter i internbudgeten",
    ("uppdrag", "planering", "punkter.uppdrag"): "I internbudgeten",
    ("nämnd", "uppdrag", "nämnder"): "Uppdrag",
    ("nämnd", "planering", "nämnd"): "I internbudgeten",
    ("nämnd", "budget", "nämnd"): "Pengar, volymer och personal",
    ("utgåva", "plan", "utgåva"): "Planen",
    ("*", "utgåva", "nämnd"): "Utgåvor av planen",
    ("*", "plan", "nämnd"): "Planen",
    ("*", "årshjul", "nämnd"): "Årshjul",
    ("aktivitet", "internkontroll", "process.aktiviteter"): "Steg i internkontrollen",
    ("rutin", "internkontroll", "process.rutiner"): "Steg i internkontrollen",
    ("risk", "kontrollmoment", "risker"): "Kontrolleras av",
    ("rutin", "kontrollmoment", "rutiner"): "Prövas av kontrollmoment",
    ("aktivitet", "kontrollmoment", "aktiviteter"): "Kontrollmoment som redovisas här",
    ("*", "kontrollmoment", "avser"): "Kontrollmoment",
    ("rutin", "risk", "rutiner"): "Risker",
    ("*", "internkontroll", "nämnd"): "Internkontrollplaner",
    ("rutin", "avvikelser", "åtgärder.rutiner"): "Ändrad efter avvikelser",
    ("*", "avvikelser", "åtgärder.gäller"): "Åtgärder efter avvikelser",
    ("rutin", "avvikelser", "räkningar.rutiner"): "Redovisade avvikelser",
    ("*", "avvikelser", "räkningar.gäller"): "Redovisade avvikelser",
    ("aktivitet", "avvikelser", "aktivitet"): "Redovisningar",
    ("utgåva", "avvikelser", "utgåva"): "Redovisningar som utgåvan begär",
    ("utgåva", "upphört", "utgåva"): "Fanns i utgåvan men har upphört",
    ("begrepp", "avvikelser", "begrepp"): "Används i redovisningar",
    ("*", "avvikelser", "nämnd"): "Redovisningar av avvikelser",
    ("*", "tillgänglighet", "nämnd"): "Tillgänglighet",
    ("*", "tillgänglighet", "lag"): "Tillgänglighet",
}  # fmt: skip
#: Mentions that a page shows in a table of its own.
_SHOWN: Final = frozenset({
    ("roll", "aktivitet", "ansvariga"),
    ("roll", "metod", "ansvariga"),
    ("roll", "metod", "skillnader.ansvariga"),
    ("roll", "metod", "deltar"),
    ("roll", "metod", "stödjer"),
    ("roll", "rutin", "ägare"),
    ("roll", "rutin", "steg.roll"),
    ("roll", "rutin", "steg.med"),
    ("roll", "kontrollmoment", "roll"),
    ("lagrum", "krav", "lagrum"),
    ("författning", "krav", "lagrum"),
    *(
        ("krav", kind, field)
        for kind in ("metod", "rutin", "aktivitet", "kontrollmoment")
        for field in ("uppfyller", "uppfyller_delvis.krav")
    ),
    ("verksamhet", "aktivitet", "verksamheter"),
    ("verksamhet", "aktivitet", "rapporteras.avvikande.verksamhet"),
})  # fmt: skip
_ORDER: Final = {heading: index for index, heading in enumerate(dict.fromkeys(_HEADINGS.values()))}


def mentioned_by(plan: Plan, ting: Ting) -> list[tuple[str, list[Ting]]]:
    """Group what mentions `ting` by how; each thing once in a group, in the plan's order."""
    groups: dict[str, dict[tuple[str, str], Ting]] = {}
    law = ting.slag in REGISTER  # what rests on a law its page tells itself (vilar.py)
    for mention in plan.till.get(ting.nyckel, ()):
        source = mention.från
        bindning = plan.bindningar.get(source.slag) if law else None
        if bindning is not None and mention.fält in bindning.vilar_på:
            continue
        if source.nyckel == ting.nyckel or (ting.slag, source.slag, mention.fält) in _SHOWN:
            continue
        heading = (
            _HEADINGS.get((ting.slag, source.slag, mention.fält))
            or _HEADINGS.get(("*", source.slag, mention.fält))
            or f"Nämns av {SLAG[source.slag].flera.lower()}"
        )
        groups.setdefault(heading, {})[source.nyckel] = source
    order = sorted(groups, key=lambda heading: (_ORDER.get(heading, len(_ORDER)), heading))
    return [(heading, list(groups[heading].values())) for heading in order]
