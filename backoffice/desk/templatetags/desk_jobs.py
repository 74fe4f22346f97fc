"""What the frame of every page shows of long work."""

from django import template

from backoffice.desk.jobs.following import count_under_way

register = template.Library()


@register.simple_tag(takes_context=True)
def jobs_under_way(context):
    """Return how many jobs of who is signed in are under way."""
    request = context.get("request")
    return count_under_way(request) if request and request.user.is_authenticated else 0
