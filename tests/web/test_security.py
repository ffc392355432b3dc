"""Headers of every answer."""

import pytest

from portal.web.assets import static_url, stylesheet_url
from tests.support.browser import Browser


def test_browsers_keep_styles_and_files_for_a_year(browser: Browser) -> None:
    with browser.app.test_request_context():
        addresses = (stylesheet_url(), static_url("css/tokens.css"))
    for address in addresses:
        with browser.client.get(address) as response:
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("address", ["/static/portal-000000000000.css", "/static/css/none.css", "/"])
def test_nothing_else_is_kept(browser: Browser, address: str) -> None:
    assert "immutable" not in browser.client.get(address).headers["Cache-Control"]
