"""The server of the site and, run by it for each visit, the router of its pages."""

import streamlit as st
from streamlit import runtime

from gipcore.ui import navigation

if runtime.exists():
    navigation.run()
else:
    app = st.App(__file__)
