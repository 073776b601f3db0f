"""The job queue: procrastinate's own tables, types and functions, worked by the application's role.

Its schema is the installed version's. When a newer version changes it (its folder
`sql/migrations` tells, and a test notices), a migration here brings older installations along.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RIGHTS = """
grant select, insert, update, delete on procrastinate_jobs, procrastinate_events,
    procrastinate_periodic_defers, procrastinate_workers to sitefinder_app;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq,
    procrastinate_periodic_defers_id_seq to sitefinder_app;
"""

DROP_ALL = """
drop table procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs,
    procrastinate_workers cascade;
do $$
declare
    found record;
begin
    for found in select oid::regprocedure as name from pg_proc
        where proname like 'procrastinate\\_%' and pronamespace = 'public'::regnamespace
    loop
        execute format('drop function %s', found.name);
    end loop;
end
$$;
drop type procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status;
"""


def upgrade() -> None:
    run(SchemaManager.get_schema())
    run(RIGHTS)


def downgrade() -> None:
    run(DROP_ALL)


def run(statements: str) -> None:
    """Without parameters, so that neither `:` nor `%` means anything but itself."""
    op.get_bind().exec_driver_sql(statements, execution_options={"no_parameters": True})
