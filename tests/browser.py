"""A real browser without a network, for tests of pages: every request, error and message is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

#: What keeps Chromium from talking to anyone by itself.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Visit:
    """An open page with what it asked for and complained of."""

    page: object
    #: Requests for anything but the file itself.
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class Browser:
    """Opens files, each in a new empty profile with the network cut."""

    def __init__(self, chromium) -> None:  # type: ignore[no-untyped-def]
        self._chromium = chromium

    @contextmanager
    def open(
        self, path: Path, fragment: str = "", *, script: str = "", ready: str = "body[data-ready]"
    ) -> Iterator[Visit]:
        """Open a file, after a ``script`` of the test's own, and wait until it says that it is ready."""
        context = self._chromium.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        visit = Visit(page)
        address = path.resolve().as_uri()

        def note(request) -> None:  # type: ignore[no-untyped-def]
            if request.url.split("#")[0] != address and not request.url.startswith("data:"):
                visit.requests.append(request.url)

        context.route(
            "**/*",
            lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort(),
        )
        page.on("request", note)
        page.on(
            "console",
            lambda message: message.type in ("error", "warning") and visit.complaints.append(message.text),
        )
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on(
            "dialog", lambda dialog: (visit.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        if script:
            page.add_init_script(script)
        page.goto(address + fragment)
        page.wait_for_selector(ready, timeout=60_000)
        try:
            yield visit
        finally:
            context.close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium for the whole session."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make install")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield Browser(running)
        running.close()
