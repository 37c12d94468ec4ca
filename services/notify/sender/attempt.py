"""An attempt to send one message, as the log and a collector of spans see it."""

from collections.abc import Mapping

from opentelemetry.trace import SpanKind

from services.notify.domain.message import Message
from shared.kernel.spans import Spans, Traced
from shared.messaging.traced import ids_of


class SendingMessage(Traced):
    """A message on its way out, in the trace of what queued it. The mail itself holds nothing of the trace."""

    kind = SpanKind.CLIENT
    __slots__ = ("message",)

    def __init__(self, message: Message, spans: Spans) -> None:
        self.message = message
        super().__init__(spans, message.cause.traceparent if message.cause else None)

    def span_name(self) -> str:
        return f"send {self.message.draft.mail.template}"

    def log_fields(self) -> Mapping[str, str]:
        draft, cause = self.message.draft, self.message.cause
        fields = {"message_id": str(self.message.id), "template": draft.mail.template}
        if draft.case_id is not None:
            fields["case_id"] = str(draft.case_id)
        return fields | (ids_of(cause.correlation_id, cause.causation_id) if cause else {})
