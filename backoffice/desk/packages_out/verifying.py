"""Holding a package that arrived against its manifest, and against what was sent from here."""

import tempfile
from pathlib import Path

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.desk.evidence.bounded_uploads import MOST_BYTES
from backoffice.desk.findings import worded
from backoffice.packages.models import OutgoingPart
from backoffice.packages.outgoing_verifying import verify
from backoffice.policies.shelf import policy_of
from correctionkit.masking import mask_text
from correctionkit.policy.shelf import default_policy_id
from correctionkit.render.visible import shown

VIEWING = "packages.view_outgoingpackage"
_MOST_FINDINGS = 200


class ArrivalForm(forms.Form):
    """The file that arrived."""

    file = forms.FileField(
        label=gettext_lazy("Package as it arrived (ZIP)"),
        help_text=gettext_lazy("It is verified and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )

    def clean_file(self):
        """Refuse what was cut off on its way in."""
        file = self.cleaned_data["file"]
        if file.size >= MOST_BYTES:
            words = _("More than %(most)d MB: let whoever runs the office use verify_package.")
            raise forms.ValidationError(words % {"most": MOST_BYTES // 1024**2})
        return file


def verify_view(page, request):
    """Take a package, and say whether it is whole; *page* answers with a template."""
    if not request.user.has_perm(VIEWING):
        raise PermissionDenied
    form, status, shown = ArrivalForm(), 200, {}
    if request.method == "POST":
        form = ArrivalForm(request.POST, request.FILES)
        if form.is_valid():
            shown = _verified(form.cleaned_data["file"], request.user)
        else:
            status = 400
    context = {"title": _("Verify a package that arrived"), "form": form, **shown}
    return page("desk/packages_out/verify.html", context, status)


def _verified(file, account):
    rules = policy_of(default_policy_id())
    with tempfile.TemporaryDirectory(prefix="office-verify-") as folder:
        place = Path(folder) / "package.zip"
        with place.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
        parts = OutgoingPart.objects.visible_to(account, VIEWING)
        arrival = verify(place, rules.package_bounds, parts)
    findings = worded(arrival.findings, rules)
    return {
        "arrival": arrival,
        "file_name": shown(mask_text(file.name)),
        "findings": findings[:_MOST_FINDINGS],
        "more": max(len(findings) - _MOST_FINDINGS, 0),
    }
