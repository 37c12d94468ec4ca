"""The one site: which path belongs to which service, and the menu."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.access.sessions import Session
from shared.events.base import Role
from shared.kernel.translatable import to_translate

# First path segment, or the first two -> service; the longer one goes first. "" is the front page. The proxy's
# configuration is made from this table.
PATHS: Final[Mapping[str, str]] = {
    "": "matching",
    "inloggen": "matching",
    "uitloggen": "matching",
    "kaart": "matching",
    "aansluiten": "matching",
    "antwoord": "matching",
    "doorverwijzingen": "matching",
    "netwerk": "matching",
    "hsds": "matching",
    "static": "matching",
    "privacy": "matching",
    "toegankelijkheid": "matching",
    "cookies": "matching",
    "robots.txt": "matching",
    ".well-known/security.txt": "matching",
    "aanvragen": "intake",
    "gezin": "intake",
    "v1": "intake",
    "v1/referrals": "matching",
    "v1/follow-ups": "monitoring",
    "openapi.json": "intake",
    "bord": "monitoring",
    "vervolg": "monitoring",
    "berichten": "notify",
    "bijeenkomsten": "community",
    "kennisbank": "community",
    "gezichten": "community",
    "sparren": "community",
}
# Where each service shows the events that stand aside.
PARKED: Final[Mapping[str, str]] = {
    "intake": "/aanvragen/geparkeerd",
    "matching": "/netwerk/geparkeerd",
    "monitoring": "/bord/geparkeerd",
    "notify": "/berichten/geparkeerd",
    "community": "/bijeenkomsten/geparkeerd",
}
# Under these, replies are for machines: problem+json instead of an error page.
MACHINE_SEGMENTS: Final = frozenset({"v1", "hsds", "internal", "openapi.json", "livez", "readyz", "metrics"})
# Under these stands what anyone may take over, from any site.
OPEN_SEGMENTS: Final = frozenset({"hsds"})
# What search engines may show; everything else is between people.
FOUND_SEGMENTS: Final = ("kaart", "hsds")
# The map inside the pages of other sites: there is one of it already.
EMBEDDED: Final = "/kaart/ingebed"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu; `roles` empty: for everyone; `signed_out`: only when nobody is signed in."""

    label: str
    path: str
    roles: frozenset[Role] = frozenset()
    signed_out: bool = False

    def is_for(self, session: Session | None) -> bool:
        """Whether this person sees it."""
        if session is None:
            return not self.roles
        return not self.signed_out and (not self.roles or session.role in self.roles)


_DESK = frozenset({Role.COORDINATOR, Role.OPERATOR})
_IN_NETWORK = frozenset({Role.AMBASSADOR, Role.PARTNER, Role.COORDINATOR, Role.OPERATOR, Role.MEMBER})
MENU: Final = (
    MenuItem(to_translate("Hulp vragen"), "/aanvragen/nieuw", frozenset({Role.AMBASSADOR})),
    MenuItem(to_translate("Mijn aanvragen"), "/aanvragen", frozenset({Role.AMBASSADOR})),
    MenuItem(to_translate("Een zorg doorgeven"), "/aanvragen/doorgeven", frozenset({Role.TRUSTED_PERSON})),
    MenuItem(to_translate("Staat stil voor veiligheid"), "/aanvragen/veiligheid", frozenset({Role.SAFETY_OFFICER})),
    MenuItem(to_translate("Wacht op jouw antwoord"), "/vervolg", frozenset({Role.AMBASSADOR})),
    MenuItem(to_translate("Bord"), "/bord", frozenset({Role.COORDINATOR})),
    MenuItem(to_translate("Aanvragen"), "/aanvragen", frozenset({Role.COORDINATOR})),
    MenuItem(to_translate("Wie helpt"), "/doorverwijzingen", frozenset({Role.AMBASSADOR, Role.COORDINATOR})),
    MenuItem(to_translate("Hulpvragen"), "/doorverwijzingen", frozenset({Role.PARTNER})),
    MenuItem(to_translate("Netwerk"), "/netwerk", _DESK),
    MenuItem(to_translate("Collega's"), "/netwerk/collegas", frozenset({Role.PARTNER})),
    MenuItem(to_translate("Onze vermelding"), "/netwerk/vermelding", frozenset({Role.PARTNER})),
    MenuItem(to_translate("Berichten"), "/berichten", _DESK),
    MenuItem(to_translate("Sociale kaart"), "/kaart"),
    MenuItem(to_translate("Bijeenkomsten"), "/bijeenkomsten"),
    MenuItem(to_translate("Kennisbank"), "/kennisbank"),
    MenuItem(to_translate("Gezichten"), "/gezichten", frozenset(Role)),
    MenuItem(to_translate("Vraag een collega"), "/sparren", _IN_NETWORK),
    MenuItem(to_translate("Mijn mails"), "/berichten/instellingen", frozenset(Role)),
    MenuItem(to_translate("Meedoen"), "/aansluiten", signed_out=True),
    MenuItem(to_translate("Inloggen"), "/inloggen", signed_out=True),
)


def menu_for(session: Session | None, path: str) -> Sequence[tuple[MenuItem, bool]]:
    """The menu for this person, and for each entry whether it is where they are (the longest path that fits)."""
    entries = [entry for entry in MENU if entry.is_for(session)]
    fitting = [entry.path for entry in entries if path == entry.path or path.startswith(entry.path + "/")]
    here = max(fitting, key=len, default=None)
    return [(entry, entry.path == here) for entry in entries]


def service_of_path(path: str) -> str | None:
    """Which service serves this path; None: nobody (also for `/internal`, which is never public)."""
    first, _, rest = path.lstrip("/").partition("/")
    return PATHS.get(f"{first}/{first_segment(rest)}") or PATHS.get(first)


def first_segment(path: str) -> str:
    """`aanvragen` of `/aanvragen/nieuw`."""
    return path.lstrip("/").split("/", 1)[0]


def is_for_machines(path: str) -> bool:
    """Whether a reply on this path is read by a program."""
    return first_segment(path) in MACHINE_SEGMENTS


def is_open_data(path: str) -> bool:
    """Whether what stands there is for every site to read."""
    return first_segment(path) in OPEN_SEGMENTS


def may_be_found(path: str) -> bool:
    """Whether search engines may show it."""
    return first_segment(path) in FOUND_SEGMENTS and path != EMBEDDED
