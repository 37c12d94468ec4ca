"""Articles as pages show them: the little of Markdown that a page needs, and never any HTML of who wrote it."""

from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

# No pictures, no quoted code, no HTML: what is no Markdown of these is text. A link that could run a script stays text.
_RULES: Final = ("heading", "list", "emphasis", "link", "table", "paragraph", "inline", "newline", "escape")
_MARKDOWN: Final = MarkdownIt("zero", {"html": False, "linkify": False}).enable(
    [rule for rule in _RULES if rule not in {"paragraph", "inline"}]
)
# Above them stands the title of the page.
_HEADINGS: Final = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_CLASSES: Final = {"table": "utrecht-table schakel-table-wide", "ul": "schakel-list"}


def as_page(text: str) -> Markup:
    """This text as HTML that is safe to show: each word of it is escaped."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        if token.nesting == 1 and token.tag in _CLASSES:
            token.attrSet("class", _CLASSES[token.tag])
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Markup(html)  # noqa: S704 - its renderer escapes each text and attribute; HTML is no rule of ours
