"""Pages for whoever builds or tries the portal: the gallery of components and the demo's mails."""

from pathlib import Path

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import Permission
from portal.site import mail_reader
from portal.site.forms import SampleForm
from portal.web.access import access
from portal.web.context import portal
from portal.web.templating import render

bp = Blueprint("site_development", __name__)


@bp.get("/_componenten")
@access(Permission.PUBLIC)
def gallery() -> ResponseReturnValue:
    """Every component with its states; `?fouten=1` shows the form refused."""
    form = SampleForm()
    if request.args.get("fouten"):
        form.validate()
    return render("site/gallery.html", form=form)


@bp.post("/_componenten")
@access(Permission.PUBLIC)
def try_form() -> ResponseReturnValue:
    """The form as it was sent: refused with its sentences, or shown again."""
    form = SampleForm()
    status = 200 if form.sent else 422
    return render("site/gallery.html", form=form), status


@bp.get("/dev/mail")
@access(Permission.PUBLIC)
def mail_list() -> ResponseReturnValue:
    """The mails of the demo."""
    return render("site/mail_list.html", mails=mail_reader.mails(_folder()))


@bp.get("/dev/mail/<string:mail_id>")
@access(Permission.PUBLIC)
def mail_page(mail_id: str) -> ResponseReturnValue:
    """One mail of the demo, its links ready to follow."""
    return render("site/mail_page.html", mail=mail_reader.mail(_folder(), mail_id))


def _folder() -> Path:
    """Where the demo keeps its mails; elsewhere this page does not exist."""
    settings = portal().settings
    if not settings.is_demo:
        raise NotFoundError
    return settings.instance_dir / "mail"
