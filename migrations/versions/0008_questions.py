"""Questions to those who know; whoever holds a link reads that question and may answer it once.

The answering visitor has no account and reaches no table: `asked_by_link` tells what was asked and
shown, `take_answer` writes the answer. Nobody else can write one either, so a municipality cannot
answer in another's name.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0109"
branch_labels = None
depends_on = None

TABLES = ("question", "question_link", "question_answer", "question_document")

FUNCTIONS = """
create function asked_by_link(hash text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'id', question.id, 'municipality', question.municipality,
        'reference', question.reference, 'site_name', question.site_name,
        'keys', question.keys, 'shown', question.shown,
        'picture', encode(question.picture, 'base64'),
        'receiver_name', question.receiver_name, 'receiver_email', question.receiver_email,
        'receiver_organisation', question.receiver_organisation,
        'language', question.language, 'message', question.message,
        'reply_by', question.reply_by, 'asked_on', question.asked_on,
        'asked_by', question.asked_by, 'asked_by_name', question.asked_by_name,
        'expires_at', question_link.expires_at, 'withdrawn_at', question.withdrawn_at,
        'answered_at', question.answered_at, 'answered_by', question.answered_by,
        'remark', question.remark,
        'document', (select name from question_document where question_id = question.id),
        'answers', coalesce(
            (select jsonb_agg(jsonb_build_object(
                'key', key, 'verdict', verdict, 'value', value, 'basis', basis, 'as_of', as_of,
                'other', other))
             from question_answer where question_id = question.id), '[]'))
    from question join question_link on question_link.question_id = question.id
    where question_link.token_hash = hash
$$;

create function take_answer(
    hash text, who text, said text, given jsonb, moment timestamptz,
    file_name text, file_type text, file_sha256 text, file_content bytea
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    asked question;
begin
    select question.* into asked
    from question join question_link on question_link.question_id = question.id
    where question_link.token_hash = hash and question_link.expires_at > moment
      and question.answered_at is null and question.withdrawn_at is null
    for update of question;
    if not found then
        return false;
    end if;
    insert into question_answer (question_id, municipality, key, verdict, value, basis, as_of, other)
    select asked.id, asked.municipality, one.key, one.verdict, nullif(one.value, 'null'::jsonb),
           one.basis, one.as_of, coalesce(one.other, '')
    from jsonb_to_recordset(given) as one
        (key text, verdict text, value jsonb, basis text, as_of date, other text)
    where one.key = any (asked.keys);
    if file_content is not null then
        insert into question_document values
            (asked.id, asked.municipality, file_name, file_type, file_sha256, file_content);
    end if;
    update question set answered_at = moment, answered_by = who, remark = said
    where id = asked.id;
    return true;
end
$$;

revoke execute on function asked_by_link, take_answer from public;
grant execute on function asked_by_link, take_answer to sitefinder_app;
"""

RULES = """
alter table question enable row level security;
create policy read_own on question for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on question for insert to sitefinder_app
    with check (may_write_municipality(municipality));
create policy change_own on question for update to sitefinder_app
    using (may_write_municipality(municipality))
    with check (may_write_municipality(municipality));

alter table question_link enable row level security;
create policy add_own on question_link for insert to sitefinder_app
    with check (may_write_municipality(municipality));

alter table question_answer enable row level security;
create policy read_own on question_answer for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy change_own on question_answer for update to sitefinder_app
    using (may_write_municipality(municipality))
    with check (may_write_municipality(municipality));

alter table question_document enable row level security;
create policy read_own on question_document for select to sitefinder_app
    using (may_read_municipality(municipality));

grant select, insert on question to sitefinder_app;
grant update (site_version, expires_at, reminders, reminded_at, withdrawn_at, withdrawn_by,
    settled_at) on question to sitefinder_app;
grant insert on question_link to sitefinder_app;
grant select on question_answer, question_document to sitefinder_app;
grant update (decision, decided_at, decided_by, note, site_version) on question_answer
    to sitefinder_app;
grant usage on sequence question_id_seq to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("site_name", sa.Text(), nullable=False),
        sa.Column("keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("were", postgresql.JSONB(), nullable=False),
        sa.Column("shown", postgresql.JSONB(), nullable=False),
        sa.Column("picture", sa.LargeBinary()),
        sa.Column("receiver_name", sa.Text(), nullable=False),
        sa.Column("receiver_email", sa.Text(), nullable=False),
        sa.Column("receiver_organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="sv", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("reply_by", sa.Date()),
        sa.Column("remind_after_days", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("site_version", sa.Integer()),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminders", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("language in ('sv', 'en')", name=op.f("ck_question_language")),
        sa.CheckConstraint("cardinality(keys) > 0", name=op.f("ck_question_asks_something")),
        sa.CheckConstraint(
            "answered_at is null or withdrawn_at is null",
            name=op.f("ck_question_answered_or_withdrawn"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_question_municipality")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_question_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_municipality"), "question", ["municipality"])
    op.create_index(op.f("ix_question_site_id"), "question", ["site_id"])
    op.create_table(
        "question_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column(
            "made_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name=op.f("ck_question_link_is_hash")),
        *owned_by_question("question_link"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_question_link")),
    )
    op.create_index(op.f("ix_question_link_question_id"), "question_link", ["question_id"])
    op.create_table(
        "question_answer",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB()),
        sa.Column("basis", sa.Text()),
        sa.Column("as_of", sa.Date()),
        sa.Column("other", sa.Text(), server_default="", nullable=False),
        sa.Column("decision", sa.Text()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("site_version", sa.Integer()),
        sa.CheckConstraint(
            "verdict in ('confirmed','corrected','unknown','other')",
            name=op.f("ck_question_answer_verdict"),
        ),
        sa.CheckConstraint(
            "(verdict in ('confirmed','corrected')) = (value is not null)",
            name=op.f("ck_question_answer_value"),
        ),
        sa.CheckConstraint(
            "decision in ('accepted','rejected')", name=op.f("ck_question_answer_decision")
        ),
        *owned_by_question("question_answer"),
        sa.PrimaryKeyConstraint("question_id", "key", name=op.f("pk_question_answer")),
    )
    op.create_table(
        "question_document",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *owned_by_question("question_document"),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_document")),
    )
    op.execute(FUNCTIONS)
    op.execute(RULES)


def owned_by_question(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f(f"fk_{table}_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f(f"fk_{table}_municipality")
        ),
    ]


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("drop function take_answer, asked_by_link")
