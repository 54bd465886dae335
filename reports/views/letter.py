"""Head and foot of a letter, and the papers that a paper goes on from."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reports import correspondence
from reports.forms.letter import LetterForm, ReferencesForm
from reports.views.access import own_draft, refused_on_paper


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def document_letter(request, pk):
    document = own_draft(request, pk)
    form_class = LetterForm if document.is_letter else ReferencesForm
    form = form_class(request.POST if request.method == "POST" else None, document=document)
    if form.is_valid():
        references = list(form.cleaned_data["references"])
        correspondence.edit_letter(document, form.facts, references, by=request.user)
        messages.success(
            request, "저장했습니다. 관련 문서를 바꾸었으면 ‘점검 기록과 비교’에서 본문에 옮길 수 있습니다."
        )
        return redirect("reports:document", pk=pk)
    title = "수신·발신과 관련 문서" if document.is_letter else "관련 문서"
    context = {"document": document, "form": form, "title": title}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)
