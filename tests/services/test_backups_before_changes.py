"""Before a setup or an entry of the catalogue changes, the settings are kept as they are."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop.services.workshop_log import STARTER_ID
from tests.services.backup_shops import studio_over, use_new_setup


def test_each_change_of_the_settings_is_preceded_by_a_backup_of_what_it_changes(
    tmp_path: Path,
) -> None:
    with studio_over(tmp_path) as studio:
        source = studio.catalogue.tools.entries[0].entry.tool_id
        studio.catalogue_edits.duplicate("tools", source, "my_bit")
        assert studio.backups.list().backups == ()  # nothing was the user's own before
        studio.catalogue_edits.edit("tools", "my_bit", {"name": "Worn bit"})
        studio.catalogue_edits.remove("tools", "my_bit", "broken")
        told = [one.told for one in studio.backups.list().backups]
        kept = [
            [tool.entry["name"] for tool in studio.backups.load(one.name).settings.tools]
            for one in told
        ]
        assert kept[0] == ["Worn bit"]
        assert kept[1] != kept[0]
        assert len(told) == 2
        assert all(one.automatic for one in told)
        studio.backups.restore(told[0].name)
        assert studio.catalogue.tools.get("my_bit") is not None


def test_using_another_setup_loses_nothing_and_makes_no_backup(tmp_path: Path) -> None:
    with studio_over(tmp_path) as studio:
        use_new_setup(studio, "Mine")
        studio.setups.use(STARTER_ID)
        assert studio.backups.list().backups == ()
