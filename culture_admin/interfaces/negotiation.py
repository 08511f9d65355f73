"""What an endpoint speaks: its one renderer, whatever is asked for; a body of a type it does not read is 415."""

from rest_framework.negotiation import DefaultContentNegotiation


class OneLanguage(DefaultContentNegotiation):
    """Answers with the view's first renderer, without reading the Accept header."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type
