"""`yearround init`: a new newsroom."""

from __future__ import annotations

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click

from builder.cli.options import troubles_told
from builder.desk.init import Answers, init
from builder.load import disk
from builder.load.kinds import Wrong, slug, tag


def _languages(given: str) -> tuple[str, ...]:
    """The languages in an answer such as `en, fa`; parsed after the prompts, which hand a value on as text."""
    try:
        return tuple(dict.fromkeys(tag(one) for one in given.replace(" ", ",").split(",") if one)) or ("en",)
    except Wrong as wrong:
        raise click.BadParameter(f"{wrong.message}. {wrong.mend}", param_hint="--languages") from None


def _behaviours(given: str) -> tuple[str, ...]:
    """The names of behaviours; each needs letters for an id."""
    names = tuple({slug(one): one.strip() for one in given.split(",") if one.strip()}.values())
    for name in names:
        if not slug(name):
            raise click.BadParameter(
                f"`{name}` has no letter from a to z to make an id of. Leave this out, and write it into newsletter.yaml.",
                param_hint="--behaviours",
            )
    return names


def _name(context: click.Context, option: click.Parameter, given: str) -> str:
    del context, option
    if not given.strip():
        raise click.BadParameter("A newsletter needs a name.")
    return " ".join(given.split())


def _address(context: click.Context, option: click.Parameter, given: str) -> str:
    """A whole address with a slash at its end; `https://` may be left out."""
    del context, option
    address = given.strip() if "://" in given else f"https://{given.strip()}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        Address(addr_spec=f"newsletter@{host or '-'}")
        whole = (
            bool(host)
            and parts.scheme in ("http", "https")
            and not (parts.query or parts.fragment or parts.username)
        )
    except (ValueError, HeaderParseError):
        whole = False
    if not whole or re.search(r"\s", address):
        raise click.BadParameter(
            f"`{given}` is not the address of a site. Write it as https://newsletter.example.org/."
        )
    return address if address.endswith("/") else f"{address}/"


def _zone(context: click.Context, option: click.Parameter, given: str) -> str:
    del context, option
    try:
        return ZoneInfo(given).key
    except (ValueError, OSError, KeyError):
        raise click.BadParameter(
            f"`{given}` is not a time zone. Write it as Region/City: Europe/London."
        ) from None


def _here() -> str:
    """This machine's time zone, where it says it; else UTC."""
    link = Path("/etc/localtime")
    name = str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else ""
    try:
        return ZoneInfo(name).key if name else "UTC"
    except (ValueError, OSError, KeyError):
        return "UTC"


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--title",
    prompt="Name of the newsletter",
    default="Our Newsletter",
    show_default=True,
    callback=_name,
    help="Its name.",
)
@click.option(
    "--base-url",
    prompt="Address of the site",
    default="https://newsletter.example.org/",
    show_default=True,
    callback=_address,
    help="Where the site will stand.",
)
@click.option(
    "--timezone",
    prompt="Time zone",
    default=_here,
    callback=_zone,
    help="The time zone in which dates are meant.  [default: this machine's]",
)
@click.option(
    "--languages",
    prompt="Languages, the default first",
    default="en",
    show_default=True,
    help="The languages of the site, with commas: en,fa.",
)
@click.option(
    "--behaviours",
    prompt="What you celebrate, with commas (nothing for ICARE)",
    default="",
    help="Names of the behaviours you celebrate: On time,In plain words.  [default: ICARE]",
)
@click.option(
    "--yes",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, given: _do_not_ask(context) if given else None,
    help="Ask nothing; what no option says is as in the defaults.",
)
@troubles_told
def command(folder: Path, title: str, base_url: str, timezone: str, languages: str, behaviours: str) -> None:
    """Make a new newsroom in DIR (this folder, unless named), with one sample story.

    Every file it writes explains itself. Nothing that is there is ever written over.
    """
    answers = Answers(
        title=title,
        base_url=base_url,
        timezone=timezone,
        languages=_languages(languages),
        behaviours=_behaviours(behaviours),
        now=datetime.now(ZoneInfo(timezone)),
    )
    there = (folder / "stories" / "newsletter.yaml").exists()
    for path in init(folder, answers, disk.read_theme(), is_there=there):
        if "/." not in path:
            click.echo(f"  {folder / path}")
    go = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"Next: {go}yearround serve  shows it in a browser, and again whenever you save.")


def _do_not_ask(context: click.Context) -> None:
    """Take every option's default instead of asking."""
    for option in context.command.params:
        if isinstance(option, click.Option):
            option.prompt = None
