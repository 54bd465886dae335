from django.urls import path

from inspections.views import actions, findings

app_name = "inspections"

urlpatterns = [
    # 점검결과와 조치사항
    path("<int:pk>/findings/", findings.findings, name="findings"),
    path("<int:pk>/findings/lines/", findings.line_create, name="line_create"),
    path("<int:pk>/findings/lines/<uuid:line_pk>/", findings.line_detail, name="line_detail"),
    path("<int:pk>/findings/lines/<uuid:line_pk>/save/", findings.line_save, name="line_save"),
    path("<int:pk>/findings/lines/<uuid:line_pk>/move/", findings.line_move, name="line_move"),
    path("<int:pk>/findings/lines/<uuid:line_pk>/delete/", findings.line_delete, name="line_delete"),
    path("<int:pk>/findings/lines/<uuid:line_pk>/restore/", findings.line_restore, name="line_restore"),
    path("<int:pk>/actions/new/", actions.action_create, name="action_create"),
    path("<int:pk>/actions/<uuid:action_pk>/", actions.action_update, name="action_update"),
    path("<int:pk>/actions/<uuid:action_pk>/delete/", actions.action_delete, name="action_delete"),
    path("<int:pk>/actions/<uuid:action_pk>/report/", actions.action_report, name="action_report"),
    path("<int:pk>/actions/<uuid:action_pk>/verify/", actions.action_verify, name="action_verify"),
]
