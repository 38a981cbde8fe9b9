"""All that a run of the program may load, loaded: the process that runs are forked from imports this once."""

import gc
import pkgutil
from importlib import import_module

import alembic.command

import core
import db
import gui
import main
from tests.faults import window

__all__ = ["alembic", "main", "window"]

for package in (core, db, gui):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        # Alembic reads its own files; they are no modules.
        if ".migrations" not in module.name:
            import_module(module.name)
# What is there stays: no run looks through it for what it might let go.
gc.freeze()
