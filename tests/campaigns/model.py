"""T13: the log against its model: ``python -m tests.campaigns.model [EXAMPLES] [MINUTES]``.

2,000 examples of 50 steps of `tests.services.log_model`, in parts of 50, each part with its own
seed; with MINUTES it ends after the part in which these are over.
The negative control forgets one file in eight, and must not hold to the model.
"""

from __future__ import annotations

import sys
import time

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from luthier_desktop.storage import document_store, run_store
from tests.services.log_model import LogMachine
from tests.storage.careless import forgetful_put

SEED = 13
STEPS = 50
PART = 50
CONTROL = 25


def part(examples: int, seed: int) -> None:
    """Run examples that follow from *seed*; the first that fails is printed and raised."""
    fixed = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    machine = hypothesis.seed(seed)(type("SeededLog", (LogMachine,), {}))
    run_state_machine_as_test(machine, settings=fixed)


def main(examples: int, minutes: float) -> int:
    began = time.monotonic()
    done = 0
    while done < examples and time.monotonic() - began < minutes * 60:
        part(min(PART, examples - done), SEED + done)
        done += min(PART, examples - done)
        print(
            f"{done} examples of up to {STEPS} steps, first seed {SEED}, "
            f"{time.monotonic() - began:.0f} s: no difference",
            flush=True,
        )
    run_store.put_once = document_store.put_once = forgetful_put
    try:
        part(CONTROL, SEED)
    except AssertionError:
        print("control: found out")
        return 0
    print("The control found nothing: this campaign proves nothing.")
    return 1


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:]]
    wanted, most_minutes = [*given, *[2000, 1e9][len(given) :]]
    sys.exit(main(int(wanted), most_minutes))
