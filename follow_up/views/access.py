"""What several views of the follow-up need of a request."""


def sent(request):
    """(data, files) of a POST, an empty one too; nothing of a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
