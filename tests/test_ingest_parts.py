"""A file with several reports: all are taken, built again the same, and known the next time."""

from gipcore.store.query import Query
from tests.test_ingest import Place, place, tabbed

__all__ = ["place"]
TWO = tabbed(3, "西工区人民政府", 2024) + tabbed(5, "洪泽区人民政府", 2024)


def test_each_report_of_a_file_is_taken_and_built_again(place: Place) -> None:
    place.put("two.txt", TWO)
    assert place.ingest().new == 2
    rows = place.rows(Query(year=2024))
    assert sorted(rows.values()) == [3, 5]
    before = place.hash()
    assert place.ingest().unchanged == 1  # the file is known
    assert place.build().new == 2
    assert place.rows(Query(year=2024)) == rows
    assert place.hash() == before


def test_what_cannot_be_read_of_a_file_is_named(place: Place) -> None:
    without_table = tabbed(7, "老城区人民政府", 2024).split("\n三、")[0]
    place.put("three.txt", TWO + without_table)
    found = place.ingest()
    assert found.new == 2
    assert [(r.file.rpartition("/")[2], r.code) for r in found.rejected] == [
        ("three.txt#3", "no_figures")
    ]
