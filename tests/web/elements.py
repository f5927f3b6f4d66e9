"""A page with every kind of element that pages use, under the server's own policy."""

from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit import runtime

from gipcore.web.site import Site

if runtime.exists():
    st.title("元素")
    st.html("<p class='own'>自己的 <b>HTML</b></p><style>.own { color: rgb(1, 2, 3) }</style>")
    st.dataframe(pd.DataFrame({"数": range(100), "文": ["字"] * 100}), alt="表")
    st.table(pd.DataFrame({"数": range(3)}))
    bars = go.Figure([go.Bar(x=[1, 2], y=["甲", "乙"], orientation="h")])
    st.plotly_chart(bars, key="bars", alt="图")
    st.plotly_chart(go.Figure(go.Heatmap(z=np.eye(4))), key="heat", alt="图")
    flow = go.Sankey(
        node={"label": ["甲", "乙"]}, link={"source": [0], "target": [1], "value": [2]}
    )
    st.plotly_chart(go.Figure(flow), key="flow", alt="图")
    st.selectbox("选", ["甲", "乙"])
    st.multiselect("多选", ["甲", "乙"])
    st.text_input("搜索")
    st.segmented_control("切换", ["甲", "乙"])
    st.toggle("开关")
    given = st.file_uploader("上传")
    if given is not None:
        st.write(f"收到 {given.name}，{given.size}")
    st.download_button("下载", b"123", "x.txt")
    st.image(np.zeros((8, 8, 3), dtype="uint8"))
    st.markdown("**说明** $x^2$")
    st.progress(0.5)
    with st.expander("更多"):
        st.write("里面")
else:
    site = Site(static=Path(st.__file__).with_name("static"), pages=("/",))
    app = st.App(
        __file__,
        routes=site.routes,
        middleware=site.middleware,
        lifespan=site.lifespan,
        exception_handlers=site.exception_handlers,
    )
