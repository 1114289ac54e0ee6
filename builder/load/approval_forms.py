"""What `yearround digest --approve` writes, as a form; nobody writes it by hand."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from builder.load.forms import Form
from builder.load.kinds import Filled, FormWord, When

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16,64}$")]


class MailMarksForm(Form):
    this: ClassVar[str] = "a mail's digests"

    subject: Digest
    preheader: Digest
    text: Digest
    html: Digest
    message: Digest
    pictures: dict[str, Digest] = Field(default_factory=dict)


class NamedAsForm(Form):
    this: ClassVar[str] = "how somebody is named"

    form: FormWord
    digest: Digest


class StoodOnForm(Form):
    this: ClassVar[str] = "`stood_on:`"

    people: dict[str, NamedAsForm] = Field(default_factory=dict)
    files: dict[str, Digest] = Field(default_factory=dict)
    made_with: dict[str, Digest] = Field(default_factory=dict)


class ApprovalForm(Form):
    this: ClassVar[str] = "an approval"

    by: Filled
    at: When
    composed_for: When
    mails: dict[str, MailMarksForm]
    stood_on: StoodOnForm
