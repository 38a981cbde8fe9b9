"""The program itself."""

VERSION = "0.1.0"
"""As in pyproject.toml; it stands in backups, so that a later program knows what made them."""
