"""A client's text becomes requirements; what is not read is told."""

from datetime import date

from catalogue.requests.reading import read_text

TODAY = date(2026, 11, 25)


def test_hectares_and_megawatts_are_read() -> None:
    reading = read_text("We need 60 ha and 150 MW.", today=TODAY)

    assert [(one.key, one.op, one.value) for one in reading.requirements] == [
        ("area_net_ha", "min", 60), ("power_mw", "min", 150),
    ]  # fmt: skip
