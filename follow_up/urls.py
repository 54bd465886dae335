from django.urls import path

from follow_up.views import (
    actions,
    asking,
    board,
    disposition_steps,
    dispositions,
    duty,
    past_actions,
    reminders,
    statements,
)

app_name = "follow_up"
ACTION = "actions/<uuid:pk>/"
PAPERS = "inspections/<int:pk>/papers/"
STATEMENTS = "inspections/<int:pk>/statements/"
STATEMENT = f"{STATEMENTS}<uuid:statement_pk>/"
PAST = "inspections/<int:pk>/past-actions/"
DISPOSITIONS = "inspections/<int:pk>/dispositions/"
DISPOSITION = f"{DISPOSITIONS}<uuid:disposition_pk>/"

urlpatterns = [
    # 조치: 현황판, 목록, 하나
    path("", board.action_list, name="list"),
    path("board/", board.board, name="board"),
    path("ours/", board.ours, name="ours"),
    path("duty/", duty.duty, name="duty"),
    path("rates/", duty.rates, name="rates"),
    path("rates/excel/", duty.rates_download, name="rates_download"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/read/", reminders.reminders_read, name="reminders_read"),
    path(ACTION, actions.action, name="action"),
    *(
        path(f"{ACTION}{verb.replace('_', '-')}/", actions.act, {"verb": verb}, name=verb)
        for verb in actions.VERBS
    ),
    path(
        f"{ACTION}payments/<uuid:payment_pk>/take-back/", actions.payment_take_back, name="payment_take_back"
    ),
    path(f"{ACTION}files/<int:file_pk>/", actions.report_file, name="report_file"),
    # 자료 제출 of an inspection
    path(PAPERS, asking.papers, name="papers"),
    path(f"{PAPERS}add/", asking.papers_add, name="papers_add"),
    path(f"{PAPERS}ask/", asking.papers_ask, name="papers_ask"),
    path(f"{PAPERS}<uuid:item_pk>/remove/", asking.paper_remove, name="paper_remove"),
    path(f"{PAPERS}<uuid:item_pk>/", asking.paper_judge, name="paper_judge"),
    path(f"{PAPERS}files/<int:file_pk>/", asking.paper_file, name="paper_file"),
    path(f"{PAPERS}wishes/<uuid:wish_pk>/", asking.wish_answer, name="wish_answer"),
    # 확인서·문답서 of an inspection
    path(STATEMENTS, statements.statement_list, name="statements"),
    path(f"{STATEMENTS}new/", statements.statement_create, name="statement_create"),
    path(f"{STATEMENT}edit/", statements.statement_update, name="statement_update"),
    path(f"{STATEMENT}discard/", statements.statement_discard, name="statement_discard"),
    path(f"{STATEMENT}file/", statements.statement_file, name="statement_file"),
    *(
        path(f"{STATEMENT}sign/{how}/", statements.statement_sign, {"how": how}, name=f"statement_sign_{how}")
        for how in statements.SIGNINGS
    ),
    # 지난 조치 at an inspection
    path(PAST, past_actions.past_actions, name="past_actions"),
    path(f"{PAST}<uuid:action_pk>/", past_actions.past_action_check, name="past_action_check"),
    # 처분 of an inspection
    path(DISPOSITIONS, dispositions.disposition_list, name="disposition_list"),
    path(f"{DISPOSITIONS}new/", dispositions.disposition_create, name="disposition_create"),
    path(DISPOSITION, dispositions.disposition, name="disposition"),
    path(f"{DISPOSITION}edit/", dispositions.disposition_update, name="disposition_update"),
    path(f"{DISPOSITION}change/", dispositions.disposition_change, name="disposition_change"),
    path(f"{DISPOSITION}discard/", dispositions.disposition_discard, name="disposition_discard"),
    path(
        f"{DISPOSITION}opinions/<uuid:opinion_pk>/", disposition_steps.opinion_answer, name="opinion_answer"
    ),
    *(
        path(f"{DISPOSITION}{verb.replace('_', '-')}/", disposition_steps.act, {"verb": verb}, name=verb)
        for verb in disposition_steps.VERBS
    ),
]
