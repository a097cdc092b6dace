"""The signing key in the keychain; the keychains are real backends that live in memory."""

import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.checkpoint import Note, Origin, public_key_of
from luthier_desktop.storage.keychain import SERVICE, Keychain
from luthier_desktop.storage.signing_key import SigningKeys
from luthier_desktop.storage.verify import verify
from tests.storage.chains import (
    ForgetfulKeyring,
    LockableKeyring,
    MemoryKeyring,
    PlaintextKeyring,
    SilentKeyring,
    WeakKeyring,
)
from tests.storage.make import layout_in, open_store, record

ROOT = Path(__file__).parents[2]


@pytest.fixture
def install():
    """Let a backend be the one of this process until the test ends."""
    before = keyring.get_keyring()
    yield lambda backend: keyring.set_keyring(backend) or backend
    keyring.set_keyring(before)


def kept(folder):
    keys = folder / "config" / "keys"
    return sorted(path.suffix for path in keys.iterdir()) if keys.is_dir() else []


def signed(folder, seed=1):
    with open_store(folder, seed=seed) as store:
        record(store)
        store.catch_up()
        note = store.checkpoints.make()
        store.catch_up()
    return store, note


def test_a_real_keychain_holds_the_key_and_no_file_does(tmp_path, install):
    chain = install(MemoryKeyring())
    store, note = signed(tmp_path)
    assert kept(tmp_path) == [".keychain"]
    ((service, name),) = chain.secrets
    assert (service, name.startswith(f"{store.store_id}-1-")) == (SERVICE, True)
    secret = chain.secrets[service, name]
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes()
    _, later = signed(tmp_path, seed=2)
    assert (later.checkpoint.origin, len(chain.secrets)) == (note.checkpoint.origin, 1)
    assert store.checkpoints.key_note() == (
        "The signing key is stored in the keychain of Bench keychain."
    )
    assert verify(open_store(tmp_path, seed=3)).findings == ()


@pytest.mark.parametrize("kind", [fail.Keyring, null.Keyring, PlaintextKeyring, WeakKeyring])
def test_what_keeps_no_secret_is_no_keychain(tmp_path, install, kind):
    backend = install(kind())
    store, _ = signed(tmp_path)
    assert kept(tmp_path) == [".key"]
    assert getattr(backend, "secrets", {}) == {}
    assert "stored in a file: " in store.checkpoints.key_note()


def test_of_a_chain_of_keychains_the_first_real_one_is_taken(tmp_path, install):
    class Chain(ChainerBackend):
        backends = (PlaintextKeyring(), MemoryKeyring())

    install(Chain())
    signed(tmp_path)
    assert kept(tmp_path) == [".keychain"]
    weak, real = Chain.backends
    assert (len(weak.secrets), len(real.secrets)) == (0, 1)


def test_a_keychain_that_forgets_or_is_locked_gives_way_to_a_file_and_says_so(tmp_path, install):
    for number, backend in enumerate((ForgetfulKeyring(), LockableKeyring())):
        backend.is_locked = True
        install(backend)
        store, _ = signed(tmp_path / str(number))
        assert kept(tmp_path / str(number)) == [".key"]
        told = store.checkpoints.key_note()
        assert told.startswith("The signing key is stored in a file, because the keychain failed")


def test_a_locked_keychain_begins_no_new_epoch(tmp_path, install):
    backend = install(LockableKeyring())
    signed(tmp_path)
    backend.is_locked = True
    store = open_store(tmp_path, seed=2)
    record(store)
    with pytest.raises(StorageFailed, match=r"keychain of Bench keychain, and that failed \(the"):
        store.checkpoints.make()
    assert not store.checkpoints.follow(1)
    assert "Unlock it" in store.checkpoints.problem
    backend.is_locked = False
    assert store.checkpoints.make().checkpoint.origin.epoch == 1


def test_a_key_that_was_deleted_from_the_keychain_is_lost(tmp_path, install):
    backend = install(MemoryKeyring())
    signed(tmp_path)
    backend.secrets.clear()
    _, note = signed(tmp_path, seed=2)
    assert note.checkpoint.origin.epoch == 2
    assert verify(open_store(tmp_path, seed=3)).findings == ()


def test_a_keychain_that_never_answers_is_waited_for_once(install):
    backend = install(SilentKeyring())
    keychain = Keychain(wait_s=0.05)
    assert keychain.keep("name", "secret") == ""
    assert "did not answer within 0.05 seconds" in keychain.trouble
    with pytest.raises(StorageFailed, match="still has not answered"):
        keychain.get("name")
    backend.let_go.set()
    keychain._asking.join()
    assert keychain.get("name") == "secret"


def test_without_a_key_in_the_keychain_it_is_never_asked(tmp_path, install):
    signed(tmp_path)
    backend = install(SilentKeyring())
    _, note = signed(tmp_path, seed=2)
    assert note.checkpoint.origin.epoch == 1
    assert not backend.let_go.is_set()


def test_a_keychain_that_is_gone_is_told(tmp_path, install):
    install(MemoryKeyring())
    signed(tmp_path)
    install(null.Keyring())
    store = open_store(tmp_path, seed=2)
    record(store)
    with pytest.raises(StorageFailed, match="there is none on this computer now"):
        store.checkpoints.make()
    seq = store.checkpoints.begin_epoch("A new computer")
    told = store.ledger.read(seq).members
    assert (told["event"], told["row"]["reason"]) == ("epoch.opened", "A new computer")
    assert told["row"]["origin"].endswith("/2")
    assert kept(tmp_path) == [".key"]
    store.catch_up()
    assert verify(open_store(tmp_path, seed=3)).findings == ()


def test_a_discarded_key_leaves_nothing_behind(tmp_path, install):
    backend = install(MemoryKeyring())
    keys = SigningKeys(layout_in(tmp_path), "bench")
    origin = Origin("bench", 1)
    keys.discard(origin, public_key_of(keys.make(origin)))
    assert (backend.secrets, kept(tmp_path)) == ({}, [])


def test_the_chain_is_no_longer_asked_when_its_pointer_cannot_be_written(tmp_path, install):
    backend = install(MemoryKeyring())
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "keys").write_bytes(b"in the way")
    with pytest.raises(StorageFailed, match="No key could be kept"):
        SigningKeys(layout_in(tmp_path), "bench").make(Origin("bench", 1))
    assert backend.secrets == {}


def test_no_command_loads_a_keychain_before_it_signs(tmp_path):
    program = (
        "import sys\n"
        "from luthier_desktop.services.studio import open_studio\n"
        f"with open_studio(__import__('pathlib').Path({str(tmp_path / 'd')!r})) as studio:\n"
        "    studio.health()\n"
        "print([name for name in sys.modules if name.startswith(('keyring', 'cryptography'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_a_note_is_still_the_same_whoever_holds_the_key(tmp_path, install):
    install(MemoryKeyring())
    store, note = signed(tmp_path)
    path = store.layout.checkpoint_path(note.checkpoint.size)
    assert Note.read(path.read_bytes(), "note") == note
