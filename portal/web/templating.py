"""What every template gets: the page object, languages, filters; undefined names are errors."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined

from portal.kernel import i18n
from portal.kernel.config import Settings
from portal.kernel.permissions import Actor
from portal.kernel.phones import display
from portal.web import menus
from portal.web.context import current_actor, portal
from portal.web.language import languages_of_page


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language to choose."""

    code: str
    name: str
    direction: str
    url: str
    current: bool

    @property
    def dir(self) -> str:
        """Its direction, as HTML names it."""
        return self.direction


@dataclass(frozen=True, slots=True)
class Site:
    """What the frame of a page tells about this installation."""

    region: str
    team_name: str
    team_phone: str
    team_phone_href: str
    team_email: str

    @classmethod
    def of(cls, settings: Settings) -> "Site":
        """From the settings."""
        return cls(
            settings.region_name,
            settings.team_name,
            display(settings.team_phone),
            f"tel:{settings.team_phone}",
            settings.team_email,
        )


@dataclass(slots=True)
class PhoneCallInfo:
    """The call that a team member is in, for the banner."""

    employer_name: str
    end_url: str


@dataclass
class PageInfo:
    """The frame of one page; parts are computed when a layout asks for them."""

    site: Site
    demo: bool
    phone_call: PhoneCallInfo | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        """The code of the page's language."""
        return str(g.get("language", i18n.SOURCE))

    @property
    def dir(self) -> str:
        """Its direction."""
        return i18n.LANGUAGES[self.language].direction

    @property
    def translation_reviewed(self) -> bool:
        """Whether a native speaker has read this translation."""
        return i18n.LANGUAGES[self.language].reviewed

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """The languages of this page, each with its address."""
        return [self._language_link(code) for code in languages_of_page()]

    def _language_link(self, code: str) -> LanguageLink:
        language = i18n.LANGUAGES[code]
        if self._opens_by_link:
            asked = {**request.args.to_dict(flat=False), "taal": code}
            url = f"{request.path}?{urlencode(asked, doseq=True)}"
        else:
            url = url_for("site.home", taal=code)
        return LanguageLink(code, language.name, language.direction, url, code == self.language)

    @cached_property
    def _opens_by_link(self) -> bool:
        """Whether this address shows a page to somebody who follows a link; many only take a form."""
        return request.method == "GET" or current_app.url_map.bind(request.host).test(request.path, "GET")

    @cached_property
    def actor(self) -> Actor:
        """Who looks at it."""
        return current_actor()

    @cached_property
    def audience(self) -> str:
        """Whose part of the portal it is in."""
        return menus.audience(self.actor)

    @cached_property
    def menu(self) -> list[menus.MenuItem]:
        """The main menu."""
        return menus.menu(menus.entries_for(self.audience), self.actor)

    @cached_property
    def account_menu(self) -> list[menus.MenuItem]:
        """The rarely used links of the team."""
        return menus.menu(menus.TEAM_MORE, self.actor)

    @cached_property
    def footer_links(self) -> list[menus.MenuItem]:
        """What stands at the foot of every page."""
        return menus.menu(menus.FOOTER, self.actor)

    @property
    def home_url(self) -> str:
        """Where the mark leads to."""
        return "/" if self.audience == "public" else self.start_url

    @property
    def start_url(self) -> str:
        """Where this person starts."""
        return menus.home_of(self.actor)

    @property
    def sign_out_url(self) -> str:
        """Where the sign-out button posts to."""
        return "/uitloggen"

    @property
    def sign_in_url(self) -> str:
        """The sign-in page."""
        return "/inloggen"


PhoneCallLoader = Callable[[Actor], PhoneCallInfo | None]


def render(template: str, **context: object) -> str:
    """Render a page."""
    return render_template(template, **context)


def _page() -> dict[str, object]:
    if "page" not in g:
        parts = portal()
        call = g.get("phone_call")
        g.page = PageInfo(site=Site.of(parts.settings), demo=parts.settings.is_demo, phone_call=call)
    return {"page": g.page, "errors": ()}


def install(app: Flask) -> None:
    """Make Jinja strict and give it the portal's words."""
    jinja = app.jinja_env
    jinja.undefined = StrictUndefined
    jinja.trim_blocks = True
    jinja.lstrip_blocks = True
    jinja.auto_reload = False
    i18n.prepare_jinja(jinja)
    jinja.filters.update(
        day=i18n.format_day,
        short_day=i18n.format_short_day,
        day_part=i18n.format_day_part,
        clock=i18n.format_clock,
        moment=i18n.format_moment,
        money=i18n.format_money,
        number=i18n.format_number,
        phone=display,
        cents=i18n.format_cents,
    )
    jinja.globals["csrf_token"] = generate_csrf
    app.context_processor(_page)
