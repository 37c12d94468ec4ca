"""The one site: who owns a path, and the apps of all services as one."""

from uuid import UUID

import pytest

from deploy.embedded.site import Site
from shared.access.sessions import Session
from shared.events.base import Role
from shared.web.site import MENU, PARKED, menu_for, service_of_path
from tests.unit.shared.web.asking import asking, signed_in_as
from tests.unit.shared.web_gallery.gallery import GalleryParts, gallery


async def well() -> None:
    return


async def not_well() -> None:
    raise ConnectionRefusedError("postgresql://schakel:secret@host")


def site() -> Site:
    return Site(
        {
            "intake": gallery(service="intake", checks={"database": well}),
            "matching": gallery(service="matching", checks={"database": well}),
            "monitoring": gallery(service="monitoring", checks={"database": not_well}),
            "notify": gallery(service="notify"),
            "community": gallery(service="community"),
        }
    )


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/", "matching"),
        ("/aanvragen/nieuw", "intake"),
        ("/v1/requests", "intake"),
        ("/v1", "intake"),
        ("/v1/follow-ups", "monitoring"),
        ("/v1/follow-ups/7/answers", "monitoring"),
        ("/v1/follow-upsx", "intake"),
        ("/v1/referrals/7/outcome", "matching"),
        ("/v1/requests/referrals", "intake"),
        ("/kaart", "matching"),
        ("/hsds/services", "matching"),
        ("/bord", "monitoring"),
        ("/vervolg/abc", "monitoring"),
        ("/berichten", "notify"),
        ("/bijeenkomsten/x", "community"),
        ("/internal/deliveries", None),
        ("/aanvragenx", None),
        ("/metrics", None),
    ],
)
def test_path_belongs_to_one_service(path: str, service: str | None) -> None:
    assert service_of_path(path) == service


def test_every_entry_of_the_menu_and_every_parked_page_has_an_owner() -> None:
    assert all(service_of_path(entry.path) for entry in MENU)
    assert {service: service_of_path(path) for service, path in PARKED.items()} == {name: name for name in PARKED}


def test_menu_marks_only_the_closest_entry() -> None:
    menu = menu_for(Session(UUID(int=1), Role.AMBASSADOR, UUID(int=2)), "/aanvragen/nieuw")
    assert [entry.label for entry, here in menu if here] == ["Hulp vragen"]


@pytest.mark.parametrize("role", Role)
def test_everybody_who_gets_mail_finds_where_to_say_how(role: Role) -> None:
    menu = menu_for(Session(UUID(int=1), role, UUID(int=2)), "/")
    assert "/berichten/instellingen" in [entry.path for entry, _ in menu]


async def test_site_passes_each_path_to_its_owner() -> None:
    async with asking(site()) as client:
        reply = await client.get("/bord", headers=signed_in_as(Role.COORDINATOR))
        metrics = (await client.get("/metrics")).text
    assert reply.status_code == 200
    assert 'route="/bord",service="monitoring",status="200"' in metrics
    assert metrics.count("# TYPE schakel_http_requests_total counter") == 1


async def test_site_does_not_serve_internal_routes_nor_unknown_paths() -> None:
    async with asking(site()) as client:
        internal = await client.post("/internal/deliveries", json={})
        unknown = await client.get("/bestaat-niet")
    assert internal.status_code in (403, 404)
    assert unknown.status_code == 404
    assert "<h1" in unknown.text


async def test_site_is_ready_only_when_every_service_is_and_says_which_is_not() -> None:
    async with asking(site()) as client:
        reply = await client.get("/readyz")
        alive = await client.get("/livez")
    assert alive.status_code == 200
    assert reply.status_code == 503
    assert reply.json() == {
        "status": "not-ready",
        "checks": {"intake.database": "ok", "matching.database": "ok", "monitoring.database": "ConnectionRefusedError"},
    }


async def test_one_service_says_what_is_not_ready_without_its_secrets() -> None:
    async with asking(gallery(checks={"database": not_well, "bus": well})) as client:
        reply = await client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json()["checks"] == {"database": "ConnectionRefusedError", "bus": "ok"}
    assert "secret" not in reply.text


async def test_two_apps_may_share_a_registry() -> None:
    parts = GalleryParts()
    gallery(parts=parts)
    async with asking(gallery(parts=parts, service="notify")) as client:
        await client.get("/aanvragen")
        assert 'service="notify"' in (await client.get("/metrics")).text
