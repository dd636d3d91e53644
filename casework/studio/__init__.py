"""The process owner's files: read, checked, bundled into versions, and laid over the released ones as a process draft.

Operations and queries both start here; nothing is written and nothing of a draft is executed.
"""

from casework.model.process_version import ArtifactKind
from casework.studio.bundles import Bundle, bundles, compiled
from casework.studio.checking import checked, faults, known_beside
from casework.studio.fault import Fault
from casework.studio.files import File, FileKey, Folder
from casework.studio.findings import all_findings, changed_findings, needs_leader, refuse_errors
from casework.studio.folders import letters_in, read_folder
from casework.studio.released_files import active_lanes, released_folder
from casework.studio.statutory import statutory_faults
from casework.studio.workspace import DraftFile, Workspace, workspace_of

__all__ = [
    "ArtifactKind",
    "Bundle",
    "DraftFile",
    "Fault",
    "File",
    "FileKey",
    "Folder",
    "Workspace",
    "active_lanes",
    "all_findings",
    "bundles",
    "changed_findings",
    "checked",
    "compiled",
    "faults",
    "known_beside",
    "letters_in",
    "needs_leader",
    "read_folder",
    "refuse_errors",
    "released_folder",
    "statutory_faults",
    "workspace_of",
]
