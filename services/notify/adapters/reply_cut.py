"""What somebody wrote in a reply, without what it quotes and without what stands below it."""

import re
from typing import Final

from mailparser_reply import EmailReplyParser
from quotequail import unwrap

from services.notify.domain.letter import ANSWER_ABOVE, MAIL_LANGUAGE

MOST_CHARACTERS: Final = 10_000
FEW_WORDS: Final = 3
_GREETING: Final = re.compile(
    r"(?i)^(?:(?:met )?(?:vriendelijke|hartelijke|warme|fijne) groet(?:en)?\b.*|met groet\b.*|m\.?v\.?g\.?\W*.{0,30}"
    r"|(?:lieve )?groet(?:en|jes)?\W*(?:van )?(?:\w+\W*){0,3}|with kind regards\b.*|kind regards\b.*|hartelijks?\W*)$"
)
_BELOW: Final = re.compile(
    r"(?i)^(?:-- ?$|_{5,}$|(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via) .*|sent from .*|get outlook .*"
    r"|outlook voor .*|download outlook .*|disclaimer\b.*"
    r"|(?:dit|deze) (?:e-?mail|bericht|e-?mailbericht)\b.*(?:vertrouwelijk|uitsluitend|bestemd).*"
    r"|de informatie in (?:dit|deze) (?:e-?mail|bericht).*)$"
)
_HEADER: Final = re.compile(
    r"(?i)^\W*(?:(?:van|verzonden|aan|cc|onderwerp|datum|from|sent|to|subject|date)\*?:.*|op .*(?:schreef|geschreven).*"
    r"|on .*wrote.*|.*(?:schreef|geschreven):|-+ ?(?:oorspronkelijk bericht|original message) ?-+|_{5,})\W*$"
)


def cut(text: str) -> str:
    """What was written; the whole when it is not clear where that ends."""
    clean = "".join(one for one in text.replace("\r\n", "\n").replace("\xa0", " ") if one.isprintable() or one == "\n")
    own = _answers_between(clean) or _above(clean)
    return _without_signature(own).strip()[:MOST_CHARACTERS]


def _above(text: str) -> str:
    """What stands above the quote: by our own line if it is there, else as others find it."""
    head, sure, _ = text.partition(ANSWER_ABOVE)
    top = _unwrapped(text)
    if sure:
        return top if top and len(top) <= len(head) else _without_header(head)
    if len(top.split()) >= FEW_WORDS:
        return top
    parsed = EmailReplyParser(languages=[MAIL_LANGUAGE]).parse_reply(text=text) or ""
    return parsed if len(parsed.split()) >= FEW_WORDS else text


def _unwrapped(text: str) -> str:
    found = unwrap(text)
    return str(found.get("text_top") or "") if found else ""


def _without_header(head: str) -> str:
    """Without the lines in which a mail program says whose words follow."""
    lines = head.rstrip(" \n>-").split("\n")
    while lines and (not lines[-1].strip(" >") or _HEADER.match(lines[-1])):
        lines.pop()
    if len(lines) > 1 and re.match(r"(?i)^op .*", lines[-1]) and "@" in lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _answers_between(text: str) -> str:
    """Answers that stand between the lines they answer; empty when there are none. Quotes behind the last one go."""
    lines = text.split("\n")
    begins = next((at for at, line in enumerate(lines) if line.lstrip().startswith(">")), len(lines))
    # What a mail server puts below everything is no answer.
    below = (at for at, line in enumerate(lines) if at > begins and _BELOW.match(line.strip()))
    lines = lines[: next(below, len(lines))]
    quoted = [at for at, line in enumerate(lines) if line.lstrip().startswith(">")]
    own = [at for at, line in enumerate(lines) if line.strip() and at not in set(quoted)]
    if not quoted or not own or own[-1] < quoted[0]:
        return ""
    kept = lines[: own[-1] + 1]
    first = next((at for at in own if at > quoted[0]), own[-1])
    if len(" ".join(lines[at] for at in own if at >= first).split()) < FEW_WORDS:
        return ""
    return "\n".join(line for line in kept if ANSWER_ABOVE not in line and not _HEADER.match(line))


def _without_signature(text: str) -> str:
    lines = text.strip().split("\n")
    for at, line in enumerate(lines):
        if at and (_GREETING.match(line.strip()) or _BELOW.match(line.strip())):
            return "\n".join(lines[:at])
    return text
