"""What a caller of the renderers must be ready for. No Django: the child process uses it too."""


class RenderError(Exception):
    """The paper could not be rendered; the message is for the user. Nothing was stored."""
