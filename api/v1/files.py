"""Files that are attached to the form of a task, and documents of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from flask import Response
from pydantic import Base64Bytes, ConfigDict, Field

from api.v1.endpoint import endpoint
from api.v1.shapes import NO_NUL, In, Out
from casework.operations.attach_file import LARGEST, LONGEST_NAME, attach_file
from casework.operations.log_access import log_access
from casework.queries.document import document

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

#: Four letters of base64 hold three bytes.
_LONGEST = (LARGEST // 3 + 1) * 4


class FileIn(In):
    """PDF, a picture, Word, OpenDocument or plain text, at most 10 MB; what it is, is told by its bytes."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"field": "bilag", "name": "note.txt", "content": "RW1pbCBlciB0csOmdC4="}]}
    )

    field: Annotated[str, Field(max_length=200, pattern=NO_NUL)]
    """The question that it answers, by its path in the form."""
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, pattern=NO_NUL)]
    content: Annotated[Base64Bytes, Field(max_length=_LONGEST)]
    """In base64."""


class FileOut(Out):
    """It waits for the completion."""

    id: UUID
    """Name it in the answer, as `"bilag": ["…"]`, in the draft or at the completion; what no answer names is removed then."""
    name: str
    media_type: str
    size: int
    """In bytes."""


@endpoint("POST /tasks/<uuid:task_id>/files", scope="tasks:write", body=FileIn, gives=FileOut, status=201)
def post_file(who: Actor, task_id: UUID, body: FileIn) -> FileOut:
    """Attach a file to a question of the task's form."""
    taken = attach_file(who, task_id=task_id, path=body.field, name=body.name, content=body.content)
    return FileOut.model_validate(taken)


@endpoint("GET /documents/<uuid:document_id>", scope="cases:read", media_type="application/octet-stream")
def get_document(who: Actor, document_id: UUID) -> Response:
    """Take out a document: a letter, or what was attached. The look is on record."""
    file = document(who, document_id)
    log_access(who, kind="export", subject="document", subject_id=document_id, case_id=file.case_id)
    answer = Response(file.content, content_type="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=file.file_name)
    return answer
