"""Alembic's entry: runs the revisions on the connection that db.schema hands over, in its transaction."""

from alembic import context

from db.table_parts import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
