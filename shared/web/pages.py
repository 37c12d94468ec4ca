"""Pages: Jinja2 templates of a service over the shared layout and components."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse


class Templates:
    """Renders `<service_package>/web/templates/*.html`; `layout.html` and `components.html` come from here.

    `service_package` is importable, e.g. `"services.intake"`.
    """

    def __init__(self, service_package: str) -> None:
        self._package = service_package

    def page(self, request: Request, name: str, status_code: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
        """A whole page. The context always has `request`, `session` (or None), `site` (menu) and `lang`."""
        raise NotImplementedError
