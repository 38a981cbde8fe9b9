"""The program itself."""

VERSION = "0.1.0"
"""The one place where it stands; pyproject.toml and the installers take it from here, backups keep it."""
