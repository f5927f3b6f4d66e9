"""Everything of Streamlit below the pages."""
