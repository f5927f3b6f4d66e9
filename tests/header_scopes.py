"""What the headings of a table say they are of, against where they stand in it."""

from typing import Any


def check_scopes(table: Any) -> int:
    """Assert that each heading's scope is that of its place; return how many headings there are.

    `table` is an element of lxml. A heading with figures beside it is of its rows, one as wide as
    the table is of the rows of its body, any other is of its columns.
    """
    grid: dict[tuple[int, int], Any] = {}
    places: dict[Any, tuple[int, int, int, int]] = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for box in line.iterchildren("th", "td"):
            while (row, column) in grid:
                column += 1
            down, right = (int(box.get(name, "1")) for name in ("rowspan", "colspan"))
            places[box] = (row, column, down, right)
            for place in ((row + y, column + x) for y in range(down) for x in range(right)):
                assert place not in grid
                grid[place] = box
    height, width = (max(place[axis] for place in grid) + 1 for axis in (0, 1))
    assert len(grid) == height * width
    assert all(part.find("tr") is not None for part in table.iter("thead", "tbody"))
    assert not table.xpath("./thead//td")
    for box, (row, column, down, right) in places.items():
        beside = (
            grid[y, x].tag for y in range(row, row + down) for x in range(column + right, width)
        )
        if box.tag != "th":
            continue
        if right == width:
            assert box.getparent().getprevious() is None, box.text
            assert box.xpath("name(../..)") == "tbody", box.text
            wanted = "rowgroup"
        elif "td" in beside:
            wanted = "rowgroup" if down > 1 else "row"
        else:
            wanted = "colgroup" if right > 1 else "col"
        assert box.get("scope") == wanted, box.text
    return sum(box.tag == "th" for box in places)
