"""Matching's web app: front page, sign-in, social map, referrals, the partner's page, and its APIs."""

from typing import Final

from fastapi import APIRouter, FastAPI

from services.matching.ports import MatchingUnit
from services.matching.settings import MatchingSettings, second_factor_key
from services.matching.web import api, internal
from services.matching.web.audited import AUDITED, find_meant
from services.matching.web.dependencies import Dependencies
from services.matching.web.map_upload import MOST_BYTES
from services.matching.web.pages import (
    applications,
    colleagues,
    desk_ask,
    desk_need,
    desk_steps,
    embedded_map,
    everyday_words,
    family,
    front,
    join,
    map_import,
    map_imports,
    map_mistake,
    network,
    offers,
    oidc,
    organisations,
    own_entry,
    own_new_offer,
    partner,
    people,
    person,
    privacy,
    proposals,
    referral_list,
    referrals,
    second_step,
    sign_in,
    site_papers,
    social_map,
)
from services.matching.web.sign_in_cookies import SignInCookies
from shared.access.identity_provider import IdentityProvider, OidcProvider
from shared.privacy.sealed import Sealing, WrappingKeys
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import create_app
from shared.web.pages import Templates

# In this order: the address for typed codes would be a link's token to the partner's page, and that of the embedded map
# an offer's.
PAGES: Final = (
    *(front, privacy, site_papers, sign_in, second_step, oidc, partner, family, referral_list, referrals),
    *(embedded_map, social_map, map_mistake, join),
    *(desk_need, desk_ask, desk_steps),
    *(own_entry, own_new_offer, organisations, applications, offers, proposals, everyday_words),
    *(map_imports, map_import),
    *(network, people, person, colleagues),
)


def web_app(settings: MatchingSettings, parts: Parts, units: Units[MatchingUnit]) -> FastAPI:
    """The pages, the public API of the social map, and the internal route."""
    templates = Templates("services.matching")
    app = create_app(
        service="matching",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=_pages(),
        apis=api.APIS,
        internal=internal.router,
        units=units,
        checks=web_checks(parts),
        table=AUDITED,
        find_meant=find_meant,
        uploads={map_imports.PATH: MOST_BYTES},
    )
    code_keys = settings.code_key_ring
    app.state.dependencies = Dependencies(
        units=units,
        templates=templates,
        code_key_ring=code_keys,
        sealing=Sealing(WrappingKeys(code_keys, second_factor_key)),
        cookies=SignInCookies(code_keys, secure=settings.public_url.startswith("https://")),
        identity_provider=_identity_provider(settings, parts),
        city=settings.city,
        public_url=settings.public_url,
    )
    return app


def _pages() -> APIRouter:
    pages = APIRouter()
    for page in PAGES:
        pages.routes.extend(page.router.routes)
    return pages


def _identity_provider(settings: MatchingSettings, parts: Parts) -> IdentityProvider | None:
    """The sign-in of people's own organisation, where one is named."""
    if not settings.oidc_issuer:
        return None
    client = (settings.oidc_client_id, settings.oidc_client_secret)
    return OidcProvider(parts.http, parts.clock, settings.oidc_issuer, *client)
