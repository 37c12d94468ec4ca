"""Names say what a thing is or achieves."""

import pytest

from tests.architecture import naming
from tests.architecture.tree import Rule, project, sample

MODULES, CLASSES = naming.modules_are_named_by_what_they_hold, naming.classes_are_named_by_what_they_are
FACTS, HANDLERS = naming.events_are_facts_in_the_past_tense, naming.handlers_are_named_by_what_they_achieve
TOPICS, LOGS = naming.topics_are_named_in_the_catalogue_only, naming.log_lines_are_named_alike
BAD = [
    (MODULES, "shared/utils.py", ""),
    (MODULES, "shared/web/helpers/dates.py", ""),
    (MODULES, "services/intake/case_manager.py", ""),
    (MODULES, "tests/common.py", ""),
    (MODULES, "services/base_service.py", ""),
    (CLASSES, "shared/storage/database.py", "class ConnectionManager: ..."),
    (CLASSES, "services/intake/web/forms.py", "class FormHelper: ..."),
    (FACTS, "shared/events/intake.py", "class RequestReceivedEvent(Event): ..."),
    (FACTS, "shared/events/intake.py", "class ReceiveRequest(Event): ..."),
    (FACTS, "shared/events/matching.py", "class PartnerAccepts(ReferralFact): ..."),
    (HANDLERS, "services/intake/handlers.py", "async def request_received_handler(event, unit): ..."),
    (HANDLERS, "services/intake/handlers/cases.py", "async def handle_request(event, unit): ..."),
    (HANDLERS, "services/intake/schedule.py", "async def on_timer(timer, unit): ..."),
    (TOPICS, "services/notify/subscriptions.py", "TOPICS = ('schakel.intake',)"),
    (TOPICS, "shared/messaging/consumer.py", "def topic(service): return f'schakel.{service}'"),
    (TOPICS, "deploy/cli.py", "def topic(service): return 'schakel.' + service"),
    (LOGS, "shared/web/metrics.py", "log.error('request-failed', route=route)"),
    (LOGS, "shared/messaging/relay.py", "log.warning('The relay waits')"),
    (LOGS, "shared/messaging/relay.py", "log.warning(f'relay_waits_{reason}')"),
    (LOGS, "shared/messaging/relay.py", "log.warning('relay_waits %s', reason)"),
    (LOGS, "services/notify/sender/loop.py", "LOG.info('mail_waits')"),
    (LOGS, "services/notify/sender/loop.py", "self._logger.info('mail_waits')"),
]
GOOD = {
    "shared/events/catalogue.py": "def topic_of(service): return f'schakel.{service}'",
    "shared/events/base.py": "class Event(Frozen): ...\nclass Need(Frozen): ...",
    "shared/events/matching.py": "class ReferralFact(Event): ...\nclass PartnerAccepted(ReferralFact): ...\n"
    "class NoPartnerFound(Event): ...",
    "services/intake/handlers/cases.py": "async def propose_partners(event, unit): ...",
    "shared/kernel/logs.py": "log = get_logger('schakel.intake.web')\nlog.info('relay_leads', service='intake')",
}


@pytest.mark.parametrize("rule", naming.RULES, ids=lambda rule: rule.__name__)
def test_schakel_keeps_the_rule(rule: Rule) -> None:
    violations = rule(project())
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize(("rule", "path", "text"), BAD, ids=[f"{path}: {text}" for _, path, text in BAD])
def test_rule_rejects_a_bad_sample(rule: Rule, path: str, text: str) -> None:
    violations = rule(sample({path: text}))
    assert len(violations) == 1
    assert violations[0].startswith(path)


@pytest.mark.parametrize("rule", naming.RULES, ids=lambda rule: rule.__name__)
def test_rule_accepts_a_good_sample_and_has_a_bad_one(rule: Rule) -> None:
    assert rule(sample(GOOD)) == []
    assert rule in {bad for bad, *_ in BAD}
