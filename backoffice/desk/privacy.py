"""Pages that stay private: kept by no browser, proxy or history of a shared computer."""


class PrivatePagesMiddleware:
    """Says of every page made for somebody signed in that it must not be stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer, and forbid storing unless the answer says itself how it may be kept."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response
