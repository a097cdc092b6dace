"""T13 in small: short sequences of work, always the same ones."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from luthier_desktop.storage import document_store, run_store
from tests.services.log_model import LogMachine
from tests.storage.careless import forgetful_put

SMALL = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    print_blob=False,
)


def test_whatever_is_done_the_log_is_what_the_model_says():
    run_state_machine_as_test(LogMachine, settings=SMALL)


def test_a_save_that_forgets_one_file_in_eight_does_not_hold_to_the_model(monkeypatch):
    for module in (run_store, document_store):
        monkeypatch.setattr(module, "put_once", forgetful_put)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(LogMachine, settings=SMALL)
