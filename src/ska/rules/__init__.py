"""The rules: one defect a module, named in `RULES`. A rule's docstring is its manual page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ska.context import Context
from ska.model import Plan
from ska.problems import Problem, Severity
from ska.rules import (
    aktivitet_utan_grund,
    arbete_utan_roll,
    aret_fore_skiljer,
    aterkoppling_utan_aktivitet,
    avradd_form,
    beslut_ofullstandigt,
    beslutat_andrat,
    beslutsdatum_i_oordning,
    dubbelt_id,
    enhet_i_tva_delplaner,
    enhet_utan_delplan,
    ersatt_av_inget,
    ersatt_av_sig_sjalv,
    ersatt_av_upphavd_lag,
    ersatt_men_inte_upphavd,
    fel_riskvarde,
    for_lang_mening,
    for_litet_antal,
    forsvunnet_id,
    framtida_lag,
    frekvens_mot_arshjul,
    frekvens_olika,
    hanvisning_till_upphord,
    helhet_utanfor_delarna,
    id_inte_filnamn,
    indikator_utan_mal,
    kontaktuppgift,
    kontroll_ofullstandig,
    krav_utan_uppfyllelse,
    lag_ej_kontrollerad,
    mal_ej_natt_utan_analys,
    mal_mot_riktning,
    mal_samre_an_utfall,
    mal_utan_indikator,
    mal_vander,
    manifest_utan_beslut,
    oanvand,
    oforklarad_forkortning,
    okand_del,
    okand_forfattning,
    okand_hanvisning,
    okand_sak_i_innehall,
    omvand_period,
    personnummer,
    planen_skiljer_fran_utgavan,
    rapport_fore_arbete,
    rapport_utan_sammantrade,
    risk_utan_kontroll,
    roll_utan_arbete,
    ruta_saknas,
    rutin_att_se_over,
    rutin_galler_senare,
    rutin_utan_agare,
    rutin_utan_beslut,
    rutin_utan_grund,
    sasong_mot_period,
    steg_utan_utforare,
    summa_stammer_inte,
    tva_varden,
    tvetydig_hanvisning,
    undantag_oanvant,
    undantag_okand_regel,
    undantag_okand_sak,
    undantag_utgatt,
    upphavd_lag,
    upphavd_utan_ersattning,
    upphort_ersatt_av_okant,
    upphort_finns_kvar,
    utanfor_arshjulets_ar,
    utgavor_lucka,
    utgavor_overlappar,
    varde_utan_tal,
)


class Rule(Protocol):
    """What a rule's module holds."""

    ID: str
    ALONG_RELATIONS: bool  # waits until every file is accepted
    __doc__: str | None

    @property
    def SEVERITIES(self) -> tuple[Severity, ...]:  # noqa: N802 - a module's constant
        """What its problems may be; the manual says it."""

    def check(self, plan: Plan, context: Context) -> Iterator[Problem]:
        """Yield each place where the plan has the defect."""


#: Rules on exceptions run last: they look at what the others found.
RULES_ON_EXCEPTIONS: tuple[Rule, ...] = (
    undantag_oanvant,
    undantag_okand_regel,
    undantag_okand_sak,
    undantag_utgatt,
)

RULES: tuple[Rule, ...] = (
    aktivitet_utan_grund,
    arbete_utan_roll,
    aret_fore_skiljer,
    aterkoppling_utan_aktivitet,
    avradd_form,
    beslut_ofullstandigt,
    beslutat_andrat,
    beslutsdatum_i_oordning,
    dubbelt_id,
    enhet_i_tva_delplaner,
    enhet_utan_delplan,
    ersatt_av_inget,
    ersatt_av_sig_sjalv,
    ersatt_av_upphavd_lag,
    ersatt_men_inte_upphavd,
    fel_riskvarde,
    for_lang_mening,
    for_litet_antal,
    forsvunnet_id,
    framtida_lag,
    frekvens_mot_arshjul,
    frekvens_olika,
    hanvisning_till_upphord,
    helhet_utanfor_delarna,
    id_inte_filnamn,
    indikator_utan_mal,
    kontaktuppgift,
    kontroll_ofullstandig,
    krav_utan_uppfyllelse,
    lag_ej_kontrollerad,
    mal_ej_natt_utan_analys,
    mal_mot_riktning,
    mal_samre_an_utfall,
    mal_utan_indikator,
    mal_vander,
    manifest_utan_beslut,
    oanvand,
    oforklarad_forkortning,
    okand_del,
    okand_forfattning,
    okand_hanvisning,
    okand_sak_i_innehall,
    omvand_period,
    personnummer,
    planen_skiljer_fran_utgavan,
    rapport_fore_arbete,
    rapport_utan_sammantrade,
    risk_utan_kontroll,
    roll_utan_arbete,
    ruta_saknas,
    rutin_att_se_over,
    rutin_galler_senare,
    rutin_utan_agare,
    rutin_utan_beslut,
    rutin_utan_grund,
    sasong_mot_period,
    steg_utan_utforare,
    summa_stammer_inte,
    tva_varden,
    tvetydig_hanvisning,
    upphavd_lag,
    upphavd_utan_ersattning,
    upphort_ersatt_av_okant,
    upphort_finns_kvar,
    utanfor_arshjulets_ar,
    utgavor_lucka,
    utgavor_overlappar,
    varde_utan_tal,
)
