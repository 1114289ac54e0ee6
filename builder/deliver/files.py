"""Files written whole, folders that readers may open, and what stands in a folder."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from builder.problem import Level, Problem, Trouble

UNFINISHED = ".writing-"
"""How the name of a file begins that is still being written."""

WRITING = ".yearround-writing"
"""A folder inside a published one, for readers shut, of files that are about to replace others there."""

_PIECE = 1 << 16

# A link is not followed, and a pipe that somebody left there must not make us wait for whoever writes into it.
_UNFOLLOWED = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def write(path: Path, data: bytes) -> None:
    """Write a file whole: whoever reads meanwhile finds the old bytes or the new."""
    make_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def make_folder(path: Path) -> None:
    """A folder that readers may open, whatever the operator keeps to themselves otherwise."""
    if not path.is_dir():
        make_folder(path.parent)
        with suppress(FileExistsError):
            path.mkdir()
            path.chmod(0o755)


def trusted(address: str) -> str:
    """An address that stays inside its folder; Trouble where it does not."""
    if not address or address.startswith("/") or ".." in address.split("/") or "\0" in address:
        raise leads_out(address)
    return address


def leads_out(address: str) -> Trouble:
    """What is said of an address, or of a link on the way to it, that leaves the folder."""
    return Trouble(
        Problem(
            code="leads-out",
            level=Level.ERROR,
            file=address,
            message="this address leads out of the folder that is being written",
            mend="Correct the id or alias that it comes from.",
        )
    )


def inside(folder: Path, address: str) -> Path:
    """Where an address stands in a folder; Trouble when it, or a link on its way, leads out of it."""
    path = folder / trusted(address)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise leads_out(address)
    return path


def standing(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything in a folder that is not a folder itself, links among it, by address; nothing where there is none."""
    waiting = [("", str(folder))]
    while waiting:
        above, where = waiting.pop()
        try:
            entries = os.scandir(where)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{above}{entry.name}/", entry.path))
                else:
                    yield f"{above}{entry.name}", entry


def digest_at(path: Path) -> str | None:
    """The SHA-256 of a plain file's bytes; None where there is none. A link is none."""
    try:
        handle = os.open(path, _UNFOLLOWED)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        if path.is_symlink():
            return None
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two paths hold the same bytes in plain files: two names of one file do, without being read."""
    try:
        here, there = os.lstat(one), os.lstat(other)
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not (stat.S_ISREG(here.st_mode) and stat.S_ISREG(there.st_mode)) or here.st_size != there.st_size:
        return False
    if (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino):
        return True
    with one.open("rb") as left, other.open("rb") as right:
        while (piece := left.read(_PIECE)) == right.read(_PIECE):
            if not piece:
                return True
    return False


def share(source: Path, target: Path) -> None:
    """One file under a second name; a copy where the file system shares none. What stood at `target` goes."""
    if stat.S_IMODE(source.lstat().st_mode) == 0o644 and _linked(source, target):
        return
    fresh(target, source.read_bytes())


def _linked(source: Path, target: Path) -> bool:
    for _ in range(3):
        try:
            os.link(source, target, follow_symlinks=False)
        except FileNotFoundError:
            make_folder(target.parent)
        except FileExistsError:
            target.unlink()
        except OSError:
            return False
        else:
            return True
    return False


def fresh(path: Path, data: bytes) -> None:
    """Write a file that nobody reads yet, and its folders. A file shared with others under that name stays as it is."""
    for _ in range(3):
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileNotFoundError:
            make_folder(path.parent)
        except FileExistsError:
            path.unlink()
        else:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            path.chmod(0o644)
            return
    raise FileExistsError(path)


def remove(folder: Path, address: str) -> None:
    """Take a file out of a folder, and the folders that it leaves empty."""
    path = inside(folder, address)
    path.unlink(missing_ok=True)
    leave_no_empty(folder, address)


def leave_no_empty(folder: Path, address: str) -> None:
    """Take away the folders above an address that hold nothing any more."""
    for above in PurePosixPath(address).parents:
        try:
            if above.parts:
                (folder / above).rmdir()
        except OSError:
            break


def move_aside(folder: Path, address: str, found: Path) -> None:
    """Put a file that is not ours below `found`, beside what was put there before under the same name."""
    target = found / address
    number = 1
    while os.path.lexists(target):
        number += 1
        target = found / f"{address}.{number}"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(folder / address, target)
    leave_no_empty(folder, address)


def move_folder(folder: Path, to: Path, last: str) -> None:
    """Move a folder by its name or, where the file system moves none, file by file, the file named `last` after all others."""
    try:
        folder.rename(to)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        addresses = sorted((address for address, _ in standing(folder)), key=lambda one: (one == last, one))
        for address in addresses:
            share(folder / address, to / address)
        delete(folder)


def delete(folder: Path) -> None:
    """Delete a folder with all that is in it, or a single file or link; nothing when there is none."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def settle(path: Path) -> None:
    """Ask the disk to hold a file, or the names in a folder, before going on."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        # Some network disks have no such promise to give; the switch is none the worse for it.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
