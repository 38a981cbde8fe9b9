"""The program itself."""

VERSION = "1.0.0"
"""The one place where it stands; pyproject.toml and the installers take it from here, backups keep it."""
