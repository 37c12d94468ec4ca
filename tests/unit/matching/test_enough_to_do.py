"""Who has enough to do is asked by nobody: another contact, another partner, or the desk with a reason."""

from shared.events.matching import PartnerActivated
from tests.unit.matching.city import named
from tests.unit.matching.desk import active, a_desk, ask, seen, sends
from tests.unit.matching.site import Site
from services.matching.handlers.next_partner import rank_now
