"""Logs: one JSON object a line on standard error. Never with case text: no values of variables beside a traceback."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs() -> None:
    """Set it up for this process; called by each program that stays (server, worker)."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def silence_logs() -> None:
    """Say nothing but what ends the program: for walks through invented pasts, in which letters may well not go out."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
