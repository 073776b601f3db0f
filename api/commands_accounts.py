"""The commands for accounts and access tokens."""

import secrets
from datetime import timedelta
from typing import Annotated

import typer

from catalogue import municipalities
from catalogue.accounts import accounts
from catalogue.accounts import tokens as keys
from catalogue.accounts.tokens import LONGEST_LIFE_DAYS, Scope
from catalogue.database import AccountRole, as_owner
from catalogue.errors import NoSuchMunicipality
from catalogue.rules import rules_of
from catalogue.settings import Settings

users = typer.Typer(no_args_is_help=True, help="Add, list and disable accounts.")
tokens = typer.Typer(no_args_is_help=True, help="Add and revoke access tokens.")

Email = Annotated[str, typer.Argument(help="The account's e-mail address")]


@users.command("add")
def add_user(
    email: Email,
    name: Annotated[str, typer.Option(help="First and last name")],
    role: Annotated[AccountRole, typer.Option(help="What the account may do")],
    municipality: Annotated[
        str | None, typer.Option(help="The municipality's code, for editor and publisher")
    ] = None,
    generate: Annotated[
        bool, typer.Option("--generate", help="Make a password and show it once")
    ] = False,
) -> None:
    """Add an account; the password is asked for, unless it is to be made."""
    if generate:
        password = secrets.token_urlsafe(18)
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    with as_owner(Settings()) as session:
        if municipality and municipality not in municipalities.names(session):
            raise NoSuchMunicipality(municipality)
        accounts.add(session, email, name, role, municipality, password)
    typer.echo(f"Added {email.strip().lower()}." + (f" Password: {password}" if generate else ""))


@users.command("list")
def list_users() -> None:
    """Show every account."""
    with as_owner(Settings()) as session:
        for row in accounts.everyone(session):
            state = "" if row["active"] else "disabled"
            place = row["municipality"] or ""
            typer.echo(
                f"{row['email']:<40} {row['role']:<10} {place:<5} {state:<9} {row['name']}".rstrip()
            )


@users.command("disable")
def disable_user(email: Email) -> None:
    """End an account's sessions and tokens and let it sign in no more."""
    with as_owner(Settings()) as session:
        accounts.disable(session, email)
    typer.echo(f"Disabled {email.strip().lower()}.")


@tokens.command("add")
def add_token(
    email: Email,
    name: Annotated[str, typer.Option(help="What the token is for")] = "",
    scope: Annotated[Scope, typer.Option(help="What it may do")] = "write",
    days: Annotated[
        int, typer.Option(min=1, max=LONGEST_LIFE_DAYS, help="How long it is valid")
    ] = LONGEST_LIFE_DAYS,
) -> None:
    """Make a token for an account and show it once."""
    settings = Settings()
    until = rules_of(settings).now() + timedelta(days=days)
    with as_owner(settings) as session:
        secret = keys.add(session, email, name, scope=scope, until=until)
    typer.echo(secret)


@tokens.command("list")
def list_tokens(email: Email) -> None:
    """Show an account's tokens by number; the secrets themselves are not kept."""
    with as_owner(Settings()) as session:
        for row in keys.of_account(session, email):
            until = f"until {row['expires_at']:%Y-%m-%d}" if row["expires_at"] else "no end"
            state = "revoked" if row["revoked_at"] else until
            typer.echo(
                f"{row['id']:>6}  {row['created_at']:%Y-%m-%d}  {state:<16} "
                f"{row['scope']:<6} {row['name']}"
            )


@tokens.command("revoke")
def revoke_token(
    number: Annotated[int, typer.Argument(help="The number that `token list` shows")],
) -> None:
    """Let a token open nothing more."""
    with as_owner(Settings()) as session:
        keys.revoke(session, number)
    typer.echo(f"Revoked token {number}.")
