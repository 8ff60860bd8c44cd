"""Every edit, in the order in which a coder would look at its findings."""

from __future__ import annotations

from codinglab.edits import (
    certainty,
    claim_kind,
    code_first,
    combination_body_mass,
    combination_burns,
    combination_delivery,
    combination_diabetes,
    combination_drugs,
    combination_hypertension,
    combination_infection,
    combination_injury,
    combination_kidney,
    combination_neoplasm,
    combination_other,
    combination_pregnancy,
    combination_virus,
    diagnosis,
    ncci_add_on,
    ncci_modifiers,
    ncci_pairs,
    ncci_units,
    notes,
    outpatient,
    patient,
    present_on_admission,
    sequence,
    service,
    services,
    seventh,
    side,
    specificity,
)
from codinglab.edits.rule import Edit

EDITS: tuple[Edit, ...] = (
    *diagnosis.EDITS,
    *seventh.EDITS,
    *notes.EDITS,
    *code_first.EDITS,
    *patient.EDITS,
    *side.EDITS,
    *specificity.EDITS,
    *present_on_admission.EDITS,
    *claim_kind.EDITS,
    *sequence.EDITS,
    *certainty.EDITS,
    *combination_diabetes.EDITS,
    *combination_hypertension.EDITS,
    *combination_kidney.EDITS,
    *combination_infection.EDITS,
    *combination_virus.EDITS,
    *combination_pregnancy.EDITS,
    *combination_delivery.EDITS,
    *combination_neoplasm.EDITS,
    *combination_drugs.EDITS,
    *combination_injury.EDITS,
    *combination_burns.EDITS,
    *combination_other.EDITS,
    *combination_body_mass.EDITS,
    *service.EDITS,
    *services.EDITS,
    *ncci_pairs.EDITS,
    *ncci_modifiers.EDITS,
    *ncci_units.EDITS,
    *ncci_add_on.EDITS,
    *outpatient.EDITS,
)


def find_edit(name: str) -> Edit:
    """Return the edit with the id `name`; raises LookupError, naming those that are close."""
    for one in EDITS:
        if one.id == name:
            return one
    last = name.rpartition(".")[2]
    close = [one.id for one in EDITS if last in one.id] or [one.id for one in EDITS]
    raise LookupError(f"there is no edit {name!r}; did you mean {', '.join(close[:8])}?")
