"""Page quality."""

import streamlit as st

from gipcore.ui.language import say

st.title(say("site.quality"))
