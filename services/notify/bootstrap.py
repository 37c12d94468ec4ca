"""The only place where notify's concrete things are built and joined."""

import asyncio
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

import structlog

from services.notify.adapters.address_books import AddressBooks
from services.notify.adapters.community_letters import (
    CommunityCardLetters,
    CommunityDoor,
    CommunityFollowLetters,
    CommunityGatheringLetters,
    CommunitySeatLetters,
    CommunitySparringLetters,
)
from services.notify.adapters.letters import DutchLetters
from services.notify.adapters.matching_address_book import MatchingAddressBook
from services.notify.adapters.metrics import MailMetrics
from services.notify.adapters.monitoring_follow_up_links import MonitoringFollowUpLinks
from services.notify.adapters.smtp import MailServer, SmtpMailer
from services.notify.adapters.wake import Listener
from services.notify.domain.reply_addresses import ReplyAddresses
from services.notify.handlers.cases import hold_cases
from services.notify.receiver.door import MailDoor
from services.notify.schedule import JOBS, TIMERS
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from services.notify.settings import NotifySettings
from services.notify.store.messages import NOTIFY_CHANNEL
from services.notify.store.repositories import PostgresNotifyUnit
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.access.people_book import MatchingPeopleBook
from shared.access.service_tokens import ServiceTokens
from shared.kernel.city import City
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.errors import Transient
from shared.kernel.ids import Ids
from shared.kernel.spans import Spans
from shared.kernel.waiting import wait_for
from shared.messaging.postgres_unit import PostgresUnits
from shared.privacy.audit_chain import AuditChain
from shared.runtime.service import Parts, Service, SideTask
from shared.runtime.worker import WorkerWiring, wire_worker
from shared.storage.database import Database

if TYPE_CHECKING:
    from fastapi import FastAPI

NAME: Final = "notify"
METRICS_SECONDS: Final = 5.0
log = structlog.get_logger(__name__)


def open_units(
    city: City,
    database: Database,
    ids: Ids,
    random: Random,  # noqa: ARG001 - every service opens its units in the same way
    chain: AuditChain,
    settings: NotifySettings | None = None,
) -> PostgresUnits[PostgresNotifyUnit]:
    """Notify's units of work, for its own processes and for the command line, which opens no answers."""
    calendar, sealing = DutchCalendar(), settings.replies_sealing if settings else None
    return PostgresUnits(
        database,
        service=NAME,
        ids=ids,
        city=city,
        chain=chain,
        make=lambda context: PostgresNotifyUnit(context, calendar, sealing),
    )


def build(settings: NotifySettings, parts: Parts) -> Service:
    """Notify, ready to run."""
    units = open_units(settings.city, parts.database, parts.ids, parts.random, AuditChain(settings.audit_key), settings)

    def web() -> "FastAPI":
        # Imported when a web process asks for it: a worker does without pages and their libraries.
        from services.notify.web.app import web_app

        tokens = ServiceTokens(settings.key_ring, NAME, parts.clock)
        people = MatchingPeopleBook(parts.http, settings.matching_url, tokens)
        return web_app(settings, parts, units, people, _letters(settings), _replies(settings))

    wiring = WorkerWiring(NAME, units, SUBSCRIPTIONS, TIMERS, JOBS, prepare=hold_cases, consumes_at_once=True)
    wired, metrics = wire_worker(wiring, settings, parts), MailMetrics(parts.registry)
    return Service(
        name=NAME,
        web=web,
        worker=(
            *wired.tasks,
            *_sender_tasks(settings, parts, units, metrics),
            *_door(settings, parts, units, metrics),
        ),
        units=units,
        checks=wired.checks,
    )


def _sender_tasks(
    settings: NotifySettings, parts: Parts, units: PostgresUnits[PostgresNotifyUnit], metrics: MailMetrics
) -> tuple[SideTask, ...]:
    lease = timedelta(seconds=settings.mail_lease_seconds)
    sender = Sender(
        units,
        _composer(settings, parts),
        _mailer(settings),
        random=parts.random,
        tally=metrics,
        lease=lease,
        spans=Spans(NAME),
    )
    listener = Listener(settings.database_url, NOTIFY_CHANNEL, sender.wake, parts.random)

    async def watch(stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await metrics.refresh(units)
            except Transient as error:
                log.warning("mail_metrics_wait", error=type(error).__name__)
            await wait_for(stop, METRICS_SECONDS)

    return (
        SideTask("sender", sender.run),
        SideTask("sender-listener", listener.run),
        SideTask("mail-metrics", watch),
    )


def _door(
    settings: NotifySettings, parts: Parts, units: PostgresUnits[PostgresNotifyUnit], metrics: MailMetrics
) -> tuple[SideTask, ...]:
    """Where answers are received, when the city wants them by mail."""
    if settings.reply_address is None:
        return ()
    # Imported when it is used: who takes no answers does without the libraries that read them.
    from services.notify.adapters.inbound_mail import read_mail
    from services.notify.adapters.mail_listener import keep_open

    people = MatchingPeopleBook(parts.http, settings.matching_url, ServiceTokens(settings.key_ring, NAME, parts.clock))
    door = MailDoor(units, people, _replies(settings), settings.mail_from, metrics, read_mail)
    run = keep_open(door, host=settings.reply_host, port=settings.reply_port, lmtp=settings.reply_lmtp)
    return (SideTask("mail-door", run),)


def _replies(settings: NotifySettings) -> ReplyAddresses:
    return ReplyAddresses(settings.reply_address or "", settings.replies_key)


def _composer(settings: NotifySettings, parts: Parts) -> Composer:
    tokens = ServiceTokens(settings.key_ring, NAME, parts.clock)
    community = CommunityDoor(parts.http, settings.community_url, tokens)
    people = MatchingAddressBook(parts.http, settings.matching_url, tokens)
    return Composer(
        AddressBooks(
            people,
            CommunitySeatLetters(community),
            CommunityFollowLetters(community, people),
            CommunityGatheringLetters(community),
            CommunityCardLetters(community),
            CommunitySparringLetters(community),
        ),
        MonitoringFollowUpLinks(parts.http, settings.monitoring_url, tokens),
        _letters(settings),
    )


def _letters(settings: NotifySettings) -> DutchLetters:
    return DutchLetters(
        public_url=settings.public_url, sender=settings.mail_from, city=settings.city, replies=_replies(settings)
    )


def _mailer(settings: NotifySettings) -> SmtpMailer:
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        username=settings.smtp_username,
        password=settings.smtp_password,
        starttls=settings.smtp_starttls,
        connections=settings.smtp_connections,
        reply_to=settings.desk.email,
    )
    return SmtpMailer(server)
