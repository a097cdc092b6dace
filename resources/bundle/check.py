#!/usr/bin/env python3
"""Check a run bundle of Luthier Desktop without Luthier Desktop.

Usage: python3 check.py [BUNDLE] [--key BASE64]

BUNDLE is the folder with MANIFEST.json, else the folder of this file. --key is the public key
that you know from elsewhere. Python 3.8 or newer is all that it needs; FORMAT.md says what it
reads. Exit code: 0 all is proven, 1 something is not as it should be, 2 nothing to check.
A forged bundle may come with a forged copy of this file: use one that you trust.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

MANIFEST, NOTE, KEY, PROOFS = "MANIFEST.json", "checkpoint.note", "public_key.txt", "PROOFS.json"
LARGEST_FILE_BYTES, LARGEST_NUMBER, MOST_TOLD = 256 * 2**20, 2**53 - 1, 20
PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
EVENT_PATH = re.compile(r"store/ledger/([0-9]{6})/([0-9]{9})\.json")
RUN_PATH = re.compile(r"store/runs/rmos/[0-9-]{10}/(run_[0-9]{8}_[0-9a-z]{16})\.json")
CANONICAL = re.compile(r"(store/(ledger|runs|art_studio|rules)/.+|PROOFS)\.json")
STORE, NO_RUN = "store/", ("run.hidden", "run.shown", "run.purged")
FILE_MEMBERS = {"path", "sha256", "bytes"}
MANIFEST_MEMBERS = {"schema", "store_id", "origin", "size", "whole", "runs", "files", "absent"}


class Bad(Exception):
    """Something in the bundle is not as it should be; the text says what."""


# RFC 8785: the one way to write a JSON value.
def canonical(value: Any) -> str:
    """Write a JSON value."""
    if isinstance(value, list):
        return "[" + ",".join([canonical(each) for each in value]) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        members = [canonical(name) + ":" + canonical(value[name]) for name in names]
        return "{" + ",".join(members) + "}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_text(value)
    return json.dumps(value, ensure_ascii=False)


def number_text(value: float) -> str:
    """Write a number as ECMAScript does."""
    if not abs(value) <= LARGEST_NUMBER:
        raise Bad("a number is beyond 2^53 - 1")
    if value == int(value):
        return str(int(value))
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    point = len(digits) - len(part) + int(exponent or 0)
    digits = digits.rstrip("0")
    sign = "-" if value < 0 else ""
    if point > -6:
        digits = "0" * (1 - point) + digits
        return f"{sign}{digits[: max(point, 1)]}.{digits[max(point, 1) :]}"
    rest = "." + digits[1:] if digits[1:] else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def parse(data: bytes) -> Any:
    """Read canonical JSON; anything but the one way to write it is refused."""
    try:
        value = json.loads(data.decode(), object_pairs_hook=_members, parse_int=_integer)
        if canonical(value).encode() != data:
            raise Bad("its bytes are not in canonical form")
    except (ValueError, RecursionError) as error:
        raise Bad(f"it is no JSON ({str(error)[:80]})") from None
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Bad("a name stands twice in an object")
    return found


def _integer(text: str) -> int:
    return int(text[:20])  # a longer one is not in canonical form, whatever it is


# RFC 8032: Ed25519, written from its formulas. Slow, and quick enough for one signature.
_P, _ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P


def _x_of(y: int, is_odd: int) -> int:
    """Find the x that belongs to a y of the curve; 0 when there is none."""
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if (x * x - square) % _P:
        return 0
    return x if x % 2 == is_odd else _P - x


def _add(one: Sequence[int], two: Sequence[int]) -> Sequence[int]:
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * _D, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(count: int, x: int, y: int) -> Sequence[int]:
    total: Sequence[int] = (0, 1, 1, 0)
    point: Sequence[int] = (x, y, 1, x * y % _P)
    while count:
        if count & 1:
            total = _add(total, point)
        point, count = _add(point, point), count >> 1
    return total


_BASE_Y = 4 * pow(5, -1, _P) % _P
_BASE_X = _x_of(_BASE_Y, 0)


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether the holder of the key made this Ed25519 signature of the message."""
    number = int.from_bytes(public_key, "little")
    key_y, scalar = number & (2**255 - 1), int.from_bytes(signature[32:], "little")
    key_x = _x_of(key_y, number >> 255)
    if key_y >= _P or key_x == 0 or scalar >= _ORDER:  # x = 0: a key that signs anything
        return False
    hashed = hashlib.sha512(signature[:32] + public_key + message).digest()
    count = int.from_bytes(hashed, "little") % _ORDER
    x, y, z, _ = _add(_times(scalar, _BASE_X, _BASE_Y), _times(count, _P - key_x, key_y))
    x, y = x * pow(z, -1, _P) % _P, y * pow(z, -1, _P) % _P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# RFC 9162: the tree over the events.
def digest(*parts: bytes) -> bytes:
    """Return the hash of 0 and an event, or of 1 and the two nodes below."""
    return hashlib.sha256(b"".join(parts)).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, of which there is one at least."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << ((len(leaves) - 1).bit_length() - 1)
    return digest(b"\x01", tree_root(leaves[:middle]), tree_root(leaves[middle:]))


def root_of_proof(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Climb from a leaf to the root (section 2.1.3.2)."""
    node, last = leaf, size - 1
    for sibling in proof:
        if index & 1 or index == last:
            node = digest(b"\x01", sibling, node)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = digest(b"\x01", node, sibling)
        index, last = index >> 1, last >> 1
    return b"" if last else node  # what is too long leads elsewhere by itself


def decoded(text: str, length: int) -> bytes:
    """Return the bytes of a base64 text that is written the one way it can be."""
    data = base64.b64decode(text, validate=True)
    if len(data) != length or encoded(data) != text:
        raise Bad("a base64 text is damaged")
    return data


def encoded(data: bytes) -> str:
    """Write bytes as base64."""
    return base64.b64encode(data).decode("ascii")


class Check:
    """One look at a bundle; collects sentences."""

    def __init__(self, folder: Path, known_key: str | None = None) -> None:
        self.folder = folder
        self.known_key = known_key
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.manifest: dict[str, Any] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.events: dict[int, tuple[dict[str, Any], bytes]] = {}
        self.rules: set[str] = set()
        self.public_key = self.root = b""

    def attempt(self, what: str, work: Callable[..., None], *arguments: Any) -> None:
        """Do one part; what goes wrong becomes a sentence."""
        try:
            work(*arguments)
        except Bad as error:
            self.problems.append(f"{what}: {error}.")
        except Exception as error:  # no bundle, however bad, may end this with a trace
            self.problems.append(f"{what}: it cannot be read ({type(error).__name__}: {error}).")

    def run(self) -> None:
        """Check everything."""
        self.attempt(MANIFEST, self.read_manifest)
        if self.problems:
            return
        for path in self.files:
            self.attempt(path, self.check_file, path)
        self.attempt("The bundle", self.check_nothing_else)
        self.attempt(NOTE, self.check_checkpoint)
        self.attempt("The events", self.check_tree)
        for seq in sorted(self.events):
            self.attempt(f"Event {seq}", self.check_event, seq)
        self.attempt(MANIFEST, self.check_lists)

    def read(self, path: str) -> bytes:
        """Read a file of the bundle; links and whatever is no file are refused."""
        place = self.folder
        for part in path.split("/"):
            place = place / part
            if place.is_symlink():
                raise Bad("a link stands there; nothing behind it was read")
        if not place.is_file() or place.stat().st_size > LARGEST_FILE_BYTES:
            raise Bad("it is missing, no file, or too large")
        return place.read_bytes()

    def read_manifest(self) -> None:
        """Read the list of everything; each member is compared with the rest later."""
        manifest = self.manifest = parse(self.read(MANIFEST))
        if set(manifest) != MANIFEST_MEMBERS or manifest["schema"] != "luthier.bundle/1":
            raise Bad("it is not of luthier.bundle/1")
        for file in manifest["files"]:
            path = file["path"]
            if set(file) != FILE_MEMBERS or not PATH.fullmatch(path) or path in self.files:
                raise Bad(f"{path[:80]!a} is no entry of a file inside the bundle")
            self.files[path] = file
        if list(self.files) != sorted(self.files) or type(manifest["whole"]) is not bool:
            raise Bad("its files are not in order, or whole is neither true nor false")

    def check_file(self, path: str) -> None:
        """Compare one file with its hash, and with the one way to write it."""
        data, told = self.read(path), self.files[path]
        if hashlib.sha256(data).hexdigest() != told["sha256"] or len(data) != told["bytes"]:
            raise Bad("its bytes are not those that MANIFEST.json names")
        value = parse(data) if CANONICAL.fullmatch(path) else {}
        event, run = EVENT_PATH.fullmatch(path), RUN_PATH.fullmatch(path)
        if event:
            seq = int(event.group(2))
            if (value["schema"], value["seq"]) != ("luthier.event/1", seq):
                raise Bad("it is not the event that its name says")
            self.events[seq] = (value, data)
        if run:
            if value["run_id"] != run.group(1):
                raise Bad("it is not the run that its name says")
            self.rules.add((value["feasibility"] or {}).get("rules_sha256", ""))

    def check_nothing_else(self) -> None:
        """Look for files that MANIFEST.json does not name."""
        known = {MANIFEST, *self.files}
        for place in sorted(self.folder.rglob("*")):
            path = place.relative_to(self.folder).as_posix()
            is_file = place.is_symlink() or not place.is_dir()
            if is_file and path not in known:
                self.problems.append(f"{path}: MANIFEST.json does not name it.")

    def check_checkpoint(self) -> None:
        """Check the signature of the checkpoint, and that it is of this log."""
        self.public_key = decoded(self.read(KEY).decode("ascii").rstrip("\n"), 32)
        text, _, signature = self.read(NOTE).decode().partition("\n\n")
        origin, size, root = text.split("\n")
        self.root = decoded(root, 32)
        named = hashlib.sha256(origin.encode() + b"\n\x01" + self.public_key).digest()[:4]
        signed = decoded(signature.rstrip("\n").rpartition(" ")[2], 68)
        is_ours = is_signed(self.public_key, signed[4:], text.encode() + b"\n")
        if signed[:4] != named or not is_ours:
            raise Bad(f"the key in {KEY} did not sign it")
        told = [str(self.manifest[name]) for name in ("origin", "size", "store_id")]
        if told != [origin, size, origin.split("/")[1]]:
            raise Bad(f"{MANIFEST} tells of another checkpoint")
        if self.known_key not in (None, encoded(self.public_key)):
            raise Bad(f"the key in {KEY} is not the one that you gave")

    def check_tree(self) -> None:
        """Prove that the events stand in the log that was signed."""
        size = self.manifest["size"]
        if self.manifest["whole"]:
            leaves = [digest(b"\x00", data) for _, (_, data) in sorted(self.events.items())]
            if len(leaves) != size or tree_root(leaves) != self.root:
                raise Bad("they are not all those that the checkpoint was made of")
            return
        document = parse(self.read(PROOFS))
        proofs = {each["seq"]: each["proof"] for each in document["proofs"]}
        if sorted(proofs) != sorted(self.events) or document["schema"] != "luthier.proofs/1":
            raise Bad(f"{PROOFS} is not of these events")
        for seq, proof in proofs.items():
            leaf = digest(b"\x00", self.events[seq][1])
            nodes = [decoded(each, 32) for each in proof]
            if not 0 < seq <= size or root_of_proof(leaf, seq - 1, size, nodes) != self.root:
                self.problems.append(f"Event {seq}: it does not stand in the log that was signed.")

    def check_event(self, seq: int) -> None:
        """Compare an event with the one before it and with the files that it names."""
        members, before = self.events[seq][0], self.events.get(seq - 1)
        prev = hashlib.sha256(before[1]).hexdigest() if before else "0" * 64
        if (before or seq == 1) and members["prev"] != prev:
            raise Bad("it does not follow from the event before")
        absent = {each["path"]: each for each in self.manifest["absent"]}
        for file in members["files"]:
            path = file["path"]
            found = self.files.get(STORE + path) or absent.get(path)
            if found is None or any(found[name] != file[name] for name in ("sha256", "bytes")):
                raise Bad(f"{path}, which it names, is not in the bundle as it names it")

    def check_lists(self) -> None:
        """Compare what MANIFEST.json lists with what the events and the files tell."""
        runs, purged, named = set(), set(), set()
        for members, _ in self.events.values():
            named.update([file["path"] for file in members["files"]])
            purged.update(removed_by(members))
            if members["event"] not in NO_RUN and members["run_id"] and members["row"]:
                runs.add(members["run_id"])
        if self.manifest["runs"] != sorted(runs):
            raise Bad("its runs are not those that the events tell of")
        for each in self.manifest["absent"]:
            self.check_absent(each, purged if each["why"] == "purged" else named)
        for path in self.files:
            known = path[len(STORE) :] in named or EVENT_PATH.fullmatch(path)
            proven = path.startswith("store/rules/") and self.files[path]["sha256"] in self.rules
            if path.startswith(STORE) and not known and not proven:
                self.problems.append(f"{path}: no event of the bundle tells of it.")

    def check_absent(self, each: dict[str, Any], explained: set[str]) -> None:
        """Take note of a file that the log names and the bundle lacks."""
        path = each["path"]
        told = {"purged": (self.notes, PURGED), "damaged": (self.problems, DAMAGED)}
        if path not in explained or STORE + path in self.files or len(each) != 4:
            raise Bad(f"{path} is not absent in the way that it says")
        listed, sentence = told[each["why"]]
        listed.append(sentence.format(path))


def removed_by(members: dict[str, Any]) -> list[str]:
    """Name the files that an event says were removed on purpose."""
    if members["event"] == "run.purged":
        return [members["row"]["file"]["path"]]
    if members["event"] == "backup.deleted":
        return [each["path"] for each in members["row"]["backup"]["deleted"]]
    return []


PURGED = "Note: {} was removed on purpose; its event and its hash are left."
DAMAGED = "{}: it was damaged or lost before the export."
WHOLE = "It is the whole log up to there: no event is missing, and each follows from the last."
PART = "It is a part of the log; what else stands in the log is not shown."
PROVEN = """PROVEN: the runs in it ({}) are byte for byte what the log {} recorded.
Their events stand in that log of {} events, whose checkpoint is signed by the key {}"""
UNKNOWN_KEY = "NOT PROVEN: whose key that is. Compare it with what its owner tells you (--key)."
NOT_PROVEN = """NOT PROVEN: that what was recorded is true, when it was recorded, and that the log
was not written anew before this checkpoint was made."""
BAD = "NOT PROVEN: this bundle is not as it should be."


def told(check: Check) -> list[str]:
    """Say what is proven and what is not."""
    manifest, more = check.manifest, len(check.problems) - MOST_TOLD
    if check.problems:
        return [*check.problems[:MOST_TOLD], *[f"... and {more} more."][: max(more, 0)], BAD]
    key, runs = encoded(check.public_key), len([*filter(RUN_PATH.fullmatch, check.files)])
    proven = PROVEN.format(runs, manifest["origin"], manifest["size"], key)
    known = "It is the key that you gave." if check.known_key else UNKNOWN_KEY
    return [*check.notes, proven, WHOLE if manifest["whole"] else PART, known, NOT_PROVEN]


def main(arguments: list[str]) -> int:
    """Check the bundle that *arguments* name; return the exit code."""
    key = None
    if arguments[-2:-1] == ["--key"]:
        key, arguments = arguments[-1], arguments[:-2]
    if len(arguments) > 1 or any(each.startswith("-") for each in arguments):
        print((__doc__ or "").strip())
        return 2
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not (folder / MANIFEST).is_file():
        print(f"There is no bundle in {str(folder)!a}: it has no {MANIFEST}.")
        return 2
    check = Check(folder, key)
    check.run()
    for line in told(check):
        print(line.encode("ascii", "backslashreplace").decode("ascii"))
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
