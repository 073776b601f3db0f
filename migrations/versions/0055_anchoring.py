"""How the project is anchored in each municipality: decision, people, meetings, and reminders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0055"
down_revision = "0157"
branch_labels = None
depends_on = None

SEATS = ("person", "deputy", "steering")

# What is kept for good says that somebody was appointed and since when, never who: a name is
# removed by taking it out of the one row that has it.
RULES = """
create function without_people(state jsonb) returns jsonb
language sql immutable as $$
    select state - array['person_name', 'person_email', 'deputy_name', 'deputy_email',
                         'steering_name', 'steering_email']
$$;

create function record_anchoring() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into anchoring_version (municipality, version, actor, changed, state)
    values (
        new.municipality, new.version, new.updated_by,
        case when tg_op = 'INSERT' then array['created']
             else changed_keys(jsonb_strip_nulls(to_jsonb(old)), jsonb_strip_nulls(to_jsonb(new)))
        end,
        without_people(jsonb_strip_nulls(to_jsonb(new)))
    );
    return null;
end
$$;
create trigger count_up before insert or update on anchoring
    for each row execute function count_version_up();
create trigger record after insert or update on anchoring
    for each row execute function record_anchoring();
create trigger keep before update or delete on anchoring_version
    for each row execute function refuse_to_forget();

alter table anchoring enable row level security;
create policy read_own on anchoring for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on anchoring for insert to sitefinder_app
    with check (may_write_municipality(municipality) or is_of_the_project());
create policy change_own on anchoring for update to sitefinder_app
    using (may_write_municipality(municipality) or is_of_the_project())
    with check (may_write_municipality(municipality) or is_of_the_project());
alter table anchoring_version enable row level security;
create policy read_own on anchoring_version for select to sitefinder_app
    using (may_read_municipality(municipality));

-- That a meeting was held is common knowledge in the project; who was there is each one's own.
alter table meeting enable row level security;
create policy read_all on meeting for select to sitefinder_app
    using (current_setting('sitefinder.role', true) in ('editor', 'publisher', 'project', 'admin'));
create policy add_as_project on meeting for insert to sitefinder_app
    with check (is_of_the_project());
create policy withdraw_as_project on meeting for update to sitefinder_app
    using (is_of_the_project()) with check (is_of_the_project());
alter table meeting_attendance enable row level security;
create policy read_own on meeting_attendance for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_as_project on meeting_attendance for insert to sitefinder_app
    with check (is_of_the_project());
create trigger keep before delete on meeting
    for each row execute function refuse_to_forget();
create trigger keep before update or delete on meeting_attendance
    for each row execute function refuse_to_forget();

alter table anchoring_letter enable row level security;
create policy read_own on anchoring_letter for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_as_project on anchoring_letter for insert to sitefinder_app
    with check (is_of_the_project());

grant select, insert, update on anchoring to sitefinder_app;
grant select on anchoring_version to sitefinder_app;
grant select, insert, update (withdrawn_at, withdrawn_by) on meeting to sitefinder_app;
grant select, insert on meeting_attendance, anchoring_letter to sitefinder_app;
grant usage on sequence meeting_id_seq to sitefinder_app;
"""


def upgrade() -> None:
    moment, now = sa.DateTime(timezone=True), sa.text("now()")
    op.create_table(
        "anchoring",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date()),
        said("decided_by"),
        said("decision_reference"),
        said("decision_link"),
        *(column for seat in SEATS for column in seat_columns(seat)),
        sa.Column("is_example", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        said("updated_by"),
        *(
            sa.CheckConstraint(
                f"({seat}_since is null) = "
                f"({seat}_role = '' and {seat}_name = '' and {seat}_email = '')",
                name=op.f(f"ck_anchoring_{seat}_since"),
            )
            for seat in SEATS
        ),
        of_municipality("anchoring"),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_anchoring")),
    )
    op.create_table(
        "anchoring_version",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", moment, server_default=now, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("changed", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        of_municipality("anchoring_version"),
        sa.PrimaryKeyConstraint("municipality", "version", name=op.f("pk_anchoring_version")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        said("subject"),
        sa.Column("is_example", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("entered_at", moment, server_default=now, nullable=False),
        said("entered_by"),
        sa.Column("withdrawn_at", moment),
        said("withdrawn_by"),
        sa.CheckConstraint(
            "kind in ('steering_group', 'working_group', 'training', 'municipal_board', 'other')",
            name=op.f("ck_meeting_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_held_on", "meeting", ["held_on"])
    op.create_table(
        "meeting_attendance",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer()),
        sa.CheckConstraint("people between 1 and 500", name=op.f("ck_meeting_attendance_people")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_attendance_meeting_id")
        ),
        of_municipality("meeting_attendance"),
        sa.PrimaryKeyConstraint("meeting_id", "municipality", name=op.f("pk_meeting_attendance")),
    )
    op.create_index("ix_meeting_attendance_municipality", "meeting_attendance", ["municipality"])
    op.create_table(
        "anchoring_letter",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("receivers", sa.Integer(), nullable=False),
        of_municipality("anchoring_letter"),
        sa.PrimaryKeyConstraint("municipality", "occasion", name=op.f("pk_anchoring_letter")),
    )
    op.execute(RULES)


def said(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def seat_columns(seat: str) -> tuple[sa.schema.SchemaItem, ...]:
    words = (said(f"{seat}_{part}") for part in ("role", "name", "email"))
    return *words, sa.Column(f"{seat}_since", sa.Date())


def of_municipality(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_municipality")
    return sa.ForeignKeyConstraint(["municipality"], ["municipality.code"], name=name)


def downgrade() -> None:
    for table in ("anchoring_letter", "meeting_attendance", "meeting", "anchoring_version",
                  "anchoring"):  # fmt: skip
        op.drop_table(table)
    op.execute("drop function record_anchoring, without_people")
