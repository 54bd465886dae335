from django.urls import path

from reports.views import (
    absences,
    approvals,
    check,
    circulating,
    documents,
    downloads,
    facts,
    letter,
    lines,
    period_documents,
    register,
    rerouting,
)

app_name = "reports"

urlpatterns = [
    # 문서: 목록과 점검의 보고 단계
    path("", documents.document_list, name="document_list"),
    path("register/", register.register_page, name="register"),
    path("register/excel/", register.register_download, name="register_download"),
    path("inspections/<int:pk>/", documents.inspection_documents, name="inspection_documents"),
    path("inspections/<int:pk>/create/", documents.document_create, name="document_create"),
    path("inspections/<int:pk>/empty-sheet/", downloads.empty_sheet, name="empty_sheet"),
    path("periods/<int:pk>/", period_documents.period_documents, name="period_documents"),
    path("periods/<int:pk>/create/", period_documents.period_document_create, name="period_document_create"),
    # 문서 하나: 편집기나 확정본
    path("<int:pk>/", documents.document, name="document"),
    path("<int:pk>/discard/", documents.document_discard, name="document_discard"),
    path("<int:pk>/check/", check.document_check, name="document_check"),
    path("<int:pk>/check/waive/", check.fault_waive, name="fault_waive"),
    path("<int:pk>/facts/", facts.document_facts, name="document_facts"),
    path("<int:pk>/letter/", letter.document_letter, name="document_letter"),
    path("<int:pk>/attachments/<int:attachment_pk>/", facts.attachment_update, name="attachment_update"),
    path("<int:pk>/preview/", facts.preview, name="preview"),
    path("<int:pk>/recompose/", facts.recompose, name="recompose"),
    path("<int:pk>/recompose/apply/", facts.recompose_apply, name="recompose_apply"),
    # 문서의 줄
    path("<int:pk>/lines/", lines.line_create, name="line_create"),
    path("<int:pk>/lines/<uuid:line_pk>/save/", lines.line_save, name="line_save"),
    path("<int:pk>/lines/<uuid:line_pk>/move/", lines.line_move, name="line_move"),
    path("<int:pk>/lines/<uuid:line_pk>/delete/", lines.line_delete, name="line_delete"),
    path("<int:pk>/lines/<uuid:line_pk>/restore/", lines.line_restore, name="line_restore"),
    path("<int:pk>/lines/<uuid:line_pk>/table/", lines.table_edit, name="table_edit"),
    path("<int:pk>/tables/new/", lines.table_create, name="table_create"),
    path("<int:pk>/photos/new/", lines.photo_create, name="photo_create"),
    # 결재
    path("approvals/", approvals.approval_list, name="approval_list"),
    path("approvals/<int:pk>/", approvals.approval, name="approval"),
    path("approvals/<int:pk>/steps/<int:step_pk>/sign/", approvals.sign, name="sign"),
    path("approvals/<int:pk>/steps/<int:step_pk>/approve/", approvals.approve, name="approve"),
    path("approvals/<int:pk>/steps/<int:step_pk>/return/", approvals.return_, name="return"),
    path("approvals/<int:pk>/steps/<int:step_pk>/hold/", rerouting.hold, name="hold"),
    path("approvals/<int:pk>/steps/<int:step_pk>/correct/", rerouting.correct, name="correct"),
    path("<int:pk>/resume/", rerouting.resume, name="resume"),
    path("approvals/<int:pk>/steps/<int:step_pk>/replace/", rerouting.signer_replace, name="signer_replace"),
    path("<int:pk>/circulation/", circulating.circulation, name="circulation"),
    path("notices/read/", circulating.notices_read, name="notices_read"),
    path("absences/", absences.absence_list, name="absence_list"),
    path("absences/<int:absence_pk>/end/", absences.absence_end, name="absence_end"),
    path("<int:pk>/request/", approvals.approval_request, name="approval_request"),
    path("<int:pk>/withdraw/", approvals.withdraw, name="withdraw"),
    # 내려받기
    path("<int:pk>/html/", downloads.document_html, name="document_html"),
    path("<int:pk>/pdf/", downloads.document_pdf, name="document_pdf"),
    path("<int:pk>/text/", downloads.document_text, name="document_text"),
    path("<int:pk>/hwpx/", downloads.document_hwpx, name="document_hwpx"),
    path("<int:pk>/files/<int:order>/", downloads.attachment_pdf, name="attachment_pdf"),
    path("<int:pk>/files/<int:order>/hwpx/", downloads.attachment_hwpx, name="attachment_hwpx"),
    path("<int:pk>/pictures/<slug:sha256>/", downloads.picture, name="picture"),
]
