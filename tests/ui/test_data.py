"""What pages ask is kept for the state of the database that gave the answer, and for no other."""

import pytest
import streamlit as st

from gipcore.store.query import Query
from gipcore.ui import data
from tests.factories import build, country


@pytest.fixture
def url(tmp_path, monkeypatch):
    st.cache_resource.clear()
    address = f"sqlite:///{tmp_path / 'gip.sqlite'}"
    monkeypatch.setenv("GIP_DATABASE_URL", address)
    return address


def test_answer_is_kept(url):
    build(url, country())
    data.look_again()
    assert data.reports(Query()) is data.reports(Query())


def test_answer_of_a_database_replaced_meanwhile_is_not_kept_for_the_old_one(url):
    """A rerun that began before a build asks after it; then the old data come back."""
    build(url, country())
    before = data.look_again().content_hash
    build(url, country()[:2])
    assert data.state().content_hash == before
    assert data.count_reports(Query()) == 2
    build(url, country())
    assert data.look_again().content_hash == before
    assert data.count_reports(Query()) == len(country())
