"""Texts of another language, and sentences with holes."""

from luthier_desktop.ui.phrases import Phrases

GERMAN = Phrases(
    {
        "Save": "Sichern",
        "Ring {0} of {1}": "Von {1} Ringen der {0}.",
        "Ring {0} of {1} is the last": "Der {0}. von {1} Ringen ist der letzte",
        "{0} mm wide": "{0} mm breit",
        "Indian rosewood": "Ostindischer Palisander",
        "{0} is oily: seal it with shellac.": "{0} ist ölig: mit Schellack versiegeln.",
        "Cutting takes {0} to {1} minutes.": "Das Fräsen dauert {0} bis {1} Minuten.",
    },
    ",",
    ".",
)


def test_a_whole_text_is_looked_up() -> None:
    assert GERMAN.of("Save") == "Sichern"


def test_what_is_not_known_stays() -> None:
    assert GERMAN.of("Herringbone") == "Herringbone"
    assert GERMAN.of("") == ""


def test_a_sentence_keeps_what_stands_in_its_holes_and_may_turn_their_order() -> None:
    assert GERMAN.of("Ring 3 of 12") == "Von 12 Ringen der 3."


def test_the_sentence_with_the_most_letters_of_its_own_counts() -> None:
    assert GERMAN.of("Ring 3 of 12 is the last") == "Der 3. von 12 Ringen ist der letzte"


def test_a_name_within_a_sentence_is_translated_too() -> None:
    said = GERMAN.of("Indian rosewood is oily: seal it with shellac.")
    assert said == "Ostindischer Palisander ist ölig: mit Schellack versiegeln."


def test_sentences_in_one_text_are_translated_one_by_one() -> None:
    text = "Indian rosewood is oily: seal it with shellac. Cutting takes 2.5 to 1,200 minutes."
    assert GERMAN.of(text) == (
        "Ostindischer Palisander ist ölig: mit Schellack versiegeln. "
        "Das Fräsen dauert 2,5 bis 1.200 Minuten."
    )


def test_numbers_get_the_signs_of_the_language_and_versions_dates_and_times_do_not() -> None:
    assert GERMAN.of("2.5 mm wide") == "2,5 mm breit"
    assert GERMAN.of("-1,234.5") == "-1.234,5"
    for kept in ("0.1.0", "2026-11-23", "12:30", "run_20261123", "3/32"):
        assert GERMAN.of(kept) == kept


def test_a_name_that_somebody_gave_is_never_translated() -> None:
    assert GERMAN.of("\u2068Save\u2069") == "\u2068Save\u2069"
    assert GERMAN.of("\u20682.5 mm wide\u2069") == "\u20682.5 mm wide\u2069"
    assert GERMAN.of("Ring \u2068Save\u2069 of 2") == "Von 2 Ringen der \u2068Save\u2069."


def test_signs_before_a_text_and_stops_after_it_stay() -> None:
    assert GERMAN.of("✗  Indian rosewood.") == "✗  Ostindischer Palisander."


def test_a_menu_s_text_is_known_without_its_mnemonic_and_ellipsis_too() -> None:
    phrases = Phrases({"Save &as…": "Sichern &unter…"})
    assert phrases.of("Save &as…") == "Sichern &unter…"
    assert phrases.of("Save as…") == "Sichern unter…"
    assert phrases.of("Save as") == "Sichern unter"


def test_a_tool_tip_keeps_the_keys_below_its_sentence() -> None:
    said = GERMAN.of("Indian rosewood is oily: seal it with shellac.\nCtrl+S")
    assert said == "Ostindischer Palisander ist ölig: mit Schellack versiegeln.\nCtrl+S"


def test_of_two_sentences_that_fit_the_one_that_leaves_no_english_counts() -> None:
    phrases = Phrases(
        {"{0} of {1}": "{0} von {1}", "Copy the {0}": "{0} kopieren", "id of it": "ID"}
    )
    assert phrases.of("Copy the id of it") == "ID kopieren"


def test_a_short_sentence_is_no_guess_at_words_that_nobody_knows() -> None:
    phrases = Phrases({"{0} the {1}": "{0}: {1}"})
    assert phrases.of("Lay it on the other bench") == "Lay it on the other bench"


def test_a_name_with_stops_and_commas_stays_whole_in_its_sentence() -> None:
    name = "\u2068Save, Ring 1 of 2. Save\u2069"
    assert GERMAN.of(f"Ring {name} of 2") == f"Von 2 Ringen der {name}."


def test_a_count_before_a_word_and_a_number_after_it_stay_where_they_are() -> None:
    phrases = Phrases({"green": "grün", "ring": "Ring"}, ",", ".")
    assert phrases.of("1,200 green, ring 3") == "1.200 grün, Ring 3"


def test_sentences_that_are_one_text_stay_together_among_others() -> None:
    phrases = Phrases({"One. Two.": "Eins und zwei.", "Three.": "Drei."})
    assert phrases.of("Three. One. Two.") == "Drei. Eins und zwei."


def test_a_text_of_joints_and_signs_alone_comes_through() -> None:
    phrases = Phrases({"{0} of {1}": "{0} von {1}", "ring": "Ring"})
    for joint in (" = ", ": ", ", ", " of ", " (", "\n", ". "):
        assert phrases.of(joint.join(["words"] * 400)).count("words") == 400


def test_a_number_stays_with_its_unit_on_one_line() -> None:
    assert GERMAN.of("1.5\u00a0mm wide") == "1,5\u00a0mm breit"


def test_names_of_woods_are_known_in_small_letters_and_with_commas_in_them() -> None:
    phrases = Phrases({"Pear, dyed black": "Birnbaum, schwarz", "Indian rosewood": "Palisander"})
    assert phrases.of("Pear, dyed black, indian rosewood") == "Birnbaum, schwarz, Palisander"
