from django.urls import path

from portal.views import actions, home, inviting, letters, opinions, papers, self_checks

app_name = "portal"
ACTION = "actions/<uuid:pk>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("letters/<int:pk>/files/<int:order>/", letters.letter_file, name="letter_file"),
    path("letters/<int:pk>/pictures/<slug:sha256>/", letters.letter_picture, name="letter_picture"),
    path("actions/", actions.action_list, name="action_list"),
    path(ACTION, actions.action, name="action"),
    *(path(f"{ACTION}{verb}/", actions.act, {"verb": verb}, name=verb) for verb in actions.ACTS),
    path(f"{ACTION}files/<int:file_pk>/", actions.report_file, name="report_file"),
    path("opinions/<uuid:pk>/", opinions.opinion, name="opinion"),
    path("papers/<int:pk>/", papers.papers, name="papers"),
    path("papers/<int:pk>/<uuid:item_pk>/", papers.paper_send, name="paper_send"),
    path("papers/<int:pk>/files/<int:file_pk>/", papers.paper_file, name="paper_file"),
    path("papers/<int:pk>/wish/", papers.wish, name="wish"),
    path("invitations/<int:pk>/", inviting.invite, name="invite"),
    path("self-checks/<int:pk>/", self_checks.self_check, name="self_check"),
    path("self-checks/<int:pk>/submit/", self_checks.self_check_submit, name="self_check_submit"),
]
