"""Building: the same content every time, in place in one step, or not at all."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable

from gipcore.errors import StoreError
from gipcore.store import models, reading
from gipcore.store.building import has_database, new_database, open_for_writing
from gipcore.store.database import database_state, database_version, open_engine, url_of_file
from gipcore.store.query import Query
from gipcore.store.writing import Writer
from tests.factories import REGISTER, balanced, build, country, dump, make_report, read

ROOT = Path(__file__).parents[2]


def folder_of(url: str) -> Path | None:
    parsed = make_url(url)
    return Path(str(parsed.database)).parent if parsed.drivername == "sqlite" else None


def schemas(url: str) -> set[str]:
    with create_engine(url).connect() as connection:
        found = connection.scalars(text("SELECT nspname FROM pg_namespace"))
        return {name for name in found if name.startswith("gip")}


def received(engine: Engine) -> list[object]:
    return [row.headline["received_total"] for row in reading.reports(engine, Query())]


def test_building_twice_gives_the_same_content(url: str):
    first = dump(build(url, country()))
    second = dump(build(url, country()))
    assert first == second
    assert first["report"]


def test_both_databases_hold_the_same_rows(tmp_path: Path, postgresql_url: str):
    sqlite = dump(build(f"sqlite:///{tmp_path}/gip.sqlite", country()))
    postgresql = dump(build(postgresql_url, country()))
    for tables in (sqlite, postgresql):
        for name in ("revision", "revision_text"):
            tables[name] = [row[:4] for row in tables[name]]  # zlib may differ
    assert sqlite == postgresql


def test_built_at_is_the_only_clock(url: str):
    before = datetime.now(UTC).replace(microsecond=0)
    state = database_state(build(url, country()))
    assert state.built_at is not None
    assert state.built_at >= before
    assert state.read_at == max(one.read_at for one in country() if one.read_at)
    assert (state.reports, state.offices, state.is_synthetic) == (10, 6, False)


def test_exception_leaves_the_old_database(url: str):
    engine = build(url, country())
    before = dump(engine)
    with pytest.raises(ZeroDivisionError), new_database(url, REGISTER) as writer:
        writer.save(read(make_report(figures=balanced(3))))
        raise ZeroDivisionError
    assert dump(engine) == before
    assert dump(open_engine(url)) == before


def test_exception_leaves_nothing_where_nothing_was(url: str):
    with pytest.raises(ZeroDivisionError), new_database(url, REGISTER):
        raise ZeroDivisionError
    assert not has_database(url)
    folder = folder_of(url)
    if folder is not None:
        assert {file.name for file in folder.iterdir()} == {"gip.sqlite.lock"}


def test_killed_build_leaves_the_old_database(url: str):
    engine = build(url, country())
    before = dump(engine)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.build_slowly", url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in the middle\n"
    with pytest.raises(StoreError, match="another build or ingest"), new_database(url, REGISTER):
        pass
    assert dump(engine) == before
    process.kill()
    process.wait()
    assert dump(engine) == before
    assert dump(open_engine(url)) == before
    folder = folder_of(url)
    if folder is not None:
        assert len([f for f in folder.iterdir() if len(f.suffix) > 10]) > 1
    after = build(url, [read(make_report(figures=balanced(3)))])
    assert received(after) == [3]
    if folder is None:
        assert schemas(url) == {"gip"}
    else:
        link = folder / "gip.sqlite"
        rest = {file.name for file in folder.iterdir()} - {link.name, link.resolve().name}
        assert {name.removeprefix(link.resolve().name) for name in rest} <= {
            "gip.sqlite.lock",
            "-wal",
            "-shm",
        }


def test_reader_of_the_old_database_goes_on(url: str):
    """One who reads while a build takes place sees all of the old, then all of the new."""
    engine = build(url, [read(make_report(year=year)) for year in range(2021, 2026)])
    rows = reading.iterate_reports(engine, Query())
    seen = [next(rows).year]
    done = threading.Thread(target=build, args=(url, country()))
    done.start()
    if folder_of(url) is not None:
        done.join()
    seen += [row.year for row in rows]
    done.join()
    assert seen == [2025, 2024, 2023, 2022, 2021]
    assert reading.count_reports(engine, Query()) == len(country())


def test_new_database_is_noticed_by_open_engines(url: str):
    engine = build(url, ())
    versions = {database_version(engine)}
    for number in range(1, 4):
        build(url, [read(make_report(figures=balanced(number)))]).dispose()
        assert received(engine) == [number]
        versions.add(database_version(engine))
    assert len(versions) == 4


def test_version_changes_with_what_is_written(url: str):
    engine = build(url, ())
    before = database_version(engine)
    assert database_version(engine) == before
    reading.reports(engine, Query())
    assert database_version(engine) == before
    with open_for_writing(url, REGISTER) as writing, writing.begin() as connection:
        Writer(connection).save(read(make_report(figures=balanced(3))))
        connection.commit()
        during = database_version(engine)
    assert before != during
    assert received(engine) == [3]


def test_reader_outlasts_two_builds_between_asking_and_reading(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/gip.sqlite"
    engine = build(url, [read(make_report(figures=balanced(0)))])
    numbers = iter((1, 2))

    def replace_database(*_: object) -> None:
        for number in islice(numbers, 1):
            build(url, [read(make_report(figures=balanced(number)))]).dispose()

    event.listen(engine, "checkout", replace_database, insert=True)
    assert received(engine) == [2]


def test_many_readers_while_the_database_is_replaced(url: str):
    build(url, [read(make_report(figures=balanced(0)))])
    engine = open_engine(url, read_only=True)
    stop, faults, seen = threading.Event(), [], set()

    def ask() -> None:
        while not stop.is_set():
            try:
                (number,) = received(engine)
                seen.add(number)
            except Exception as fault:  # noqa: BLE001 - the test names whatever it was
                faults.append(fault)
                return

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, 9):
            build(url, [read(make_report(figures=balanced(number)))]).dispose()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert len(seen) > 1
    assert received(engine) == [8]


def test_readers_go_on_while_reports_are_written(url: str):
    engine = build(url, ())
    with open_for_writing(url, REGISTER) as writing, writing.begin() as connection:
        Writer(connection).save(read(make_report(figures=balanced(3))))
        assert reading.count_reports(engine, Query()) == 0
    assert reading.count_reports(engine, Query()) == 1


def test_read_only_engine_cannot_write(url: str):
    engine = build(url, country())
    before = dump(engine)
    for statement in (
        "DELETE FROM report",
        "UPDATE office SET name = 'x'",
        "DROP TABLE cell",
        "CREATE TABLE other (a INTEGER)",
        "INSERT INTO office_name (name, office) VALUES ('a', 1)",
    ):
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert dump(engine) == before


def with_schema(url: str, version: int) -> None:
    with open_engine(url).begin() as connection:
        connection.execute(update(models.Meta).values(schema_version=version))


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (models.SCHEMA_VERSION - 1, r"older than the program.*gipcore build"),
        (models.SCHEMA_VERSION + 1, r"newer than the program.*update the program"),
    ],
)
def test_other_schema_is_named_with_what_to_do(url: str, version: int, words: str):
    engine = build(url, country())
    with_schema(url, version)
    with pytest.raises(StoreError, match=words):
        database_state(engine)
    with pytest.raises(StoreError, match=words), open_for_writing(url, REGISTER):
        pass
    assert database_state(build(url, country())).schema_version == models.SCHEMA_VERSION


def test_folder_of_any_name_is_made_and_used(tmp_path: Path):
    file = tmp_path / "a folder with ünusual %41 #name?" / "gip.sqlite"
    engine = build(url_of_file(file), country())
    assert reading.count_reports(engine, Query()) == 10
    assert file.exists()


def test_file_that_is_no_database_says_what_to_do(tmp_path: Path):
    file = tmp_path / "gip.sqlite"
    for content in (b"", b"not a database, but long enough to look like a file " * 20):
        file.write_bytes(content)
        with pytest.raises(StoreError, match="gipcore build"):
            database_state(open_engine(f"sqlite:///{file}", read_only=True))


def test_plain_file_makes_way_with_its_side_files(tmp_path: Path):
    """A database copied from elsewhere, its log unfinished, is replaced as a whole."""
    file = tmp_path / "gip.sqlite"
    build(f"sqlite:///{tmp_path}/other.sqlite", country()).dispose()
    shutil.copy(tmp_path / "other.sqlite", file)
    with closing(sqlite3.connect(file)) as writing:
        writing.execute("UPDATE office SET name = 'from the log'")
        writing.commit()
        assert (tmp_path / "gip.sqlite-wal").stat().st_size > 0
        engine = build(f"sqlite:///{file}", [read(make_report(figures=balanced(3)))])
        assert received(engine) == [3]
        assert not (tmp_path / "gip.sqlite-wal").exists()
    offices = [row.name for row in reading.offices(engine, Query())]
    assert "from the log" not in offices
    assert dump(engine) == dump(
        build(f"sqlite:///{tmp_path}/b", [read(make_report(figures=balanced(3)))])
    )


def test_unwritable_place_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StoreError, match="choose another"),
        new_database(f"sqlite:///{tmp_path}/file/gip.sqlite", REGISTER),
    ):
        pass


@pytest.mark.parametrize(
    "address", ["nonsense", "sqlite://", "sqlite:///:memory:", "mysql://host/name", "://"]
)
def test_address_of_no_database_of_ours_is_refused(address: str):
    with pytest.raises(StoreError, match="postgresql\\+psycopg"):
        open_engine(address)


def test_server_that_is_not_there_is_named_without_its_password():
    url = "postgresql+psycopg://someone:secret@127.0.0.1:1/gip"
    for ask in (
        lambda: database_state(open_engine(url)),
        lambda: has_database(url),
        lambda: build(url, ()),
    ):
        with pytest.raises(StoreError) as caught:
            ask()
        assert "secret" not in caught.value.message


def test_other_checks_or_cells_are_named_with_what_to_do(url: str):
    engine = build(url, country())
    with open_engine(url).begin() as connection:
        connection.execute(update(models.Meta).values(fingerprint="00" * 32))
    with pytest.raises(StoreError, match=r"other cells or checks.*gipcore build"):
        database_state(engine)


def test_schema_version_covers_the_tables():
    """Tables or indexes that change need a new version: raise it, and write the new hash here."""
    tables = models.Base.metadata.sorted_tables
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda i: i.name)]
    made = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
    words = "".join(str(one.compile(dialect=sqlite.dialect())) for one in made)
    found = hashlib.sha256(words.encode()).hexdigest()[:16]
    assert (models.SCHEMA_VERSION, found) == (5, "86c7b85c66ce7cdf")
