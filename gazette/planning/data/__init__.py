"""The open data in further forms, and what describes them."""
