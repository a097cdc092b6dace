import errno
import os
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import StoreReadOnly
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage import place
from luthier_desktop.storage.machine import Machine
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from tests.storage.faulty import Always
from tests.storage.make import layout_in, open_layout, open_store, record, run_id

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/work\\040shop rw,relatime - nfs4 server:/x rw
31 22 0:41 / /mnt/share rw - cifs //server/x rw
32 31 8:2 / /mnt/share/disk rw - ext4 /dev/sdb1 rw
33 22 0:42 / /home/ann/remote rw - fuse.sshfs ann@server: rw
34 22 0:43 / /mnt/twice rw - nfs server:/y rw
35 34 8:3 / /mnt/twice rw - xfs /dev/sdc1 rw
garbage
36 22 0:44 / /mnt/odd rw
"""


class Here(Machine):
    """A machine with stated facts."""

    def __init__(self, mounts="", *, free=2**40, drive=0, sqlite=(3, 45, 1)):
        self.mounts = lambda: mounts
        self.free_bytes = lambda path: free
        self.drive_kind = lambda path: drive
        self.sqlite_version = sqlite


def on(machine, base=OsCalls):
    calls = base()
    calls.machine = machine
    return calls


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("/home/ann/data", ""),
        ("/mnt/work shop/data", "nfs4"),
        ("/mnt/work shop", "nfs4"),
        ("/mnt/work shopping/data", ""),
        ("/mnt/share/data", "cifs"),
        ("/mnt/share/disk/data", ""),
        ("/home/ann/remote/a/b", "fuse.sshfs"),
        ("/mnt/twice/data", ""),
    ],
)
def test_a_network_drive_is_known_by_the_mount_that_holds_the_folder(path, system):
    assert place.network_system(Path(path), on(Here(MOUNTS))) == system


def test_a_remote_drive_of_windows_is_a_network_drive(tmp_path):
    assert place.network_system(tmp_path, on(Here(drive=4))) == "network drive"
    assert place.network_system(tmp_path, on(Here(drive=3))) == ""


def test_the_real_machine_answers_and_this_place_is_local(tmp_path):
    machine = Machine()
    assert " / " in machine.mounts() or machine.mounts() == ""
    assert machine.free_bytes(tmp_path) > 0
    assert machine.free_bytes(tmp_path / "missing") is None
    assert place.network_system(tmp_path) == ""


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive/data", "OneDrive"),
        ("OneDrive - Ann & Sons/data", "OneDrive"),
        ("Dropbox (Personal)/data", "Dropbox"),
        ("Google Drive/data", "Google Drive"),
        ("GoogleDrive-ann@example.org/data", "Google Drive"),
        ("Library/Mobile Documents/data", "iCloud Drive"),
        ("Library/CloudStorage/data", "a cloud service"),
        ("Nextcloud/data", "Nextcloud"),
        ("dropboxes/data", ""),
        ("my onedrive notes/data", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path, folder, service):
    assert place.cloud_service(tmp_path / folder) == service


def test_a_synchronised_folder_is_known_by_the_sign_of_its_service(tmp_path):
    data = tmp_path / "shared" / "deep" / "data"
    data.mkdir(parents=True)
    assert place.cloud_service(data) == ""
    (tmp_path / "shared" / ".stfolder").mkdir()
    assert place.cloud_service(data) == "Syncthing"


def test_a_link_into_a_synchronised_folder_leads_there(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox")
    assert place.cloud_service(tmp_path / "data") == "Dropbox"


def test_in_a_synchronised_folder_it_is_recorded_and_told(tmp_path):
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    store = open_store(folder, calls=on(Here()))
    record(store)
    (said,) = store.warnings()
    assert "OneDrive" in said
    assert str(folder / "data") in said
    assert "outside that folder" in said


def test_a_disk_that_is_nearly_full_is_told_before_it_is(tmp_path):
    store = open_store(tmp_path, calls=on(Here(free=12 * 2**20)))
    assert "Only 12 MB are free" in store.warnings()[0]
    assert str(store.layout.data) in store.warnings()[0]
    assert open_store(tmp_path, seed=2, calls=on(Here(free=64 * 2**20))).warnings() == ()
    big = 20 * 2**20
    layout = store.layout
    assert place.short_of_space(layout, on(Here(free=4 * big)), big) == ""
    assert place.short_of_space(layout, on(Here(free=4 * big - 1)), big) != ""


def test_a_sqlite_that_knows_no_trigrams_is_told(tmp_path):
    (said,) = open_store(tmp_path, calls=on(Here(sqlite=(3, 31, 1)))).warnings()
    assert "3.31.1" in said
    assert "3.34.0" in said


def test_on_a_network_drive_nothing_is_recorded_and_all_can_be_seen(tmp_path):
    store = open_store(tmp_path)
    recorded = record(store, run_id(1))
    store.catch_up()
    mounts = f"30 22 0:40 / {tmp_path} rw - nfs4 server:/x rw\n"
    before = sorted(path for path in (tmp_path / "data").rglob("*"))
    viewer = open_store(tmp_path, seed=2, calls=on(Here(mounts)))
    assert viewer.state.kind == "network"
    assert "nfs4" in viewer.state.sentence
    assert "local disk" in viewer.state.sentence
    assert viewer.store_id == store.store_id
    viewer.catch_up()
    assert [entry.seq for entry in viewer.find(RunQuery()).entries] == [recorded.seq]
    assert verify(viewer, "full").findings == ()
    with pytest.raises(StoreReadOnly, match="nfs4"):
        record(viewer)
    assert sorted(path for path in (tmp_path / "data").rglob("*")) == before


def test_no_store_is_made_on_a_network_drive(tmp_path):
    mounts = f"30 22 0:40 / {tmp_path} rw - cifs //server/x rw\n"
    assert open_store(tmp_path, calls=on(Here(mounts))).state.kind == "network"
    assert not (tmp_path / "data").exists()


def test_runs_that_were_moved_to_a_network_drive_are_seen_there(tmp_path):
    far = tmp_path / "far"
    mounts = f"30 22 0:40 / {far} rw - nfs4 server:/x rw\n"
    layout = layout_in(tmp_path, RMOS_RUNS_DIR=str(far / "runs"))
    store = open_layout(layout, lambda: "2026-01-22T10:11:12.000000Z", calls=on(Here(mounts)))
    assert str(far / "runs") in store.state.sentence


@pytest.mark.parametrize("existing", [True, False])
def test_where_nothing_can_be_published_the_folder_is_refused(tmp_path, existing):
    if existing:
        record(open_store(tmp_path))
    viewer = open_store(tmp_path, seed=2, calls=Always(errno.EPERM, "link"))
    assert viewer.state.kind == "no_links"
    assert "Choose a local folder" in viewer.state.sentence
    with pytest.raises(StoreReadOnly, match="Nothing was saved"):
        record(viewer)
    assert list((tmp_path / "data").glob(".*.tmp")) == []


def test_runs_that_were_moved_to_where_nothing_can_be_published_are_told(tmp_path):
    moved = tmp_path / "elsewhere"
    moved.mkdir()

    class NoLinksThere(OsCalls):
        def link(self, source, target):
            if target.is_relative_to(moved):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
            super().link(source, target)

    layout = layout_in(tmp_path, RMOS_RUNS_DIR=str(moved))
    store = open_layout(layout, lambda: "2026-01-22T10:11:12.000000Z", calls=NoLinksThere())
    assert store.state.kind == "no_links"
    assert str(moved) in store.state.sentence


def test_without_hard_links_the_rename_that_replaces_nothing_does(tmp_path, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    store = open_store(tmp_path)
    assert store.state.kind == "ok"
    record(store)
    store.catch_up()
    assert verify(store, "full").findings == ()


def test_the_folder_of_another_user_is_named_with_its_owner(tmp_path):
    record(open_store(tmp_path))

    class Foreign(OsCalls):
        def open(self, path, flags, mode=0o444):
            if flags & os.O_CREAT:
                raise OSError(errno.EACCES, os.strerror(errno.EACCES))
            return super().open(path, flags, mode)

        def stat(self, path):
            found = list(super().stat(path))
            found[4] = 54_321
            return os.stat_result(found)

    viewer = open_store(tmp_path, seed=2, calls=Foreign())
    assert viewer.state.kind == "read_only"
    assert "it belongs to the user 54321" in viewer.state.sentence
    viewer.catch_up()
    assert len(viewer.find(RunQuery()).entries) == 1
