"""Undo covers every edit: the same bytes come back."""

from __future__ import annotations

import json
from functools import partial
from random import Random

from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.ui.design_editor import design_edits, order_edits, ring_edits, stack_edits
from luthier_desktop.ui.design_editor.document import DesignDocument

WOODS = ("holly", "gaboon_ebony", "koa", "abalone")


def in_bytes(document):
    return json.dumps(document.design.normalised(), sort_keys=True).encode()


def random_edit(chance, document):
    """Return the builder of one edit of any kind, good or bad."""
    count = len(document.design.ring_params)
    at = chance.randrange(count) if count else 0
    length_mm = round(chance.uniform(-0.5, 6.0), 3)
    new_id = document.fresh_ring_id()
    kinds = [lambda d: stack_edits.insert(d, chance.randint(0, count), new_id)]
    kinds.append(lambda d: design_edits.set_length(d, "channel.depth_mm", length_mm))
    kinds.append(lambda d: design_edits.set_length(d, "inner_diameter_mm", 78 + 10 * length_mm))
    if count:
        wood = (chance.choice(WOODS), chance.choice(WOODS))
        kinds += [
            lambda d: stack_edits.remove(d, [at]),
            lambda d: stack_edits.duplicate(d, [at], [new_id]),
            lambda d: order_edits.step(d, [at], chance.choice((-1, 1))),
            lambda d: stack_edits.move_inner_edge(d, at, length_mm / 3),
            lambda d: ring_edits.set_length(d, at, "width_mm", length_mm),
            lambda d: ring_edits.set_length(d, at, "gap_before_mm", length_mm),
            lambda d: ring_edits.set_length(d, at, "measured_width_mm", length_mm),
            lambda d: ring_edits.set_materials(d, at, wood),
            lambda d: ring_edits.set_family(d, at, chance.choice(list(PARAMETERS))),
        ]
    return chance.choice(kinds)


def test_two_hundred_random_edits_undone_and_redone_give_the_same_bytes(qapp, design):
    chance = Random(20)
    document = DesignDocument()
    document.replace(design)
    states = [in_bytes(document)]
    while document.undo_stack.count() < 200:
        before = document.undo_stack.count()
        refusal = document.attempt(random_edit(chance, document))
        assert document.undo_stack.count() == before or not refusal
        if document.undo_stack.count() > before:
            states.append(in_bytes(document))
    for state in reversed(states[:-1]):
        document.undo_stack.undo()
        assert in_bytes(document) == state
    for state in states[1:]:
        document.undo_stack.redo()
        assert in_bytes(document) == state


def test_a_refused_edit_changes_nothing_and_is_said(qtbot, design):
    document = DesignDocument()
    document.replace(design)
    before = in_bytes(document)
    with qtbot.waitSignal(document.answered) as told:
        document.attempt(lambda d: design_edits.set_length(d, "inner_diameter_mm", 120.0))
    assert "inner_diameter_mm must be smaller than outer_diameter_mm" in told.args[0]
    assert in_bytes(document) == before
    assert document.undo_stack.count() == 0


def test_setting_the_value_that_is_there_is_no_edit(qapp, design):
    document = DesignDocument()
    document.replace(design)
    document.attempt(lambda d: ring_edits.set_length(d, 0, "width_mm", 2.0))
    assert document.undo_stack.count() == 0


def test_another_design_as_a_step_can_be_undone(editor, design):
    other = design.model_copy(update={"name": "Other", "ring_params": ()})
    editor.set_design(other, "Open Other")
    assert editor.open_design.title() == "Other"
    assert editor.undo_stack.undoText() == "Open Other"
    assert not editor.undo_stack.isClean()
    editor.undo_stack.undo()
    assert editor.design() == design
    assert editor.undo_stack.isClean()


def test_moving_a_ring_leaves_the_land_where_it_was(qapp, design):
    document = DesignDocument()
    document.replace(design)
    document.attempt(lambda d: ring_edits.set_length(d, 1, "gap_before_mm", 4.0))
    document.attempt(lambda d: order_edits.step(d, [1], -1))
    gaps = [ring.gap_before_mm for ring in document.design.ring_params]
    assert gaps == [0.0, 4.0, 0.0]
    assert [ring.identity for ring in document.design.ring_params] == ["r1", "r0", "r2"]


def test_an_inner_edge_takes_its_room_from_the_neighbour(qapp, design):
    document = DesignDocument()
    document.replace(design)
    document.attempt(lambda d: stack_edits.move_inner_edge(d, 1, 0.5))
    assert [ring.width_mm for ring in document.design.ring_params] == [2.5, 4.5, 3.0]
    document.attempt(lambda d: stack_edits.move_inner_edge(d, 0, 0.5))
    assert document.design.inner_diameter_mm == 81.0
    assert document.design.ring_params[0].width_mm == 2.0


def test_a_ring_of_one_wood_gets_a_second_where_the_pattern_would_not_show(qapp, design):
    document = DesignDocument()
    document.replace(design)
    document.attempt(lambda d: ring_edits.set_family(d, 0, PatternFamily.LADDER))
    assert document.design.ring_params[0].materials == ("gaboon_ebony", "holly")
    document.attempt(lambda d: ring_edits.set_family(d, 2, PatternFamily.SEGMENTS))
    assert document.design.ring_params[2].materials == ("indian_rosewood",)


def test_no_more_than_64_rings_can_be_stacked(qapp, design):
    document = DesignDocument()
    document.replace(design)
    while len(document.design.ring_params) < 64:
        new_id = document.fresh_ring_id()
        build = partial(stack_edits.duplicate, positions=[0], ring_ids=[new_id])
        assert document.attempt(build) == ""
    refusal = document.attempt(lambda d: stack_edits.insert(d, 0, document.fresh_ring_id()))
    assert "64 rings, the most that are allowed" in refusal
    assert len(document.design.ring_params) == 64


def test_a_held_key_is_one_entry_of_the_history(qapp, design):
    document = DesignDocument()
    document.replace(design)
    for width_mm in (2.1, 2.2, 2.3):
        document.attempt(
            lambda d, width_mm=width_mm: ring_edits.set_length(d, 0, "width_mm", width_mm),
            merge_key=7,
        )
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.design == design
    document.undo_stack.redo()
    assert document.design.ring_params[0].width_mm == 2.3
