from onrecord.evaluate.reliability import reliability


def test_confidences_that_hold_have_no_error() -> None:
    found = [(0.8, True)] * 80 + [(0.8, False)] * 20
    figures = reliability(found)
    assert figures["right_at_80"] == 80.0
    assert figures["calibration_error"] < 1e-9


def test_confidences_that_are_too_high_show() -> None:
    found = [(0.95, True)] * 10 + [(0.95, False)] * 10
    figures = reliability(found)
    assert figures["right_at_90"] == 50.0
    assert abs(figures["calibration_error"] - 45.0) < 1e-9


def test_a_bin_of_few_is_left_out_of_the_table_and_not_of_the_error() -> None:
    assert reliability([(0.5, False)]) == {"calibration_error": 50.0}
    assert reliability([]) == {}
