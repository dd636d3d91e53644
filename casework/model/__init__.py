"""The nouns: tables with their own rules of state. What changes several of them at once is an operation."""

from casework.model.access import AccessEntry, AccessKind
from casework.model.actor import SYSTEM, Actor
from casework.model.calendar_link import CalendarLink
from casework.model.case import Case, CaseState, TeamMember
from casework.model.data_class import DataClass
from casework.model.deadline import Deadline, DeadlineClass, DeadlineState, Escalation, Notification
from casework.model.document import CaseDocument
from casework.model.element_history import ElementHistory
from casework.model.employee import Employee, MailChoice, Membership, Role, ServiceAccount
from casework.model.handoff import Consent, ConsentState, Handoff, HandoffState
from casework.model.idempotency import IdempotencyKey
from casework.model.incident import Incident, IncidentState
from casework.model.instance_move import InstanceMove, InstanceMoveItem, InstanceMoveState, MovedState
from casework.model.job import Job, JobState
from casework.model.journal import JournalEntry
from casework.model.message import MessageState, ProcessMessage, Subscription, SubscriptionState
from casework.model.package import ElementKind, EndReason, Package, PackageElement, PackageState, PriceUnit
from casework.model.periodic import AnnualReport, CaseSample, PeriodicRun
from casework.model.person import Person, Relation
from casework.model.place import PlaceCapacity, PlaceStay, StayState
from casework.model.process_draft import ProcessDraft, ProcessDraftFile, ProcessDraftState
from casework.model.process_history import ProcessHistory, ProcessHistoryEntry
from casework.model.process_instance import InstanceState, Passage, ProcessInstance
from casework.model.process_request import ProcessRequest, ProcessRequestKind, ProcessRequestState
from casework.model.process_start import ProcessStart, StartState
from casework.model.process_version import (
    Artifact,
    ArtifactKind,
    PinnedArtifact,
    ProcessVersion,
    ProcessVersionState,
    StartMessage,
    StartTimer,
)
from casework.model.reassignment import ReassignedTask, Reassignment
from casework.model.saved_filter import SavedFilter
from casework.model.substitution import Cover, Substitution
from casework.model.timer import Timer, TimerState
from casework.model.try_out import ScenarioRun, TryOut
from casework.model.unit import Unit
from casework.model.user_task import ACTIVE, END_OF_TIME, Submission, UserTask, UserTaskState
from casework.model.webhook import Webhook

__all__ = [
    "ACTIVE",
    "END_OF_TIME",
    "SYSTEM",
    "AccessEntry",
    "AccessKind",
    "Actor",
    "AnnualReport",
    "Artifact",
    "ArtifactKind",
    "CalendarLink",
    "Case",
    "CaseDocument",
    "CaseSample",
    "CaseState",
    "Consent",
    "ConsentState",
    "Cover",
    "DataClass",
    "Deadline",
    "DeadlineClass",
    "DeadlineState",
    "ElementHistory",
    "ElementKind",
    "Employee",
    "EndReason",
    "Escalation",
    "Handoff",
    "HandoffState",
    "IdempotencyKey",
    "Incident",
    "IncidentState",
    "InstanceMove",
    "InstanceMoveItem",
    "InstanceMoveState",
    "InstanceState",
    "Job",
    "JobState",
    "JournalEntry",
    "MailChoice",
    "Membership",
    "MessageState",
    "MovedState",
    "Notification",
    "Package",
    "PackageElement",
    "PackageState",
    "Passage",
    "PeriodicRun",
    "Person",
    "PinnedArtifact",
    "PlaceCapacity",
    "PlaceStay",
    "PriceUnit",
    "ProcessDraft",
    "ProcessDraftFile",
    "ProcessDraftState",
    "ProcessHistory",
    "ProcessHistoryEntry",
    "ProcessInstance",
    "ProcessMessage",
    "ProcessRequest",
    "ProcessRequestKind",
    "ProcessRequestState",
    "ProcessStart",
    "ProcessVersion",
    "ProcessVersionState",
    "ReassignedTask",
    "Reassignment",
    "Relation",
    "Role",
    "SavedFilter",
    "ScenarioRun",
    "ServiceAccount",
    "StartMessage",
    "StartState",
    "StartTimer",
    "StayState",
    "Submission",
    "Subscription",
    "SubscriptionState",
    "Substitution",
    "TeamMember",
    "Timer",
    "TimerState",
    "TryOut",
    "Unit",
    "UserTask",
    "UserTaskState",
    "Webhook",
]
