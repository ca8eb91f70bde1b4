"""Every exception that casegraph raises on purpose.

CasegraphError
├── UsageError            the command or call cannot be carried out as given
├── CaseNotFoundError     no case folder at the given place
├── CaseExistsError       a case is already there
├── CaseTooNewError       the case was made by a newer casegraph
├── CaseDamagedError      the case folder does not hold what it must
├── CaseLockedError       another build of the same case is running
├── CaseAlteredError      something in the case is not as it was added or written down
├── SettingsError         case.toml, a mapping file or an environment variable holds what makes no sense
└── MissingPartError      a model or program that the work needs is not installed

Bad *documents* never raise: they become `Problem` records.
"""

from __future__ import annotations


class CasegraphError(Exception):
    """Base of all errors that are the user's to mend; the message says how."""

    exit_code = 1


class UsageError(CasegraphError):
    """The command or call cannot be carried out as given."""

    exit_code = 2


class CaseNotFoundError(CasegraphError):
    """No case folder at the given place."""

    exit_code = 3


class CaseExistsError(CasegraphError):
    """A case is already there."""

    exit_code = 4


class CaseTooNewError(CasegraphError):
    """The case was made by a newer casegraph."""

    exit_code = 5


class CaseDamagedError(CasegraphError):
    """The case folder does not hold what it must."""

    exit_code = 6


class CaseLockedError(CasegraphError):
    """Another build of the same case is running."""

    exit_code = 7


class SettingsError(CasegraphError):
    """case.toml, a mapping file or an environment variable holds what makes no sense."""

    exit_code = 8


class MissingPartError(CasegraphError):
    """A model or program that the work needs is not installed."""

    exit_code = 9


class CaseAlteredError(CasegraphError):
    """Something in the case is not as it was added or written down."""

    exit_code = 10
