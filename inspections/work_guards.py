"""What the database refuses about a completed inspection: its answers, evidence and findings stand still."""

from audit.triggers import Guard

DONE = "완료한 점검은 고칠 수 없습니다. 먼저 점검을 다시 열어 주세요."
SIGNED = "확인 서명은 고치거나 지울 수 없습니다."
TABLES = {
    "answers": "inspections_answer",
    "exemptions": "inspections_indicatorexemption",
    "evidence": "inspections_evidence",
    "findings": "inspections_finding",
    "attestations": "inspections_attestation",
    "stages": "inspections_stage",
    "action_checks": "inspections_actioncheck",
}
ROWS = {
    "INSERT": "NEW.inspection_id",
    "UPDATE": "OLD.inspection_id, NEW.inspection_id",
    "DELETE": "OLD.inspection_id",
}
VERBS = {"INSERT": "gets_no_more", "UPDATE": "keeps_its", "DELETE": "loses_no"}


STAGES = {event: rows.replace("inspection_id", "stage_id") for event, rows in ROWS.items()}
OF_A_STAGE = {
    event: f"SELECT inspection_id FROM inspections_stage WHERE id IN ({rows})"  # noqa: S608 - as below
    for event, rows in STAGES.items()
}


def _guard(noun, table, event, rows=ROWS):
    # The names come from the tables above, from nobody else.
    is_done = f"EXISTS (SELECT 1 FROM inspections_inspection WHERE status = 'done' AND id IN ({rows[event]}))"  # noqa: S608
    return Guard(f"a_done_inspection_{VERBS[event]}_{noun}", table, event, is_done, DONE)


WORK_GUARDS = [
    *(_guard(noun, table, event) for noun, table in TABLES.items() for event in ROWS),
    *(_guard("stage_answers", "inspections_stageanswer", event, OF_A_STAGE) for event in ROWS),
    *(
        Guard(f"an_attestation_is_{verb}", "inspections_attestation", event, "1 = 1", SIGNED)
        for verb, event in (("never_changed", "UPDATE"), ("kept", "DELETE"))
    ),
    Guard(
        "a_closed_inspection_keeps_its_sheet",
        "inspections_inspection",
        "UPDATE",
        "OLD.status NOT IN ('planned', 'in_progress') AND NEW.checklist_id IS DISTINCT FROM OLD.checklist_id",
        DONE,
    ),
]
