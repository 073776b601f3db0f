"""Which of a municipality's sites were offered to clients, told to the municipality itself."""

from alembic import op

revision = "0380"
down_revision = "0350"
branch_labels = None
depends_on = None

RULES = """
-- Which request it was, who asks and in what words stays with the project office: the function runs
-- as its owner, and gives nothing but these columns of the sites that the caller may read.
create function offered_sites() returns table (
    request_id bigint, municipality text, reference text, name_sv text, name_en text,
    received_on date, answered_on date, closed_on date,
    sector text, size text, outcome text, lost_because text
)
language sql stable security definer set search_path = public, pg_temp as $$
    select request.id, site.municipality, site.reference, site.name_sv, site.name_en,
           request.received_on, request.answered_on, request.closed_on,
           request.sector, request.size, request.outcome, request.lost_because
    from client_request request
    cross join unnest(request.sites) as offered (reference)
    join site on site.reference = offered.reference
    where may_read_municipality(site.municipality)
$$;
revoke all on function offered_sites() from public;
grant execute on function offered_sites() to sitefinder_app;
"""


def upgrade() -> None:
    op.execute(RULES)


def downgrade() -> None:
    op.execute("drop function offered_sites")
