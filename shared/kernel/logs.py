"""Logs: one JSON line per thing that happened, in words and codes; never a payload, never a person."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from shared.kernel.trace import WORK, trace_id

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def _without_messages(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception's message may hold what a person typed: keep its type and the places it went through."""
    problem = line.pop("exc_info", None)
    error = sys.exc_info()[1] if problem is True else problem
    if isinstance(error, BaseException):
        line["error"] = type(error).__name__
        places, trace = [], error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        line["places"] = places[-8:]
    return line


def _with_ids(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Which event, timer, mail or request it is about. Looked up here, so that work without a line pays nothing."""
    if (work := WORK.get()) is not None:
        for field, value in work.log_fields().items():
            line.setdefault(field, value)
        line["trace_id"] = trace_id(work.traceparent)
    return line


class _ThroughStructlog(logging.Handler):
    """Lines of libraries, in the same shape. Only their template is kept: arguments may hold anything."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger(record.name).log(
            record.levelno, str(record.msg)[:200], exc_info=record.exc_info[1] if record.exc_info else None
        )


def set_up(service: str, level: str, stream: TextIO | None = None) -> None:
    """Call once at the start of a process. Lines go to stderr, or to `stream`."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _with_ids,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_messages,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stderr),
        # A file may be closed before the process ends; loggers that remember it would write to it still.
        cache_logger_on_first_use=stream is None,
    )
    structlog.contextvars.bind_contextvars(service=service)
    # aiokafka logs every reconnect attempt while a broker is away; our own lines say so once.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    logging.basicConfig(handlers=[_ThroughStructlog()], level=max(LEVELS[level], logging.WARNING), force=True)
